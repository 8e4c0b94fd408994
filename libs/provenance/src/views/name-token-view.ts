import { namesOf } from '@waymark/epcis/model';
import { ledgerEventTypes } from '../module/ledger-events.js';
import { DistinctValues, recordOf } from './provenance-record.js';
import type { NameTokenRow } from './rows.js';
import type { Scalar, View } from './view.js';

const tokensMax = 64;
const tokenLengthMax = 32;
const isWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * What a name is found by, lower case: its words, and in scripts that write no spaces every ending of a run, so that whoever
 * types the beginning of a token finds a name by any of its words.
 */
export function nameTokens(text: string): readonly string[] {
  const tokens = new Set<string>();
  for (const word of text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)) {
    const letters = [...word];
    const ends = isWithoutSpaces.test(word) ? letters.length : Math.min(1, letters.length);
    for (let at = 0; at < ends; at++) {
      if (tokens.size === tokensMax) return [...tokens];
      tokens.add(letters.slice(at, at + tokenLengthMax).join(''));
    }
  }
  return [...tokens];
}

/** Which names begin with what, for the search over names. */
export const nameTokenView: View<NameTokenRow> = {
  table: {
    name: 'name_token',
    columns: [
      { name: 'id', type: 'text' },
      { name: 'signer', type: 'text' },
      { name: 'token', type: 'text' },
    ],
    primaryKey: ['id', 'signer', 'token'],
    indexes: [],
    beginnings: [{ text: 'token' }],
  },
  eventTypes: [ledgerEventTypes.masterdata],
  keysOf(inputs) {
    const keys = new DistinctValues();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type === 'masterdata') keys.add(record.content.id, input.sender);
    }
    return [{ columns: ['id', 'signer'], values: keys.list() }];
  },
  fold(inputs, existing) {
    const keyOf = ({ id, signer, token }: NameTokenRow) => JSON.stringify([id, signer, token]);
    const rows = new Map(existing.map((row) => [keyOf(row), row]));
    const before = new Set(rows.keys());
    const gone = new Map<string, NameTokenRow>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'masterdata') continue;
      const { id } = record.content;
      for (const [key, row] of rows) {
        if (row.id !== id || row.signer !== input.sender) continue;
        rows.delete(key);
        if (before.has(key)) gone.set(key, row);
      }
      const name = [...namesOf([{ element: record.element }]).values()][0];
      for (const token of name === undefined ? [] : nameTokens(`${name.en} ${name['zh-CN']}`)) {
        const row = { id, signer: input.sender, token };
        rows.set(keyOf(row), row);
        gone.delete(keyOf(row));
      }
    }
    const deletes: (readonly Scalar[])[] = [...gone.values()].map(({ id, signer, token }) => [id, signer, token]);
    return { upserts: [...rows].flatMap(([key, row]) => (before.has(key) ? [] : [row])), deletes };
  },
};
