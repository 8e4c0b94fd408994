import type { Person } from '../cluster/index.js';

/** The company whose people run the demo's system as well. */
export const DEMO_OPERATOR = 'processor';

/** One person for each role. */
export const DEMO_PEOPLE: readonly Person[] = [
  person('mei.tan', 'Mei Tan', 'processor', 'administrator'),
  person('jonas.weber', 'Jonas Weber', 'processor', 'quality'),
  person('li.na', 'Li Na', 'processor', 'capture'),
  person('amara.okafor', 'Amara Okafor', 'processor', 'reader'),
  person('sven.lind', 'Sven Lind', 'processor', 'operator'),
  person('ruth.adler', 'Ruth Adler', 'food-regulator', 'regulator'),
];

function person(mailbox: string, name: string, organisation: string, role: string): Person {
  return { email: `${mailbox}@${organisation}.example`, name, organisation, roles: [role] };
}
