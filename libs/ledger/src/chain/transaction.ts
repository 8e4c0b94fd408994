/** Transactions of formats.md 2: built and signed by a client, taken apart and judged by form on every node. */
import type { Hashing, SignatureCheck } from '@waymark/accel/contract';
import { isAccountName } from '../accounts/account-names.js';
import { concatBytes, equalBytes, toHex, treeHead, utf8 } from '../primitives/index.js';
import {
  BodyMessage,
  plainBytes,
  TransactionHeaderMessage,
  TransactionMessage,
  type WireTransaction,
} from '../wire/index.js';
import { done, refused, type Outcome } from './refusal.js';
import {
  Visibility,
  type Body,
  type BodyInput,
  type FormResult,
  type FormRules,
  type TransactionHeader,
  type TransactionSignature,
  type TransactionView,
  type UnsignedTransaction,
} from './transaction-types.js';

export const TRANSACTION_VERSION = 1;
/** Suite 1: SHA-256 and Ed25519. */
export const SUITE = 1;
export const MAX_BODIES = 2_000;
/** Bytes of a whole transaction that no chain may exceed. */
export const MAX_TX_BYTES = 1_048_576;
export const MAX_SIGNATURES = 8;
/** How far ahead a transaction may expire; also how far back its id is remembered (D of V7). */
export const EXPIRY_HEIGHTS_MAX = 10_000;

const SIGNED_PREFIX = concatBytes(utf8('waymark/tx/1'), Uint8Array.of(SUITE));
const EMPTY = new Uint8Array(0);
const isVisibility = (value: number): value is Visibility => value >= Visibility.PUBLIC && value <= Visibility.OWN;

/** The bytes under every signature of a transaction. */
export function signedBytesOf(headerBytes: Uint8Array): Uint8Array {
  return concatBytes(SIGNED_PREFIX, headerBytes);
}

/** A body as it is hashed and sent. Public unless said otherwise, no context unless named. */
export function encodeBody(body: BodyInput): Uint8Array {
  return BodyMessage.encode({
    kind: body.kind,
    content: body.content,
    visibility: body.visibility ?? Visibility.PUBLIC,
    context: body.context ?? 0,
    sealedHash: EMPTY,
    sealedInterval: '',
  });
}

/** Refused: `TX_BODY_MALFORMED`, `TX_VISIBILITY_UNKNOWN`, `TX_SEALED_NOT_YET`. */
export function decodeBody(bytes: Uint8Array): Outcome<Body> {
  const wire = BodyMessage.decode(bytes);
  if (wire === undefined) return refused('TX_BODY_MALFORMED');
  const { visibility } = wire;
  if (!isVisibility(visibility)) return refused('TX_VISIBILITY_UNKNOWN', '/visibility', { visibility });
  if (wire.sealedHash.length !== 0 || wire.sealedInterval !== '') return refused('TX_SEALED_NOT_YET', '/sealedHash');
  return done({ ...wire, visibility });
}

/**
 * What a sender signs. Says nothing of whether it would be accepted: ask the judge (dry run) for that.
 * @throws RangeError for what no transaction can be (no bodies, too many, a bad account or hash).
 */
export function buildTransaction(
  hashing: Hashing,
  input: {
    readonly genesisHash: Uint8Array;
    readonly sender: string;
    readonly expiryHeight: number;
    readonly after?: Uint8Array;
    readonly proceed: boolean;
    readonly bodies: readonly BodyInput[];
  },
): UnsignedTransaction {
  const after = input.after ?? EMPTY;
  if (input.genesisHash.length !== 32) throw new RangeError('genesisHash is not 32 bytes');
  if (after.length !== 0 && after.length !== 32) throw new RangeError('after is no txId');
  if (!isAccountName(input.sender)) throw new RangeError(`${input.sender} is no account`);
  if (!Number.isSafeInteger(input.expiryHeight) || input.expiryHeight < 1) throw new RangeError('expiryHeight');
  if (input.bodies.length < 1 || input.bodies.length > MAX_BODIES) throw new RangeError(`1 to ${MAX_BODIES} bodies`);
  const bodies = input.bodies.map(encodeBody);
  const headerBytes = TransactionHeaderMessage.encode({
    version: TRANSACTION_VERSION,
    genesisHash: input.genesisHash,
    sender: input.sender,
    expiryHeight: input.expiryHeight,
    after,
    proceed: input.proceed,
    bodyCount: bodies.length,
    bodiesRoot: treeHead(hashing, bodies),
  });
  const signedBytes = signedBytesOf(headerBytes);
  return { headerBytes, signedBytes, txId: hashing.sha256(signedBytes), bodies };
}

/** The transaction as it is sent. */
export function assembleTransaction(
  unsigned: UnsignedTransaction,
  signatures: readonly TransactionSignature[],
): Uint8Array {
  return TransactionMessage.encode({ header: unsigned.headerBytes, signatures, bodies: unsigned.bodies });
}

/** Refused: `TX_MALFORMED` with the pointer of the part that cannot be read. */
export function decodeTransactionHeader(headerBytes: Uint8Array): Outcome<TransactionHeader> {
  const header = TransactionHeaderMessage.decode(headerBytes);
  return header === undefined ? refused('TX_MALFORMED', '/header') : done(header);
}

/**
 * Takes a transaction apart, once. Refused: `TX_TOO_LARGE`, `TX_MALFORMED`, `TX_BODY_COUNT`, and those of `decodeBody`.
 * Nothing else is judged here; nothing is verified.
 */
