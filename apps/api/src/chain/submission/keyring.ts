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
  /** `<account>.key.json` for each organisation, and `<account>.next.key.json` beside it while its key is rotated. */
  readonly keysDir: string;
  readonly secretFile: string;
  /** Public keys that the ledger gives to an account now, lower-case hex. Throws NodeUnavailable when no node answers. */
  readonly publicKeysOf: (account: string) => Promise<readonly string[]>;
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

/** What a sealed key file says in the clear. */
interface SealedFile {
  readonly publicKey: string;
  readonly file: unknown;
}

/** How long it is believed which of an organisation's keys the ledger knows. */
const CHOSEN_MS = 2_000;

/**
 * The organisations' signing keys, opened on first use and kept in the memory of the signing worker: never in Postgres, in a
 * log or in another process. Where a key is being rotated both files are there, and the one that the ledger knows signs.
 */
export class Keyring {
  private readonly opened = new Map<string, Promise<SigningKey>>();
  private readonly chosen = new Map<string, { readonly untilMs: number; readonly file: Promise<SealedFile> }>();

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

  /** The ledger is asked again which key is the account's: one was refused just now. */
  forget(account: string): void {
    this.chosen.delete(account);
  }

  /** The public key that would sign, hex. Throws {@link KeyMissing}. */
  async publicKey(account: string): Promise<string> {
    return (await this.choose(account)).publicKey;
  }

  private async open(account: string): Promise<SigningKey> {
    const { publicKey, file } = await this.choose(account);
    const name = `${account}/${publicKey}`;
    let key = this.opened.get(name);
    if (key === undefined) {
      key = this.read(account, file);
      // A key that did not open is looked for again: the operator may have put it there meanwhile.
      key.catch(() => this.opened.delete(name));
      this.opened.set(name, key);
    }
    return key;
  }

  private choose(account: string): Promise<SealedFile> {
    const before = this.chosen.get(account);
    if (before !== undefined && before.untilMs > performance.now()) return before.file;
    const file = this.chooseNow(account);
    file.catch(() => this.chosen.delete(account));
    this.chosen.set(account, { untilMs: performance.now() + CHOSEN_MS, file });
    return file;
  }

  private async chooseNow(account: string): Promise<SealedFile> {
    const names = [`${account}.key.json`, `${account}.next.key.json`];
    const files = (await Promise.all(names.map((name) => this.look(account, name)))).flatMap((found) => found ?? []);
    if (files.length === 0) {
      this.logger.warn({ account }, 'no sealed key of this organisation');
      throw new KeyMissing('SIGNING_KEY_MISSING', `This gateway holds no key of ${account}.`);
    }
    const known = await this.options.publicKeysOf(account);
    const found = files.find(({ publicKey }) => known.includes(publicKey));
    if (found === undefined)
      throw new KeyMissing(
        'SIGNING_KEY_FOREIGN',
        `No key in ${account}'s files is one that the ledger gives to ${account}.`,
      );
    return found;
  }

  private async look(account: string, name: string): Promise<SealedFile | undefined> {
    let text: string;
    try {
      text = await readFile(path.join(this.options.keysDir, name), 'utf8');
    } catch (error) {
      this.logger.debug({ account, name, err: error }, 'no such key file');
      return undefined;
    }
    try {
      const file: unknown = JSON.parse(text);
      const { publicKey } = file as { publicKey?: unknown };
      if (typeof publicKey === 'string') return { publicKey, file };
    } catch (error) {
      this.logger.error({ account, name, err: error }, 'a sealed key file is no JSON');
    }
    throw new KeyMissing('SIGNING_KEY_SEALED', `The key of ${account} does not open with this gateway's secret.`);
  }

  private async read(account: string, file: unknown): Promise<SigningKey> {
    const { seed, publicKey, account: named } = await this.unseal(account, file);
    if (named !== account)
      throw new KeyMissing('SIGNING_KEY_FOREIGN', `The file of ${account} holds a key of ${named}.`);
    this.logger.info({ account }, 'a signing key was opened');
    return { key: signingKey(seed, publicKey), publicKey };
  }

  private async unseal(account: string, file: unknown): Promise<OpenedKey> {
    try {
      const secret = (await readFile(this.options.secretFile, 'utf8')).trim();
      return await openKey(file, secret);
    } catch (error) {
      const code = error instanceof SealedKeyError ? error.code : 'unreadable';
      this.logger.error({ account, code }, 'a sealed key does not open');
      throw new KeyMissing('SIGNING_KEY_SEALED', `The key of ${account} does not open with this gateway's secret.`);
    }
  }
}
