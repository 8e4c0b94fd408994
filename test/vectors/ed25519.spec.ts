// Outside material on Ed25519: Wycheproof's cases have our predicate's answers, and on the ZIP-215 encodings, on which
// libraries disagree, all our engines agree: nodes must never disagree about a signature (consensus.md 2.4).
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  portableEngine,
  portableServiceEngine,
  type Engine,
  type InlineEngine,
  type SignatureCheck,
} from '@waymark/accel';
import { nativeEngine } from '@waymark/accel/node';
import { builtPoolEngine } from '../support/accel-engines.js';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.resolve(root, process.env.VECTORS_DIR ?? '../shared/vectors', 'ed25519');
const present = existsSync(path.join(folder, 'wycheproof.json')) && existsSync(path.join(folder, 'zip215.json'));

interface Wycheproof {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

interface Zip215 {
  readonly vk_bytes: string;
  readonly sig_bytes: string;
  readonly valid_legacy: boolean;
  readonly valid_zip215: boolean;
}

const read = <T>(file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T;
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

const pool = await builtPoolEngine();
const engines: readonly Engine[] = [portableServiceEngine, nativeEngine, ...(pool.engine ? [pool.engine] : [])];
const inline: readonly InlineEngine[] = [portableEngine, nativeEngine];
const running = present
  ? await Promise.all(engines.map(async (engine) => ({ engine, accelerator: await engine.start() })))
  : [];
afterAll(async () => {
  await Promise.all(running.map(({ accelerator }) => accelerator.close()));
});

const whenPresent = present ? describe : describe.skip;
whenPresent(
  present ? 'Ed25519 vectors' : `Ed25519 vectors (skipped: no outside vectors at VECTORS_DIR or ../shared/vectors)`,
  () => {
    const wycheproof = () =>
      read<Wycheproof>('wycheproof.json').testGroups.flatMap(({ publicKey, tests }) =>
        tests.map(({ tcId, comment, msg, sig, result }) => ({
          title: `${tcId} ${comment}`,
          check: {
            publicKey: bytes(publicKey.pk),
            message: bytes(msg),
            signature: bytes(sig),
          } satisfies SignatureCheck,
          valid: result === 'valid',
        })),
      );
    // The 196 signatures are all over the five bytes "Zcash" (ZIP 215, test vectors).
    const zip215 = () =>
      read<Zip215[]>('zip215.json').map(({ vk_bytes, sig_bytes, valid_zip215 }) => ({
        check: {
          publicKey: bytes(vk_bytes),
          message: new TextEncoder().encode('Zcash'),
          signature: bytes(sig_bytes),
        } satisfies SignatureCheck,
        valid_zip215,
      }));

    it('Wycheproof: all 151 cases, 63 of them bad, have the expected answer from every engine', async () => {
      const cases = wycheproof();
      expect(cases).toHaveLength(151);
      expect(cases.filter(({ valid }) => !valid)).toHaveLength(63);
      for (const { engine, accelerator } of running) {
        const answers = await accelerator.run(
          'verify',
          cases.map(({ check }) => check),
        );
        const wrong = cases
          .filter(({ valid }, i) => answers[i] !== valid)
          .map(({ title }) => `${engine.name}: ${title}`);
        expect(wrong).toEqual([]);
      }
      for (const engine of inline)
        expect(
          cases.filter(({ check, valid }) => engine.verifySignature(check) !== valid).map(({ title }) => title),
        ).toEqual([]);
    });

    it('ZIP-215: on all 196 encodings the engines agree with one another, and the byte checks refuse each', async () => {
      const cases = zip215();
      expect(cases).toHaveLength(196);
      expect(cases.every(({ valid_zip215 }) => valid_zip215)).toBe(true);
      const all = await Promise.all(
        running.map(({ accelerator }) =>
          accelerator.run(
            'verify',
            cases.map(({ check }) => check),
          ),
        ),
      );
      for (const answers of all) expect(answers).toEqual(all[0]);
      // Small-order and non-canonical A or R: ZIP-215 takes them, the protocol does not.
      expect(all[0]).toEqual(cases.map(() => false));
    });
  },
);
