import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BodyMessage,
  LedgerEventMessage,
  ReceiptMessage,
  TransactionHeaderMessage,
  TransactionMessage,
} from './index.js';

const bytes = (most: number) => fc.uint8Array({ maxLength: most });
const messages = {
  transaction: {
    message: TransactionMessage,
    value: fc.record({
      header: bytes(9),
      signatures: fc.array(fc.record({ publicKey: bytes(3), signature: bytes(3) }), { maxLength: 3 }),
      bodies: fc.array(bytes(5), { maxLength: 3 }),
    }),
  },
  header: {
    message: TransactionHeaderMessage,
    value: fc.record({
      version: fc.nat(),
      genesisHash: bytes(3),
      sender: fc.string({ unit: 'grapheme', maxLength: 3 }),
      expiryHeight: fc.maxSafeNat(),
      after: bytes(3),
      proceed: fc.boolean(),
      bodyCount: fc.nat(),
      bodiesRoot: bytes(3),
    }),
  },
  body: {
    message: BodyMessage,
    value: fc.record({
      kind: fc.string({ unit: 'grapheme', maxLength: 3 }),
      content: bytes(5),
      visibility: fc.nat({ max: 3 }),
      context: fc.nat(),
      sealedHash: bytes(3),
      sealedInterval: fc.string({ maxLength: 3 }),
    }),
  },
  receipt: {
    message: ReceiptMessage,
    value: fc.record({
      txId: bytes(3),
      sender: fc.string({ maxLength: 3 }),
      signerKeys: fc.array(bytes(3), { maxLength: 2 }),
      status: fc.nat({ max: 3 }),
      failures: fc.array(
        fc.record({
          body: fc.nat(),
          code: fc.string({ maxLength: 3 }),
          pointer: fc.string({ maxLength: 3 }),
          facts: fc.array(fc.record({ key: fc.string({ maxLength: 2 }), value: fc.string({ maxLength: 2 }) }), {
            maxLength: 2,
          }),
        }),
        { maxLength: 2 },
      ),
      eventsRoot: bytes(3),
      height: fc.maxSafeNat(),
      txIndex: fc.nat(),
    }),
  },
  event: {
    message: LedgerEventMessage,
    value: fc.record({ type: fc.string({ maxLength: 3 }), body: fc.nat(), content: bytes(5) }),
  },
};

describe('messages on the wire', () => {
  it.each(Object.entries(messages))('%s: comes back as it was', (_name, { message, value }) => {
    fc.assert(
      fc.property(value as fc.Arbitrary<never>, (original) => {
        expect(message.decode(message.encode(original))).toEqual(original);
      }),
    );
  });

  it.each(Object.entries(messages))(
    '%s: has one spelling: whatever is read was written so',
    (_name, { message, value }) => {
      fc.assert(
        fc.property(value as fc.Arbitrary<never>, fc.nat(), fc.nat({ max: 255 }), (original, place, byte) => {
          const bent = message.encode(original);
          if (bent.length === 0) return;
          bent[place % bent.length] = byte;
          const read = message.decode(bent);
          if (read !== undefined) expect((message.encode as (m: unknown) => Uint8Array)(read)).toEqual(bent);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(bytes(60), (garbage) => {
        for (const { message } of Object.values(messages)) message.decode(garbage);
      }),
    );
  });

  it('are generated from the schema as it stands', () => {
    const root = resolve(import.meta.dirname, '../../../..');
    const tool = `import { generateWire } from './tools/generate-wire.mjs'; process.stdout.write(await generateWire());`;
    const fresh = execFileSync(process.execPath, ['--input-type=module', '-e', tool], { cwd: root, encoding: 'utf8' });
    expect(readFileSync(resolve(import.meta.dirname, 'generated/waymark.ts'), 'utf8')).toBe(fresh);
  });
});
