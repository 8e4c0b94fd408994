import type { RecordFinding, TrustRoot } from '@waymark/light-client';

/** What the page asks of the worker. One question at a time; to stop, the worker is ended. */
export type CheckOrder =
  | {
      readonly order: 'piece';
      readonly text: string;
      readonly trust: TrustRoot;
      readonly nowMs: number;
      readonly from: number;
      /** Where the piece before ended; absent where it was not proven. */
      readonly position: StoredPosition | undefined;
    }
  | {
      readonly order: 'item';
      readonly text: string;
      readonly trust: TrustRoot;
      readonly nowMs: number;
      /** Records that the evidence must hold, by another answer. */
      readonly expected: readonly ExpectedRecord[];
    };

export interface StoredPosition {
  readonly height: number;
  /** Hex. */
  readonly hash: string;
}

export interface ExpectedRecord {
  readonly txId: string;
  readonly bodyIndex: number;
  readonly height: number;
  readonly sender: string;
  readonly kind: string;
}

export interface CheckAnchor {
  readonly height: number;
  readonly timeMs: number;
  readonly signed: number;
  readonly of: number;
  readonly names: readonly { readonly en: string; readonly 'zh-CN': string }[];
}

export type CheckNews =
  | { readonly news: 'anchor'; readonly anchor: CheckAnchor; readonly total: number }
  /** Findings of one part; `value` of each is cut down to what its name needs. `done` counts blocks or records. */
  | { readonly news: 'findings'; readonly findings: readonly RecordFinding[]; readonly done: number }
  /** Nothing of the piece or file could be checked. */
  | { readonly news: 'defect'; readonly finding: RecordFinding }
  | { readonly news: 'done'; readonly to: number | undefined; readonly position: StoredPosition | undefined };
