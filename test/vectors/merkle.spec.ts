/** RFC 6962 proofs that others made, good and bad (transparency-dev/merkle): ours verify and refuse exactly these. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { fromBase64, verifyConsistency, verifyInclusionOfHash } from '@waymark/ledger/primitives';

const folder = resolve(process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors'), 'merkle');

interface Inclusion {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}
interface Consistency {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const casesIn = <T>(kind: string): { name: string; vector: T }[] =>
  readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, vector: JSON.parse(readFileSync(join(folder, kind, name), 'utf8')) as T }));
const bytesOf = (texts: string[] | null): Uint8Array[] => (texts ?? []).map(fromBase64);

if (existsSync(folder)) {
  describe('RFC 6962 proofs from outside', () => {
    const inclusion = casesIn<Inclusion>('inclusion');
    const consistency = casesIn<Consistency>('consistency');

    it('are all here', () => {
      expect([inclusion.length, consistency.length]).toEqual([98, 98]);
      expect(inclusion.some(({ vector }) => !vector.wantErr)).toBe(true);
      expect(consistency.some(({ vector }) => !vector.wantErr)).toBe(true);
    });

    it.each(inclusion)('inclusion $name', ({ vector }) => {
      const { leafIdx, treeSize, root, leafHash, proof, wantErr } = vector;
      expect(
        verifyInclusionOfHash(hashing, fromBase64(leafHash), leafIdx, treeSize, bytesOf(proof), fromBase64(root)),
      ).toBe(!wantErr);
    });

    it.each(consistency)('consistency $name', ({ vector }) => {
      const { size1, size2, root1, root2, proof, wantErr } = vector;
      expect(verifyConsistency(hashing, size1, size2, bytesOf(proof), fromBase64(root1), fromBase64(root2))).toBe(
        !wantErr,
      );
    });
  });
} else {
  describe.skip(`RFC 6962 proofs: the outside vectors are not at ${folder}`, () => it('reads them', () => undefined));
}
