import { concatBytes, u32Bytes, u64Bytes, utf8 } from '@waymark/ledger/primitives';

type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * leader(v) as a proposer index, for G = 0 (2.5 step 7): in rounds of m views every proposer leads once, in an order drawn anew each round by Fisher and Yates from
 * the epoch's seed (of the first epoch: `genesisSeed` of the ledger). Depends on the view number alone, never on certificates seen (P1). The last round is remembered, nothing else.
 */
export function leaderSchedule(seed: Uint8Array, proposerCount: number, sha256: Sha256): (view: number) => number {
  if (proposerCount < 1) throw new RangeError('a schedule needs a proposer');
  let cachedRound = -1;
  let cachedOrder: readonly number[] = [];
  return (view) => {
    if (!Number.isSafeInteger(view) || view < 1) throw new RangeError(`no view ${view}`);
    const round = Math.floor((view - 1) / proposerCount);
    if (round !== cachedRound) {
      cachedOrder = shuffled(seed, proposerCount, round, sha256);
      cachedRound = round;
    }
    return cachedOrder[(view - 1) % proposerCount] ?? 0;
  };
}

function shuffled(seed: Uint8Array, count: number, round: number, sha256: Sha256): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let j = count - 1; j >= 1; j--) {
    const digest = sha256(concatBytes(utf8('fy'), seed, u64Bytes(round), u32Bytes(j)));
    const draw = new DataView(digest.buffer, digest.byteOffset, 8).getBigUint64(0);
    const other = Number(draw % BigInt(j + 1));
    const kept = order[j] ?? 0;
    order[j] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
