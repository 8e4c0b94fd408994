// GS1's example documents: the ledger module can judge every event of them, and refuses none for what it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from '@waymark/epcis';
import { eventHash } from '@waymark/epcis/hash';
import { portableHashing } from '@waymark/accel/portable';
import { bodyKinds } from '@waymark/provenance/module';
import { ProvenanceWorld } from '../support/provenance-world.js';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.resolve(root, process.env.VECTORS_DIR ?? '../shared/vectors', 'epcis/examples');

if (existsSync(folder)) {
  describe('GS1 example documents on the ledger', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.jsonld'));

    it.each(files)('%s', (name) => {
      const parsed = parseDocument(readFileSync(path.join(folder, name)));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const { context, events } = parsed.value;
      const world = new ProvenanceWorld({});
      const contextBody = world.body(context.bytes, { kind: bodyKinds.context });
      const told = events.map(({ bytes }) => world.send('example', bytes, { context: 1, bodies: [contextBody] }));
      expect(told.map(({ refusal }) => refusal)).toEqual(told.map(() => undefined));
      const hashes = events.map(({ value }) => eventHash(value, context.value, portableHashing));
      expect(told.map(({ content }) => `ni:///sha-256;${String(content?.['eventHash'])}?ver=CBV2.0`)).toEqual(hashes);
    });
  });
} else {
  describe.skip(`GS1 examples: the outside vectors are not at ${folder}`, () => it('reads them', () => undefined));
}
