/** Builds the block of a view on an executed parent (R2): what the mempool offers, as far as it may stand there. */
import type { Hashing } from '@waymark/accel/contract';
import { BlockKind, encodeHeader, type Genesis } from '@waymark/ledger/chain';
import { toHex, treeHead } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import type { Executed } from '../execution/execution-tree.js';
import type { Mempool } from '../mempool/mempool.js';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';
import { HEADER_VERSION, SUITE } from './proposal-judge.js';

const ZERO = new Uint8Array(32);
/** Transactions in one block, so that a proposal with its list of hashes fits one frame. */
export const BLOCK_TRANSACTIONS_MAX = 16_384;

export interface BuildRequest {
  readonly view: number;
  readonly parent: Executed;
  readonly parentView: number;
  readonly historyRoot: Uint8Array;
  readonly timeMs: number;
  readonly leaderIdx: number;
  readonly empty: boolean;
  /** Bytes of transactions that can be judged well within a view. */
  readonly bytesAim: number;
}

export interface Built {
  readonly headerBytes: Uint8Array;
  readonly transactions: readonly VerifiedTransaction[];
}

export function buildProposal(
  on: {
    readonly hashing: Hashing;
    readonly genesis: Genesis;
    readonly genesisHash: Uint8Array;
    readonly committeeHash: Uint8Array;
    readonly runtime: Runtime;
    readonly mempool: Mempool;
  },
  request: BuildRequest,
): Built {
  const { hashing, genesis, runtime, mempool } = on;
  const { parent } = request;
  const height = parent.height + 1;
  const transactions = request.empty
    ? []
    : mempool.choose(
        { countMax: BLOCK_TRANSACTIONS_MAX, bytesMax: genesis.parameters.maxBlockBytes, bytesAim: request.bytesAim },
        {
          judge: (transaction, before) =>
            judgeInclusion(runtime, parent, transaction, before, { height, timeMs: request.timeMs }),
        },
      );
  const headerBytes = encodeHeader({
    version: HEADER_VERSION,
    suite: SUITE,
    kind: BlockKind.NORMAL,
    genesisHash: on.genesisHash,
    epoch: 0,
    view: request.view,
    height,
    parentHash: parentHashBytes(parent),
    parentView: request.parentView,
    time: request.timeMs,
    leaderIdx: request.leaderIdx,
    txCount: transactions.length,
    bodyBytes: transactions.reduce((sum, { bytes }) => sum + bytes.length, 0),
    txRoot: treeHead(
      hashing,
      transactions.map(({ txHash }) => txHash),
    ),
    parentStateRoot: parent.stateRoot,
    parentReceiptRoot: parent.receiptRoot,
    sideRoot: ZERO,
    historyRoot: request.historyRoot,
    committeeHash: on.committeeHash,
    generation: 0,
    nextCommitteeHash: ZERO,
    nextProposersHash: ZERO,
    nextSeed: ZERO,
    edgeHash: ZERO,
    reveal: ZERO,
    signal: 0,
    extraRoot: ZERO,
  });
  return { headerBytes, transactions };
}

function parentHashBytes(parent: Executed): Uint8Array {
  return Buffer.from(parent.hash, 'hex');
}

/** Seen on this branch: not in this block, and gone for good only when the branch is final. Its predecessor may stand in this very block. */
export function judgeInclusion(
  runtime: Runtime,
  parent: Executed,
  transaction: VerifiedTransaction,
  before: ReadonlySet<string>,
  place: { readonly height: number; readonly timeMs: number },
): 'OK' | 'WAIT' | 'NEVER' {
  const refusal = runtime.checkInclusion(parent.view, transaction, place.height, place.timeMs);
  if (refusal === undefined) return 'OK';
  switch (refusal.code) {
    case 'TX_AFTER_MISSING':
      return before.has(toHex(transaction.header.after)) ? 'OK' : 'WAIT';
    case 'TX_REPLAYED':
      return 'WAIT';
    case 'TX_EXPIRED':
      return 'NEVER';
    default:
      // Depends on state that may change with the branch (sender, keys, how far away the expiry is): not in this block.
      return 'WAIT';
  }
}