export function decodeTransaction(hashing: Hashing, received: Uint8Array): Outcome<TransactionView> {
  const bytes = plainBytes(received);
  if (bytes.length > MAX_TX_BYTES) return refused('TX_TOO_LARGE', '', { bytes: bytes.length, most: MAX_TX_BYTES });
  const wire: WireTransaction | undefined = TransactionMessage.decode(bytes);
  if (wire === undefined) return refused('TX_MALFORMED');
  const header = decodeTransactionHeader(wire.header);
  if (!header.ok) return header;
  if (wire.bodies.length < 1 || wire.bodies.length > MAX_BODIES)
    return refused('TX_BODY_COUNT', '/bodies', { count: wire.bodies.length, most: MAX_BODIES });
  const bodies: Body[] = [];
  for (const [index, body] of wire.bodies.entries()) {
    const outcome = decodeBody(body);
    if (!outcome.ok)
      return refused(outcome.refusal.code, `/bodies/${index}${outcome.refusal.pointer}`, outcome.refusal.facts);
    bodies.push(outcome.value);
  }
  const signedBytes = signedBytesOf(wire.header);
  return done({
    bytes,
    txHash: hashing.sha256(bytes),
    txId: hashing.sha256(signedBytes),
    headerBytes: wire.header,
    signedBytes,
    header: header.value,
    signatures: wire.signatures,
    bodies,
    bodyBytes: wire.bodies,
  } as unknown as TransactionView);
}

/**
 * The stateless form (formats.md 2; V7): everything that can be said without the state and without an engine. On
 * success the signatures still have to be verified, each against the check given; a wrong one is `TX_SIGNATURE_INVALID`.
 *
 * Refused: `TX_TOO_LARGE`, `TX_VERSION_UNKNOWN`, `TX_CHAIN_FOREIGN`, `TX_SENDER_MALFORMED`, `TX_EXPIRY_MALFORMED`,
 * `TX_AFTER_MALFORMED`, `TX_SIGNATURE_COUNT`, `TX_SIGNATURE_MALFORMED`, `TX_SIGNER_TWICE`, `TX_BODY_COUNT`,
 * `TX_KIND_UNKNOWN`, `TX_CONTEXT_INVALID`, `TX_BODIES_ROOT`.
 */
export function checkTransactionForm(hashing: Hashing, view: TransactionView, rules: FormRules): FormResult {
  const { header, signatures, bodies } = view;
  if (view.bytes.length > rules.maxTxBytes)
    return refused('TX_TOO_LARGE', '', { bytes: view.bytes.length, most: rules.maxTxBytes });
  if (header.version !== TRANSACTION_VERSION)
    return refused('TX_VERSION_UNKNOWN', '/header/version', { version: header.version });
  if (!equalBytes(header.genesisHash, rules.genesisHash))
    return refused('TX_CHAIN_FOREIGN', '/header/genesisHash', { genesisHash: toHex(header.genesisHash) });
  if (!isAccountName(header.sender)) return refused('TX_SENDER_MALFORMED', '/header/sender', { sender: header.sender });
  if (header.expiryHeight < 1) return refused('TX_EXPIRY_MALFORMED', '/header/expiryHeight');
  if (header.after.length !== 0 && header.after.length !== 32) return refused('TX_AFTER_MALFORMED', '/header/after');
  if (equalBytes(header.after, view.txId)) return refused('TX_AFTER_MALFORMED', '/header/after');
  if (signatures.length < 1 || signatures.length > MAX_SIGNATURES)
    return refused('TX_SIGNATURE_COUNT', '/signatures', { count: signatures.length, most: MAX_SIGNATURES });
  const seen = new Set<string>();
  const checks: SignatureCheck[] = [];
  for (const [index, { publicKey, signature }] of signatures.entries()) {
    if (publicKey.length !== 32 || signature.length !== 64)
      return refused('TX_SIGNATURE_MALFORMED', `/signatures/${index}`);
    const key = toHex(publicKey);
    if (seen.has(key)) return refused('TX_SIGNER_TWICE', `/signatures/${index}`, { publicKey: key });
    seen.add(key);
    checks.push({ publicKey, message: view.signedBytes, signature });
  }
  if (header.bodyCount !== bodies.length)
    return refused('TX_BODY_COUNT', '/header/bodyCount', { count: bodies.length, said: header.bodyCount });
  const misplaced = checkBodyPlaces(bodies, rules);
  if (misplaced !== undefined) return misplaced;
  if (!equalBytes(treeHead(hashing, view.bodyBytes), header.bodiesRoot))
    return refused('TX_BODIES_ROOT', '/header/bodiesRoot');
  return { ok: true, checks };
}

/** Kinds known, contexts named are there and stand before the bodies that name them. */
export function checkBodyPlaces(
  bodies: readonly Body[],
  rules: Pick<FormRules, 'kinds' | 'contextKinds'>,
): Extract<FormResult, { ok: false }> | undefined {
  for (const [index, body] of bodies.entries()) {
    if (!rules.kinds.has(body.kind)) return refused('TX_KIND_UNKNOWN', `/bodies/${index}/kind`, { kind: body.kind });
    if (body.context === 0) continue;
    const context = body.context <= index ? bodies[body.context - 1] : undefined;
    if (context === undefined || !rules.contextKinds.has(context.kind))
      return refused('TX_CONTEXT_INVALID', `/bodies/${index}/context`, { context: body.context });
  }
  return undefined;
}
