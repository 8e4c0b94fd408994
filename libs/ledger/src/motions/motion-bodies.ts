/** What bodies of the kinds `motion.*` say, read strictly (docs/protocol/ledger.md 5). */
import type { Hashing } from '@waymark/accel/contract';
import { isKind } from '../accounts/account-bodies.js';
import { readBodyJson } from '../chain/body-json.js';
import { canonicalJson } from '../chain/canonical-json.js';
import { array, hex, integer, object, ShapeError, text } from '../chain/json-shape.js';
import type { Outcome } from '../chain/refusal.js';
import type { BodyInput } from '../chain/transaction-types.js';
import { parseBase64, toBase64, toHex } from '../primitives/index.js';

export const motionKinds = {
  propose: 'motion.propose',
  approve: 'motion.approve',
  withdraw: 'motion.withdraw',
} as const;

export const MOTION_BOUNDS = { bodies: 16, openOfProposer: 64, aheadMs: 30 * 86_400_000 } as const;

/** Who decides: the holders of an account's permission, or a board. */
export type MotionOn = { readonly account: string; readonly permission: string } | { readonly board: string };

/** A body that is executed once the motion is approved; public, without context. */
export interface MotionBody {
  readonly kind: string;
  /** Base64. */
  readonly content: string;
}

export interface MotionPropose {
  /** 16 bytes, lower-case hex, chosen by the proposer; never used again. */
  readonly motion: string;
  readonly on: MotionOn;
  readonly bodies: readonly MotionBody[];
  /** Block time after which it cannot be approved any more. */
  readonly expiresMs: number;
  readonly title: string;
}

export interface MotionApprove {
  readonly motion: string;
  /** SHA-256 of the proposing body's content, lower-case hex: what the approver has read. */
  readonly digest: string;
}

export interface MotionWithdraw {
  readonly motion: string;
}

export interface MotionBodies {
  'motion.propose': MotionPropose;
  'motion.approve': MotionApprove;
  'motion.withdraw': MotionWithdraw;
}
export type MotionKind = keyof MotionBodies;

const TITLE = /^[^\p{Cc}]{1,200}$/u;
const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const ANY_ACCOUNT = /^.{1,64}$/;

const motionId = (value: unknown): string => hex(value, '/motion', 16);

function on(value: unknown): MotionOn {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'board'))
    return { board: text(object(value, '/on', ['board'])['board'], '/on/board', NAME) };
  const fields = object(value, '/on', ['account', 'permission']);
  return {
    account: text(fields['account'], '/on/account', ANY_ACCOUNT),
    permission: text(fields['permission'], '/on/permission', NAME),
  };
}

function body(value: unknown, pointer: string): MotionBody {
  const fields = object(value, pointer, ['kind', 'content']);
  const kind = text(fields['kind'], `${pointer}/kind`, /^.{1,64}$/);
  if (!isKind(kind)) throw new ShapeError(`${pointer}/kind`, 'no kind of body');
  const { content } = fields;
  if (typeof content !== 'string' || parseBase64(content) === undefined)
    throw new ShapeError(`${pointer}/content`, 'not padded base64');
  return { kind, content };
}

const readers: { readonly [K in MotionKind]: (value: unknown) => MotionBodies[K] } = {
  'motion.propose': (value) => {
    const fields = object(value, '', ['motion', 'on', 'bodies', 'expiresMs', 'title']);
    return {
      motion: motionId(fields['motion']),
      on: on(fields['on']),
      bodies: array(fields['bodies'], '/bodies', 1, MOTION_BOUNDS.bodies).map((entry, index) =>
        body(entry, `/bodies/${index}`),
      ),
      expiresMs: integer(fields['expiresMs'], '/expiresMs', 0, Number.MAX_SAFE_INTEGER),
      title: text(fields['title'], '/title', TITLE),
    };
  },
  'motion.approve': (value) => {
    const fields = object(value, '', ['motion', 'digest']);
    return { motion: motionId(fields['motion']), digest: hex(fields['digest'], '/digest', 32) };
  },
  'motion.withdraw': (value) => ({ motion: motionId(object(value, '', ['motion'])['motion']) }),
};

export const isMotionKind = (kind: string): kind is MotionKind => Object.hasOwn(readers, kind);

/** Refused: those of `readBodyJson`. */
export function readMotionBody<K extends MotionKind>(kind: K, content: Uint8Array): Outcome<MotionBodies[K]> {
  return readBodyJson(content, readers[kind]);
}

/** A body of this kind, ready to be put into a transaction. */
export function motionBody<K extends MotionKind>(kind: K, says: MotionBodies[K]): BodyInput {
  return { kind, content: canonicalJson(says) };
}

/** What approvers name: SHA-256 of the proposing body's content. */
export function motionDigest(hashing: Hashing, proposing: Uint8Array): string {
  return toHex(hashing.sha256(proposing));
}

/** A body as a motion carries it. */
export const motionBodyOf = ({ kind, content }: Pick<BodyInput, 'kind' | 'content'>): MotionBody => ({
  kind,
  content: toBase64(content),
});
