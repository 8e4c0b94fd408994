/**
 * Motions and boards in the state (module 4), canonical JSON:
 *
 *     4 || 'm' || motion (16 bytes) -> MotionRecord
 *     4 || 'o' || account           -> how many of its motions are open, decimal digits
 *     4 || 'b' || board             -> Board
 */
import { canonicalJson } from '../chain/canonical-json.js';
import { boardsOf, type Board } from '../chain/genesis-rules.js';
import type { Genesis } from '../chain/genesis-types.js';
import { concatBytes, fromHex, fromUtf8, utf8 } from '../primitives/index.js';
import type { ModuleState } from '../runtime/runtime-types.js';
import type { MotionBody, MotionOn } from './motion-bodies.js';

/** State module number of motions. */
export const MOTIONS_MODULE = 4;

/** Who approved, with the keys that signed. */
export interface MotionApproval {
  readonly account: string;
  /** Lower-case hex, sorted. */
  readonly keys: readonly string[];
}

export interface OpenMotion {
  readonly status: 'open';
  readonly motion: string;
  readonly on: MotionOn;
  readonly by: string;
  readonly title: string;
  readonly bodies: readonly MotionBody[];
  readonly digest: string;
  readonly expiresMs: number;
  readonly proposedAt: number;
  /** In the order in which they came. */
  readonly approvals: readonly MotionApproval[];
}

/** What is left of a motion, so that its name is never used again. */
export interface ClosedMotion {
  readonly status: 'executed' | 'withdrawn' | 'expired';
  readonly motion: string;
  readonly by: string;
  readonly height: number;
}

export type MotionRecord = OpenMotion | ClosedMotion;

/** Raw keys inside the corner of motions. */
export const motionStateKeys = {
  motion: (motion: string): Uint8Array => concatBytes(utf8('m'), fromHex(motion)),
  open: (account: string): Uint8Array => utf8(`o${account}`),
  board: (board: string): Uint8Array => utf8(`b${board}`),
} as const;

type Readable = Pick<ModuleState, 'get'>;

const read = (state: Readable, key: Uint8Array): unknown => {
  const value = state.get(key);
  return value === undefined ? undefined : (JSON.parse(fromUtf8(value)) as unknown);
};

export const readMotion = (state: Readable, motion: string): MotionRecord | undefined =>
  read(state, motionStateKeys.motion(motion)) as MotionRecord | undefined;

export const writeMotion = (state: ModuleState, record: MotionRecord): void =>
  state.put(motionStateKeys.motion(record.motion), canonicalJson(record));

export const readBoard = (state: Readable, board: string): Board | undefined =>
  read(state, motionStateKeys.board(board)) as Board | undefined;

export const readOpen = (state: Readable, account: string): number =>
  (read(state, motionStateKeys.open(account)) as number | undefined) ?? 0;

export function writeOpen(state: ModuleState, account: string, count: number): void {
  const key = motionStateKeys.open(account);
  if (count === 0) state.delete(key);
  else state.put(key, utf8(String(count)));
}

export function writeGenesisBoards(genesis: Genesis, state: ModuleState): void {
  for (const board of boardsOf(genesis)) state.put(motionStateKeys.board(board.board), canonicalJson(board));
}
