/**
 * The pass of a full node: an organisation's word that a node is its own (formats.md 11). With it a node that no list names may
 * follow a running consortium; it gives no vote and no seat.
 */
import { isAccountName } from '../accounts/account-names.js';
import { canonicalJson, parseCanonicalJson } from '../chain/canonical-json.js';
import { hex, integer, object, oneOf, ShapeError, text } from '../chain/json-shape.js';
import { done, refused, type Outcome } from '../chain/refusal.js';
import { concatBytes, fromHex, toHex, u64Bytes, utf8 } from '../primitives/index.js';

export interface NodePass {
  readonly format: 'waymark-node-pass/1';
  /** Hex: the chain that it is for. */
  readonly genesisHash: string;
  /** The organisation that the node belongs to, and that signs. */
  readonly account: string;
  readonly node: string;
  /** Hex, 32 bytes: the Ed25519 key of the node's certificate. Whoever shows the pass must hold it. */
  readonly p2pKey: string;
  readonly role: 'full';
  /** Milliseconds since 1970: good before that. */
  readonly expiresMs: number;
  /** Hex: the key of the organisation that signed. */
  readonly publicKey: string;
  /** Hex, 64 bytes. */
  readonly signature: string;
}

/** What is signed about a node. */
export type NodePassFacts = Omit<NodePass, 'format' | 'publicKey' | 'signature'>;

/** Bytes of an encoded pass that a reader takes. */
export const nodePassBytesMax = 2_048;
/** A pass is good for so long at most: a key that got lost is not let in for ever. */
export const nodePassLifeMaxMs = 400 * 86_400_000;

const NODE_NAME = /^(?=.{1,32}$)[a-z0-9]+([.-][a-z0-9]+)*$/;
const suite = 0x01;
const roleNumbers = { full: 0x02 } as const;

/** "waymark/node-pass/1" || suite || genesisHash || account || 0x00 || node || 0x00 || p2pKey || role u8 || expiresMs u64. */
export function nodePassBytes(facts: NodePassFacts): Uint8Array {
  return concatBytes(
    utf8('waymark/node-pass/1'),
    new Uint8Array([suite]),
    fromHex(facts.genesisHash),
    utf8(`${facts.account}\0${facts.node}\0`),
    fromHex(facts.p2pKey),
    new Uint8Array([roleNumbers[facts.role]]),
    u64Bytes(facts.expiresMs),
  );
}

/** The pass's bytes: RFC 8785. */
export function encodeNodePass(pass: NodePass): Uint8Array {
  return canonicalJson(pass);
}

function readNodePass(value: unknown): NodePass {
  const fields = ['format', 'genesisHash', 'account', 'node', 'p2pKey', 'role', 'expiresMs', 'publicKey', 'signature'];
  const pass = object(value, '', fields);
  const { account } = pass;
  if (typeof account !== 'string' || !isAccountName(account)) throw new ShapeError('/account', 'no account name');
  return {
    format: oneOf(pass['format'], '/format', ['waymark-node-pass/1']),
    genesisHash: hex(pass['genesisHash'], '/genesisHash', 32),
    account,
    node: text(pass['node'], '/node', NODE_NAME),
    p2pKey: hex(pass['p2pKey'], '/p2pKey', 32),
    role: oneOf(pass['role'], '/role', ['full']),
    expiresMs: integer(pass['expiresMs'], '/expiresMs', 0, Number.MAX_SAFE_INTEGER),
    publicKey: hex(pass['publicKey'], '/publicKey', 32),
    signature: hex(pass['signature'], '/signature', 64),
  };
}

/** Refused: `NODE_PASS_MALFORMED` with the pointer of the wrong part. */
export function parseNodePass(bytes: Uint8Array): Outcome<NodePass> {
  if (bytes.length > nodePassBytesMax)
    return refused('NODE_PASS_MALFORMED', '', { reason: `over ${nodePassBytesMax} bytes` });
  const parsed = parseCanonicalJson(bytes);
  if (parsed === undefined) return refused('NODE_PASS_MALFORMED', '', { reason: 'not canonical JSON' });
  try {
    return done(readNodePass(parsed.value));
  } catch (error) {
    if (error instanceof ShapeError) return refused('NODE_PASS_MALFORMED', error.pointer, { reason: error.reason });
    throw error;
  }
}

/** A signature that must still be checked: nothing is let in before it holds. */
export interface PassCheck {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Judges a pass at the door, but for its signature, which is handed back to be checked. Codes: `GENESIS_FOREIGN` another chain,
 * `NODE_PASS_KEY_DIFFERS` shown by another node, `NODE_PASS_EXPIRED`, `NODE_PASS_TOO_LONG` good for longer than a pass may be,
 * `NODE_PASS_SIGNER_UNKNOWN` no key that speaks for that organisation now: a key that was rotated away lets nobody in any more.
 */
export function judgeNodePass(
  pass: NodePass,
  at: {
    /** Keys, hex, that the ledger gives to the account's `active` permission now. */
    readonly keysOf: (account: string) => readonly string[];
    readonly genesisHash: Uint8Array;
    /** Hex: the key that the visitor proved to hold. */
    readonly p2pKey: string;
    readonly nowMs: number;
  },
): Outcome<PassCheck> {
  const own = toHex(at.genesisHash);
  if (pass.genesisHash !== own)
    return refused('GENESIS_FOREIGN', '/genesisHash', { theirs: pass.genesisHash, ours: own });
  if (pass.p2pKey !== at.p2pKey)
    return refused('NODE_PASS_KEY_DIFFERS', '/p2pKey', { pass: pass.p2pKey, shown: at.p2pKey });
  if (pass.expiresMs <= at.nowMs) return refused('NODE_PASS_EXPIRED', '/expiresMs', { expiresMs: pass.expiresMs });
  if (pass.expiresMs - at.nowMs > nodePassLifeMaxMs)
    return refused('NODE_PASS_TOO_LONG', '/expiresMs', { expiresMs: pass.expiresMs, most: nodePassLifeMaxMs });
  if (!at.keysOf(pass.account).includes(pass.publicKey))
    return refused('NODE_PASS_SIGNER_UNKNOWN', '/publicKey', { account: pass.account, publicKey: pass.publicKey });
  return done({
    publicKey: fromHex(pass.publicKey),
    message: nodePassBytes(pass),
    signature: fromHex(pass.signature),
  });
}
