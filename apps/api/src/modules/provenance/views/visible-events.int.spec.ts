import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disclosureOf, type Viewer } from '@waymark/provenance/visibility';
import { ApiHouse } from '../../../../../../test/support/api-house.js';
import { Parameters, shownInFull, walkable } from './visible-events.js';

const VIEWERS: readonly Viewer[] = [
  { kind: 'shopper' },
  { kind: 'company', account: 'farm' },
  { kind: 'company', account: 'shop' },
  { kind: 'regulator', account: 'authority' },
];
const WITNESSES = [['farm'], ['factory'], ['factory', 'farm']];
const NAMED = [[], ['farm'], ['shop', 'factory']];

describe('the SQL of visibility', () => {
  let house: ApiHouse;
  const cases = [1, 2, 3].flatMap((visibility) =>
    WITNESSES.flatMap((signers) => NAMED.map((named) => ({ visibility, signers, named }))),
  );
  beforeAll(async () => {
    house = await ApiHouse.open({ worker: false });
    await house.withDatabase(async (database) => {
      for (const [i, { visibility, signers, named }] of cases.entries()) {
        const witnesses = JSON.stringify(signers.map((account) => ({ account, height: 1, txId: 'ab', bodyIndex: 1 })));
        await database.query(
          `INSERT INTO epcis_event (event_key, event_hash, record, height, tx_index, body_index, tx_id, signer, visibility, captured_visibility, content, type, event_time, record_time, declared_in_error, warnings, witnesses, witness_count)
           VALUES ($1, $1, 'event', 1, 0, $2, 'ab', $3, $4, $4, '\\x7b7d', 'ObjectEvent', 0, 0, false, '[]', $5, 1)`,
          [`key-${i}`, i, signers[0], visibility, witnesses],
        );
        for (const account of named)
          await database.query(
            `INSERT INTO party_named (event_key, party, role, direction, account) VALUES ($1, $2, 'owning_party', 'source', $3)`,
            [`key-${i}`, `urn:${account}`, account],
          );
      }
    });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const rows = (condition: (sql: Parameters) => string) =>
    house.withDatabase(async (database) => {
      const sql = new Parameters();
      const where = condition(sql);
      const found = await database.query<{ event_key: string }[]>(
        `SELECT e.event_key FROM epcis_event e WHERE ${where}`,
        sql.values,
      );
      return new Set(found.map(({ event_key }) => event_key));
    });

  it.each(VIEWERS.map((viewer) => [JSON.stringify(viewer), viewer] as const))(
    'shows %s in full exactly what the rule discloses in full',
    async (_name, viewer) => {
      const shown = await rows((sql) => shownInFull(viewer, sql));
      const expected = cases.flatMap((question, i) =>
        disclosureOf({ ...question, related: false }, viewer) === 'full' ? [`key-${i}`] : [],
      );
      expect([...shown].sort()).toEqual(expected.sort());
    },
  );

  it.each(VIEWERS.map((viewer) => [JSON.stringify(viewer), viewer] as const))(
    'lets the trace of %s walk exactly through what could be disclosed at all',
    async (_name, viewer) => {
      const walked = await rows((sql) => walkable(viewer, sql));
      const expected = cases.flatMap((question, i) =>
        disclosureOf({ ...question, related: true }, viewer) === 'none' ? [] : [`key-${i}`],
      );
      expect([...walked].sort()).toEqual(expected.sort());
    },
  );
});
