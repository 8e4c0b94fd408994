/** What genesis says of credits and boards, with what holds where it is silent (formats.md 5). */
import type { CreditRules, Genesis, GenesisBoard, OrganisationClass } from './genesis-types.js';

/** Credits where genesis does not speak of them. */
export const DEFAULT_CREDITS: CreditRules = {
  dailyAllowance: 100_000_000,
  capacity: 400_000_000,
  perByte: 1,
  perWork: 1,
  depositPerAccount: 10_000,
  grant: 1_000_000,
};

export function creditsOf(genesis: Genesis): CreditRules {
  return genesis.credits ?? DEFAULT_CREDITS;
}

/** Members of a board are of one of three groups; some decisions ask for two of them. */
export type BoardGroup = 'regulator' | 'foundation' | 'member';

export function boardGroupOf(organisationClass: OrganisationClass | 'none'): BoardGroup {
  return organisationClass === 'regulator' || organisationClass === 'foundation' ? organisationClass : 'member';
}

/** A board with how many groups its members are of at the start. */
export interface Board extends GenesisBoard {
  readonly groups: number;
}

/**
 * The boards of the chain. Where genesis does not name them: `issuers` are all founding organisations, by majority and of
 * two groups where there are two; `regulators` are all regulators, two of them or all if fewer, and there is no such board
 * where there is no regulator.
 */
export function boardsOf(genesis: Genesis): readonly Board[] {
  const { organisations } = genesis;
  const groupsOf = (members: readonly string[]): number =>
    new Set(organisations.filter(({ account }) => members.includes(account)).map((one) => boardGroupOf(one.class)))
      .size;
  const all = organisations.map(({ account }) => account);
  const regulators = organisations.filter(({ role }) => role === 'regulator').map(({ account }) => account);
  const standing: GenesisBoard[] = [
    {
      board: 'issuers',
      members: all,
      threshold: Math.floor(all.length / 2) + 1,
      classesLeast: Math.min(2, groupsOf(all)),
    },
    { board: 'regulators', members: regulators, threshold: Math.min(2, regulators.length), classesLeast: 1 },
  ];
  const named = genesis.boards ?? [];
  return [...named, ...standing.filter(({ board }) => !named.some((one) => one.board === board))]
    .filter(({ members }) => members.length > 0)
    .map((board) => ({ ...board, groups: groupsOf(board.members) }))
    .sort((a, b) => (a.board < b.board ? -1 : 1));
}
