/**
 * An organisation's signing key at rest: one file a key, sealed under a secret that lies elsewhere
 * (docs/protocol/formats.md section 8). Opened only in the process that signs; neither seed nor secret goes to the
 * database, a log or a message of this room.
 */
import { randomBytes } from 'node:crypto';
import { type Algorithm, hashRaw } from '@node-rs/argon2';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';

const FORMAT = 'waymark-sealed-key/1';
const SEED_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 24;
const SECRET_BYTES_MIN = 16;
/** RFC 9106, 4: the second recommended option, for machines that cannot spare 2 GiB for each key. */
const COST = { memoryKiB: 65_536, passes: 3, lanes: 4 } as const;
/** `Algorithm.Argon2id`; the package declares a const enum, which `isolatedModules` cannot read. */
const ARGON2ID = 2 as Algorithm;

const hex32 = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits');
const base64 = (bytes: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes, `base64 of ${bytes} bytes`);

const sealedKeySchema = z.strictObject({
  format: z.literal(FORMAT),
  account: z.string().min(3).max(32),
  publicKey: hex32,
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    version: z.literal(19),
    // Ceilings, so that a foreign file cannot take the memory or the time of the process that opens it.
    memoryKiB: z.int().min(8).max(1_048_576),
    passes: z.int().min(1).max(16),
    lanes: z.int().min(1).max(16),
    salt: base64(SALT_BYTES),
  }),
  cipher: z.literal('xchacha20poly1305'),
  nonce: base64(NONCE_BYTES),
  sealed: base64(SEED_BYTES + 16),
});

/** The file as parsed JSON. It may be copied and backed up: without its secret it gives nothing but account and public key. */
export type SealedKeyFile = z.infer<typeof sealedKeySchema>;

export type SealedKeyCode =
  /** Not a sealed key file of this version. */
  | 'SEALED_KEY_MALFORMED'
  /** The secret is another one, or somebody changed the file: an AEAD cannot tell these apart. */
  | 'SEALED_KEY_WRONG_SECRET'
  /** The secret is too short to seal anything with. */
  | 'SEALED_KEY_SECRET_TOO_SHORT';

/** Why a key could not be sealed or opened. The message is for an operator; it never holds seed or secret. */
export class SealedKeyError extends Error {
  override readonly name = 'SealedKeyError';
  constructor(
    readonly code: SealedKeyCode,
    message: string,
  ) {
    super(message);
  }
}

/** Whose key it is, and what it is sealed under. */
export interface SealKeyFor {
  readonly account: string;
  /** 32 bytes; must be the public key of the seed. */
  readonly publicKey: Uint8Array;
  /** At least 16 bytes; a text counts as its UTF-8. Best: 32 random bytes in a file that only the signing process reads. */
  readonly secret: string | Uint8Array;
}

/**
 * Seals a 32-byte Ed25519 seed: argon2id over the secret, then XChaCha20-Poly1305 with account and public key as
 * associated data, so that the file of one organisation cannot pass for that of another.
 * @throws SealedKeyError SEALED_KEY_SECRET_TOO_SHORT
 * @throws RangeError when the public key is not that of the seed: the caller has mixed up its keys
 */
export async function sealKey(seed: Uint8Array, { account, publicKey, secret }: SealKeyFor): Promise<SealedKeyFile> {
  if (!Buffer.from(ed25519.getPublicKey(seed)).equals(publicKey))
    throw new RangeError(`The public key given for ${account} is not that of its seed.`);
  const secretBytes = bytesOf(secret);
  if (secretBytes.length < SECRET_BYTES_MIN)
    throw new SealedKeyError(
      'SEALED_KEY_SECRET_TOO_SHORT',
      `A secret for signing keys has at least ${SECRET_BYTES_MIN} bytes, this one ${secretBytes.length}.`,
    );
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const file: Omit<SealedKeyFile, 'sealed'> = {
    format: FORMAT,
    account,
    publicKey: Buffer.from(publicKey).toString('hex'),
    kdf: { name: 'argon2id', version: 19, ...COST, salt: salt.toString('base64') },
    cipher: 'xchacha20poly1305',
    nonce: nonce.toString('base64'),
  };
  const key = await deriveKey(secretBytes, file.kdf);
  try {
    const sealed = xchacha20poly1305(key, nonce, associatedData(file)).encrypt(seed);
    return { ...file, sealed: Buffer.from(sealed).toString('base64') };
  } finally {
    key.fill(0);
  }
}

/** A key ready to sign with. Whoever holds it keeps it out of logs, messages and the database. */
export interface OpenedKey {
  readonly account: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, the private part. */
  readonly seed: Uint8Array;
}

/**
 * Opens a sealed key file.
 * @param file parsed JSON of any origin
 * @throws SealedKeyError SEALED_KEY_MALFORMED, SEALED_KEY_WRONG_SECRET
 */
export async function openKey(file: unknown, secret: string | Uint8Array): Promise<OpenedKey> {
  const parsed = parseSealedKey(file);
  const key = await deriveKey(bytesOf(secret), parsed.kdf);
  try {
    const aead = xchacha20poly1305(key, Buffer.from(parsed.nonce, 'base64'), associatedData(parsed));
    const seed = aead.decrypt(Buffer.from(parsed.sealed, 'base64'));
    return { account: parsed.account, publicKey: new Uint8Array(Buffer.from(parsed.publicKey, 'hex')), seed };
  } catch {
    throw new SealedKeyError(
      'SEALED_KEY_WRONG_SECRET',
      `The secret does not open the key of ${parsed.account}: it is not the one the key was sealed under, or the file was changed since.`,
    );
  } finally {
    key.fill(0);
  }
}

/** The file's account and public key can be read without its secret. @throws SealedKeyError SEALED_KEY_MALFORMED */
export function parseSealedKey(file: unknown): SealedKeyFile {
  const answer = sealedKeySchema.safeParse(file);
  if (answer.success) return answer.data;
  throw new SealedKeyError(
    'SEALED_KEY_MALFORMED',
    `Not a sealed key file (${FORMAT}): ${z.prettifyError(answer.error)}`,
  );
}

function deriveKey(secret: Uint8Array, kdf: SealedKeyFile['kdf']): Promise<Buffer> {
  return hashRaw(secret, {
    algorithm: ARGON2ID,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
    salt: Buffer.from(kdf.salt, 'base64'),
  });
}

function associatedData({ account, publicKey }: Pick<SealedKeyFile, 'account' | 'publicKey'>): Uint8Array {
  return Buffer.concat([Buffer.from(`${FORMAT}\0${account}\0`, 'utf8'), Buffer.from(publicKey, 'hex')]);
}

function bytesOf(secret: string | Uint8Array): Uint8Array {
  return typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret;
}
