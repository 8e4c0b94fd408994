/**
 * What the node can prove of its state: a key, its absence, all keys of a prefix, the history of a key. Always under the newest
 * header with a certificate of its own, so that an answer can be checked as it is: the state that this header names is that of the
 * block before it, one block or a few behind what is booked.
 */
import type { Hashing } from '@waymark/accel/contract';
import { refusal } from '@waymark/ledger/chain';
import { concatBytes, toBase64, toHex } from '@waymark/ledger/primitives';
import {
  proveHistory,
  stateHistoryJson,
  stateProofJson,
  stateRangeJson,
  STATE_KEY_BYTES_MAX,
  STATE_RANGE_BYTES_MAX,
  STATE_RANGE_ENTRIES_MAX,
  type StateAnswerBasis,
  type StateHistoryAnswer,
  type StateProofAnswer,
  type StateRangeAnswer,
  type StateRangeProof,
  type StateView,
} from '@waymark/ledger/state';
import type { ExecutionTree } from '../execution/execution-tree.js';
import { certifiedState, type ChainStore } from '../storage/index.js';
import { certificateJson } from './ledger-reader.js';
import { invalidParams, refusedBy, unavailable, type RpcError } from './rpc-error.js';

interface ProvenState {
  /** Height of the last booked block when this was looked up. */
  readonly finalHeight: number;
  readonly view: StateView;
  readonly basis: StateAnswerBasis;
}

export class StateReader {
  private last: ProvenState | null = null;

  constructor(
    private readonly on: {
      readonly hashing: Hashing;
      readonly store: ChainStore;
      readonly tree: ExecutionTree;
      readonly chainId: string;
      readonly genesisHash: Uint8Array;
    },
  ) {}

  /** One key, or its absence. */
  proof(module: number, ownKey: Uint8Array): StateProofAnswer {
    const key = stateKey(module, ownKey);
    const { view, basis } = this.certified();
    return { format: 'waymark-state-proof/1', ...basis, key: toBase64(key), proof: stateProofJson(view.prove(key)) };
  }

  /** All keys that begin so, or that there are none. Refuses with STATE_RANGE_TOO_LARGE. */
  range(module: number, ownPrefix: Uint8Array): StateRangeAnswer {
    const prefix = stateKey(module, ownPrefix);
    const { view, basis } = this.certified();
    const count = view.countOf(prefix);
    if (count > STATE_RANGE_ENTRIES_MAX) throw tooLarge({ keys: count, keysMax: STATE_RANGE_ENTRIES_MAX });
    const range = view.proveRange(prefix);
    const bytes = sizeOf(range);
    if (bytes > STATE_RANGE_BYTES_MAX) throw tooLarge({ bytes, bytesMax: STATE_RANGE_BYTES_MAX });
    return { format: 'waymark-state-range/1', ...basis, prefix: toBase64(prefix), range: stateRangeJson(range) };
  }

  /** Changes of a key, newest first; `from`: the height of the one to begin with. Refuses with STATE_HISTORY_UNKNOWN. */
  history(module: number, ownKey: Uint8Array, from: number | undefined, limit: number): StateHistoryAnswer {
    const key = stateKey(module, ownKey);
    const { view, basis } = this.certified();
    const head = { format: 'waymark-state-history/1', ...basis, key: toBase64(key) } as const;
    const proof = from === undefined ? view.prove(key) : undefined;
    const begin = from ?? proof?.present?.changedAt;
    const shown = proof === undefined ? { from: from as number } : { proof: stateProofJson(proof) };
    if (begin === undefined) return { ...head, ...shown, changes: [] };
    if (begin > basis.height) throw this.historyUnknown(begin);
    const history = proveHistory(this.on.hashing, view, key, begin, limit);
    if (history === undefined) throw this.historyUnknown(begin);
    return { ...head, ...shown, changes: stateHistoryJson(history) };
  }

  private historyUnknown(height: number): RpcError {
    return refusedBy(refusal('STATE_HISTORY_UNKNOWN', '/from', { height }));
  }

  /** The state under the newest certified header. */
  private certified(): ProvenState {
    const { store, tree, hashing } = this.on;
    const { finalHeight } = store;
    if (this.last?.finalHeight === finalHeight) return this.last;
    // Between the two a block is being booked: neither state is the store's.
    const found = tree.final.height === finalHeight ? certifiedState(hashing, store, tree.final.view) : null;
    if (found === null) throw unavailable('no header that certifies a state is final yet', 200);
    const { view, height, anchor } = found;
    this.last = {
      finalHeight,
      view,
      basis: {
        chainId: this.on.chainId,
        genesisHash: toHex(this.on.genesisHash),
        anchor: { header: toBase64(anchor.header), certificate: certificateJson(anchor.certificate) },
        height,
      },
    };
    return this.last;
  }
}

function stateKey(module: number, own: Uint8Array): Uint8Array {
  if (own.length >= STATE_KEY_BYTES_MAX)
    throw invalidParams(`a key of ${own.length} bytes; at most ${STATE_KEY_BYTES_MAX - 1}`);
  return concatBytes(Uint8Array.of(module), own);
}

const tooLarge = (facts: Readonly<Record<string, number>>): RpcError =>
  refusedBy(refusal('STATE_RANGE_TOO_LARGE', '/prefix', facts));

const sizeOf = ({ entries }: StateRangeProof): number =>
  entries.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
