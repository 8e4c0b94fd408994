import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ProblemTable, tellProblem } from './problem-words.js';

const root = path.resolve(import.meta.dirname, '../../../../..');
const table = (language: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `problems.${language}.json`), 'utf8')) as ProblemTable;
const [en, zh] = [table('en'), table('zh-CN')];

/** Where codes of problems and of remarks are declared. What nodes say to one another is no problem of a person. */
const SOURCES = [
  'apps/api/src',
  'apps/node/src/rpc',
  'apps/node/src/mempool',
  'apps/node/src/verification',
  'libs/epcis/src',
  'libs/provenance/src',
  'libs/ledger/src/runtime',
  'libs/ledger/src/accounts',
  'libs/ledger/src/motions',
  'libs/ledger/src/chain/body-json.ts',
  'libs/ledger/src/chain/transaction.ts',
];

/** Written like codes, and told elsewhere or to nobody. */
const NO_PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  'alarms and states of the operator’s pages, with words in features/consortium': [
    ...['NODE_SILENT', 'NODE_HALTED', 'NODE_QUARANTINED', 'NODE_CATCHING_UP', 'NODE_BEHIND', 'NODE_GUARDED'],
    ...['NODE_ALONE', 'NODE_HEARS_NOT_ALL', 'NODE_ALARM', 'DISK_FULL', 'DISK_LOW', 'CLOCK_OFF', 'CONSORTIUM_STOPPED'],
    ...['CONSORTIUM_SLOW', 'ONE_MORE_LOSS_STOPS_IT', 'VIEWS_GIVEN_UP', 'VERSIONS_DIFFER', 'STATES_DIFFER'],
    ...['NOT_SIGNED', 'NOT_SENT', 'NOT_CONFIRMED', 'REFUSED_BY_NODES', 'TO_BE_SIGNED_ANEW'],
  ],
  'settings, and faults of a start that end the process': [
    ...['DATABASE_URL', 'REDIS_URL', 'WAYMARK_NODES_TOKEN'],
    ...['GENESIS_VERSION', 'SEALED_KEY_MALFORMED', 'SEALED_KEY_SECRET_TOO_SHORT', 'SEALED_KEY_WRONG_SECRET'],
  ],
  'alarms of a node’s log': ['ACCEL_ENGINE_UNAVAILABLE'],
  'examples in descriptions': ['JSON_MALFORMED', 'NOTES_TOO_LONG', 'NOTES_TWICE'],
};

function filesOf(place: string): string[] {
  const full = path.join(root, place);
  if (place.endsWith('.ts')) return [full];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(spec|d)\.ts$|(^|\/)testing\//.test(name))
    .map((name) => path.join(full, name));
}

/** Every literal in the sources that looks like a code, and those put together out of pieces. */
function codesInSources(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of SOURCES.flatMap(filesOf)) {
    const text = readFileSync(file, 'utf8');
    for (const [, code] of text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g))
      if (code !== undefined) found.set(code, path.relative(root, file));
  }
  const passwords = readFileSync(path.join(root, 'apps/api/src/modules/members/passwords.ts'), 'utf8');
  const faults = /type PasswordFault = ([^;]+);/.exec(passwords)?.[1] ?? '';
  for (const [, fault] of faults.matchAll(/'([a-z-]+)'/g))
    found.set(`PASSWORD_${(fault ?? '').replaceAll('-', '_').toUpperCase()}`, 'passwords.ts');
  for (const code of [...found.keys()].filter((name) => name.startsWith('GS1_') && name !== 'GS1_CHECK_DIGIT_WRONG'))
    if (['GS1_EPC_URN_MALFORMED', 'GS1_DIGITAL_LINK_MALFORMED'].includes(code))
      found.set(`EPCIS_${code}`, 'rules/identifiers.ts');
  found.set('EPCIS_GS1_CHECK_DIGIT_WRONG', 'rules/identifiers.ts');
  return found;
}

const places = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the words of problems', () => {
  const codes = codesInSources();
  const excused = new Set(Object.values(NO_PROBLEMS).flat());

  it('are there in both languages for every code that API, ledger and node can answer with', () => {
    expect(codes.size).toBeGreaterThan(150);
    const untold = [...codes].filter(
      ([code]) => !excused.has(code) && !(Object.hasOwn(en, code) && Object.hasOwn(zh, code)),
    );
    expect(untold).toEqual([]);
  });

  it('are there for no code that nobody answers with, and none is excused in vain', () => {
    expect(Object.keys(en).filter((code) => !codes.has(code))).toEqual([]);
    expect([...excused].filter((code) => !codes.has(code))).toEqual([]);
  });

  it('are pairs of sentences with the same facts in both languages, the last pair without any', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [code, told] of Object.entries(en)) {
      const chinese = zh[code] ?? [];
      expect([code, told.length % 2, chinese.length]).toEqual([code, 0, told.length]);
      for (let at = 0; at < told.length; at += 2) {
        const of = (texts: readonly string[]) => places(`${texts[at]} ${texts[at + 1]}`);
        expect([code, [...new Set(of(chinese))]]).toEqual([code, [...new Set(of(told))]]);
      }
      for (const text of [...told, ...chinese]) expect([code, text.trim() === '']).toEqual([code, false]);
      for (const text of chinese) expect([code, /[\u4e00-\u9fff]/.test(text)]).toEqual([code, true]);
      for (const text of [...told.slice(-2), ...chinese.slice(-2)]) expect([code, places(text)]).toEqual([code, []]);
    }
  });

  it('take the pair whose facts are all there, and write moments and numbers the reader’s way', () => {
    const used = { id: 'urn:x', used: '5', produced: '4', uom: 'KGM' };
    expect(tellProblem(zh, 'PROVENANCE_MORE_USED_THAN_PRODUCED', used, 'zh-CN')?.what).toBe(
      'urn:x 的使用量 5 超过产量 4。',
    );
    expect(tellProblem(zh, 'PROVENANCE_MORE_USED_THAN_PRODUCED', { id: 'urn:x' }, 'zh-CN')?.what).toBe(
      '该批次的使用量超过产量。',
    );
    const size = { sizeBytes: '5242880', sizeBytesMax: '4000000' };
    expect(tellProblem(en, 'EPCIS_DOCUMENT_TOO_LARGE', size, 'en')?.what).toBe(
      'The document has 5,242,880 bytes; 4,000,000 are allowed.',
    );
  });

  it('say nothing of a code that they do not know, whatever it is called', () => {
    expect(tellProblem(en, 'NEVER_HEARD_OF', {}, 'en')).toBeUndefined();
    expect(tellProblem(en, 'constructor', {}, 'en')).toBeUndefined();
    expect(tellProblem(en, 'EPCIS_FIELD_MISSING', { field: '' }, 'en')?.what).toBe('A field is missing.');
  });
});
