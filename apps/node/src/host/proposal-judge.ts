/**
 * The V-rules that need the ledger (docs/protocol/consensus.md R3): pure, given the executed parent. The core has decided
 * V1, V3, the height of V4 and V5 before.
 */
import { BlockKind, type Genesis, type Header } from '@waymark/ledger/chain';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import type { Executed } from '../execution/execution-tree.js';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';

export const HEADER_VERSION = 1;
/** Suite 1: Ed25519 and SHA-256. */
export const SUITE = 1;

/** ILLICIT: the leader broke a rule and is impeached. DIVERGENT: its roots are not ours. `rule` names the V-rule. */
export type Judgement =
  { readonly outcome: 'VALID' } | { readonly outcome: 'ILLICIT' | 'DIVERGENT'; readonly rule: string };

export interface JudgedAgainst {
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
  readonly committeeHash: Uint8Array;
  /** Proposer index of leader(view). */
  readonly leaderIdx: number;
  readonly parent: Executed;
  readonly historyRoot: Uint8Array;
  readonly runtime: Pick<Runtime, 'seenAt'>;
}

const ZERO = new Uint8Array(32);
const illicit = (rule: string): Judgement => ({ outcome: 'ILLICIT', rule });

/** V2, V6, V10, V11 and the rest of V4: what the header alone decides. */
export function judgeHeader(header: Header, against: JudgedAgainst): Judgement {
  const { genesis, genesisHash, parent } = against;
  if (header.version !== HEADER_VERSION || header.suite !== SUITE) return illicit('V2 version or suite');
  if (!equalBytes(header.genesisHash, genesisHash)) return illicit('V2 genesisHash');
  if (!equalBytes(header.committeeHash, against.committeeHash) || header.generation !== 0 || header.epoch !== 0)
    return illicit('V2 committee, generation or epoch');
  if (header.leaderIdx !== against.leaderIdx) return illicit('V2 leaderIdx');
  // Fields for rules that come later: zero until then.
  const unused = [
    header.sideRoot,
    header.nextCommitteeHash,
    header.nextProposersHash,
    header.nextSeed,
    header.edgeHash,
    header.extraRoot,
  ];
  if (unused.some((field) => !equalBytes(field, ZERO)) || header.signal !== 0) return illicit('V2 unused fields');
  if (!equalBytes(header.reveal, ZERO)) return illicit('V10');
  if (header.kind !== BlockKind.NORMAL) return illicit('V11');
  if (header.height !== parent.height + 1) return illicit('V4 height');
  if (!equalBytes(header.historyRoot, against.historyRoot)) return illicit('V4 historyRoot');
  if (header.bodyBytes > genesis.parameters.maxBlockBytes) return illicit('V6 bodyBytes');
  if (header.txCount > header.bodyBytes) return illicit('V6 txCount');
  return { outcome: 'VALID' };
}

/** V7 for a body whose transactions were checked one by one: counts, expiry, each txId once in the window; and V8. */
export function judgeBody(
  header: Header,
  transactions: readonly VerifiedTransaction[],
  against: JudgedAgainst,
): Judgement {
  const { genesis, parent, runtime } = against;
  const bodyBytes = transactions.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (transactions.length !== header.txCount || bodyBytes !== header.bodyBytes)
    return illicit('V7 txCount or bodyBytes');
  const here = new Set<string>();
  for (const { txId, header: transaction } of transactions) {
    const { expiryHeight } = transaction;
    if (expiryHeight < header.height || expiryHeight > header.height + genesis.parameters.expiryHeightsMax)
      return illicit('V7 expiryHeight');
    const name = toHex(txId);
    if (here.has(name) || runtime.seenAt(parent.view, txId) !== undefined) return illicit('V7 txId twice');
    here.add(name);
  }
  if (!equalBytes(header.parentStateRoot, parent.stateRoot))
    return { outcome: 'DIVERGENT', rule: 'V8 parentStateRoot' };
  if (!equalBytes(header.parentReceiptRoot, parent.receiptRoot))
    return { outcome: 'DIVERGENT', rule: 'V8 parentReceiptRoot' };
  return { outcome: 'VALID' };
}
