import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TransactionSignature, UnsignedTransaction } from '@waymark/ledger/chain';
import type { Logger } from '../../platform/logging/logger.js';
import { type OpenedKey, openKey, SealedKeyError } from '../../platform/sealed-keys/sealed-key.js';

/** The organisation has not entrusted this gateway a key that opens. `code` says which it is. */
export class KeyMissing extends Error {
  constructor(
    readonly code: 'SIGNING_KEY_MISSING' | 'SIGNING_KEY_SEALED' | 'SIGNING_KEY_FOREIGN',
    message: string,
  ) {
    super(message);
  }
}

export interface KeyringOptions {
  /** `<account>.key.json` for each organisation. */
  readonly keysDir: string;
  readonly secretFile: string;
  /** Public keys that genesis gives to an account, lower-case hex. */
  readonly publicKeysOf: (account: string) => readonly string[];
}

interface SigningKey {
  readonly key: KeyObject;
  readonly publicKey: Uint8Array;
}

/** The key as Node's own Ed25519 takes it (RFC 8037). */
function signingKey(seed: Uint8Array, publicKey: Uint8Array): KeyObject {
  const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', d: base64url(seed), x: base64url(publicKey) },
  });
}

/** Whether a signature that {@link Keyring} made is still whole. Says nothing of signatures of others: nodes decide those by their own predicate. */
export function verifiesAsOurs(signedBytes: Uint8Array, { publicKey, signature }: TransactionSignature): boolean {
  const key = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
  });
  return verify(null, signedBytes, key, signature);
}

/**
 * The organisations' signing keys, opened on first use and kept in the memory of the signing worker: never in Postgres, in a
 * log or in another process.
 */
export class Keyring {
  private readonly opened = new Map<string, Promise<SigningKey>>();

  constructor(
    private readonly options: KeyringOptions,
    private readonly logger: Logger,
  ) {}

  /** Throws {@link KeyMissing}. */
  async sign(account: string, unsigned: UnsignedTransaction): Promise<TransactionSignature> {
    const { key, publicKey } = await this.open(account);
    // Ed25519 hashes by itself: no digest is named.
    return { publicKey, signature: new Uint8Array(sign(null, unsigned.signedBytes, key)) };
  }

  private open(account: string): Promise<SigningKey> {
    let key = this.opened.get(account);
    if (key === undefined) {
      key = this.read(account);
      // A key that did not open is looked for again: the operator may have put it there meanwhile.
      key.catch(() => this.opened.delete(account));
      this.opened.set(account, key);
    }
    return key;
  }

  private async read(account: string): Promise<SigningKey> {
    const file = path.join(this.options.keysDir, `${account}.key.json`);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      this.logger.warn({ account, err: error }, 'no sealed key of this organisation');
      throw new KeyMissing('SIGNING_KEY_MISSING', `This gateway holds no key of ${account}.`);
    }
    const { seed, publicKey, account: named } = await this.unseal(account, text);
    if (named !== account)
      throw new KeyMissing('SIGNING_KEY_FOREIGN', `The file of ${account} holds a key of ${named}.`);
    if (!this.options.publicKeysOf(account).includes(Buffer.from(publicKey).toString('hex')))
      throw new KeyMissing(
        'SIGNING_KEY_FOREIGN',
        `The key in ${account}'s file is not one that genesis gives to ${account}.`,
      );
    this.logger.info({ account }, 'a signing key was opened');
    return { key: signingKey(seed, publicKey), publicKey };
  }

  private async unseal(account: string, text: string): Promise<OpenedKey> {
    try {
      const secret = (await readFile(this.options.secretFile, 'utf8')).trim();
      return await openKey(JSON.parse(text), secret);
    } catch (error) {
      const code = error instanceof SealedKeyError ? error.code : 'unreadable';
      this.logger.error({ account, code }, 'a sealed key does not open');
      throw new KeyMissing('SIGNING_KEY_SEALED', `The key of ${account} does not open with this gateway's secret.`);
    }
  }
}
