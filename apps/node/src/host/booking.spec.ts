import { describe, expect, it } from '@jest/globals';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import type { CheckedBlock, ExecutionTree } from '../execution/execution-tree.js';
import type { ChainStore } from '../storage/index.js';
import { BookingFault, BookingLane } from './booking.js';

const root = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const certificate: CommitCertificate = {
  kind: 'C',
  epoch: 0,
  view: 2,
  blockHash: 'b2',
  bitmap: 7,
  signatures: [],
};

/** A lane on a chain whose block 1 gave state root 1 and receipt root 2 here; what was written, and what was told to the operator. */
function laneAbove(): { lane: BookingLane; written: number[]; failures: unknown[] } {
  const written: number[] = [];
  const failures: unknown[] = [];
  const parent = { height: 1, stateRoot: root(1), receiptRoot: root(2) };
  const tree = {
    get: (hash: string) => (hash === '11'.repeat(32) ? parent : undefined),
    execute: async () => parent,
    toBook: () => ({ txIds: [root(5), null] }),
    booked: () => undefined,
    final: parent,
  } as unknown as ExecutionTree;
  const store = {
    finalHeight: 1,
    appendRecords: async (blocks: readonly { height: number }[]) => blocks.map(({ height }) => written.push(height)),
    book: async () => undefined,
  } as unknown as ChainStore;
  const lane = new BookingLane({ tree, store, booked: () => undefined, failed: (error) => failures.push(error) });
  return { lane, written, failures };
}

const blockTwo = (parentStateRoot: Uint8Array, parentReceiptRoot: Uint8Array): CheckedBlock =>
  ({
    hash: 'b2',
    headerBytes: root(0),
    header: { height: 2, parentHash: root(0x11), parentStateRoot, parentReceiptRoot },
    transactions: [],
  }) as unknown as CheckedBlock;

describe('the booking lane', () => {
  it('books a block whose header says of its parent what execution gave here', async () => {
    const { lane, written, failures } = laneAbove();
    await lane.enqueue([blockTwo(root(1), root(2))], certificate);
    expect([written, failures]).toEqual([[2], []]);
  });

  it.each([
    ['state', root(9), root(2)],
    ['receipts', root(1), root(9)],
  ])('stops before anything is written when the %s of the consortium are others', async (_which, state, receipts) => {
    const { lane, written, failures } = laneAbove();
    await expect(lane.enqueue([blockTwo(state, receipts)], certificate)).rejects.toThrow(/STATE_DIVERGENCE/);
    await lane.idle();
    expect(written).toEqual([]);
    expect(failures).toEqual([expect.any(BookingFault)]);
  });
});
