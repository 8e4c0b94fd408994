/** State proofs as JSON (formats.md 4): what a node's RPC gives and a light client reads. Bytes are base64. */
import { toBase64 } from '../primitives/index.js';
import type { ProvenChange, StateHistory } from './history.js';
import type { OtherLeaf, StateEntry, StatePath, StateProof, StateRangeProof } from './state-types.js';

/** Most keys of a range proof. */
export const STATE_RANGE_ENTRIES_MAX = 1_000;
/** Most bytes of keys and values of a range proof together. */
export const STATE_RANGE_BYTES_MAX = 1_048_576;
/** Most changes of one piece of a history. */
export const STATE_HISTORY_CHANGES_MAX = 100;

export interface StepJson {
  readonly bit: number;
  readonly sibling: string;
}
export interface OtherLeafJson {
  readonly key: string;
  readonly changedAt: number;
  readonly valueHash: string;
}
export interface StateProofJson {
  readonly present?: { readonly value: string; readonly changedAt: number };
  readonly otherLeaf?: OtherLeafJson;
  readonly steps: readonly StepJson[];
}
export interface StateRangeJson {
  readonly entries: readonly { readonly key: string; readonly changedAt: number; readonly value: string }[];
  readonly otherLeaf?: OtherLeafJson;
  readonly steps: readonly StepJson[];
}
export interface ProvenChangeJson {
  readonly leaf: string;
  readonly index: number;
  readonly path: readonly string[];
  readonly root: StateProofJson;
  readonly value?: string;
}

/** What every answer about the state begins with: the certified header whose `parentStateRoot` it is proven under. */
export interface StateAnswerBasis {
  readonly chainId: string;
  readonly genesisHash: string;
  readonly anchor: {
    readonly header: string;
    readonly certificate: { readonly bitmap: number; readonly signatures: readonly string[] };
  };
  /** Height of the block after which this was the state: one less than that of the anchor. */
  readonly height: number;
}
export interface StateProofAnswer extends StateAnswerBasis {
  readonly format: 'waymark-state-proof/1';
  /** State key, module number included. */
  readonly key: string;
  readonly proof: StateProofJson;
}
export interface StateRangeAnswer extends StateAnswerBasis {
  readonly format: 'waymark-state-range/1';
  /** Beginning of state keys, module number included. */
  readonly prefix: string;
  readonly range: StateRangeJson;
}
export interface StateHistoryAnswer extends StateAnswerBasis {
  readonly format: 'waymark-state-history/1';
  readonly key: string;
  /** Height of the first change in `changes`, asked for; absent: the newest change, which `proof` names, or none. */
  readonly from?: number;
  /** The key as it is now; absent with `from`. */
  readonly proof?: StateProofJson;
  readonly changes: readonly ProvenChangeJson[];
}

const stepsJson = ({ steps }: StatePath): StepJson[] =>
  steps.map(({ bit, sibling }) => ({ bit, sibling: toBase64(sibling) }));

const otherLeafJson = (other: OtherLeaf | undefined): { readonly otherLeaf?: OtherLeafJson } =>
  other === undefined
    ? {}
    : {
        otherLeaf: { key: toBase64(other.key), changedAt: other.changedAt, valueHash: toBase64(other.valueHash) },
      };

export function stateProofJson(proof: StateProof): StateProofJson {
  const { present } = proof;
  return {
    ...(present === undefined ? {} : { present: { value: toBase64(present.value), changedAt: present.changedAt } }),
    ...otherLeafJson(proof.otherLeaf),
    steps: stepsJson(proof),
  };
}

export function stateRangeJson(range: StateRangeProof): StateRangeJson {
  return {
    entries: range.entries.map(({ key, changedAt, value }: StateEntry) => ({
      key: toBase64(key),
      changedAt,
      value: toBase64(value),
    })),
    ...otherLeafJson(range.otherLeaf),
    steps: stepsJson(range),
  };
}

export function stateHistoryJson({ changes }: StateHistory): ProvenChangeJson[] {
  return changes.map(({ leaf, index, path, root, value }: ProvenChange) => ({
    leaf: toBase64(leaf),
    index,
    path: path.map(toBase64),
    root: stateProofJson(root),
    ...(value === undefined ? {} : { value: toBase64(value) }),
  }));
}
