import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Secret, TOTP } from 'otpauth';
import type { EntityManager } from 'typeorm';
import { ConfigError } from '../../platform/config/config.js';
import { ProblemError } from '../../platform/errors/problem.js';

const NONCE_BYTES = 24;
const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;

/**
 * Time-based one-time codes (RFC 6238; SHA-1, six digits, 30 seconds: what every phone's app takes). Secrets are sealed at rest under a
 * secret that only this process reads; a code is taken once; recovery codes are 80 bits of chance, kept as SHA-256.
 */
export class SecondFactor {
  private readonly key: Uint8Array | undefined;

  constructor(secretFile: string | undefined) {
    if (secretFile === undefined) return;
    const secret = readFileSync(secretFile);
    if (secret.length < 16)
      throw new ConfigError(
        'The configuration is not usable:\n  WAYMARK_ACCOUNT_SECRET_FILE: holds less than 16 bytes',
      );
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'waymark/totp-secret/1', 32));
  }

  get available(): boolean {
    return this.key !== undefined;
  }

  /** A new secret, as it is stored and as the phone takes it. */
  begin(userId: string, email: string): { sealed: Buffer; secret: string; uri: string } {
    const secret = new Secret({ size: 20 });
    const nonce = randomBytes(NONCE_BYTES);
    const sealed = Buffer.concat([nonce, this.aead(userId, nonce).encrypt(secret.bytes)]);
    return { sealed, secret: secret.base32, uri: this.totp(secret, email).toString() };
  }

  /** The time step of a code that is right now (one step of drift either way), or undefined. */
  stepOf(userId: string, sealed: Uint8Array, code: string, nowMs: number): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined;
    const bytes = this.aead(userId, sealed.subarray(0, NONCE_BYTES)).decrypt(
      Uint8Array.from(sealed.subarray(NONCE_BYTES)),
    );
    const secret = new Secret({
      buffer: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    const delta = this.totp(secret, '').validate({ token: code, timestamp: nowMs, window: 1 });
    return delta === null ? undefined : Math.floor(nowMs / 1_000 / PERIOD_SECONDS) + delta;
  }

  /** Uses up a code or a recovery code of a person whose second factor is on. False: wrong, or used before. */
  async take(manager: EntityManager, userId: string, sealed: Uint8Array, text: string): Promise<boolean> {
    const code = text.replace(/[\s-]/g, '').toLowerCase();
    const step = this.stepOf(userId, sealed, code, Date.now());
    if (step !== undefined) {
      const [, taken] = await manager.query<[unknown, number]>(
        `UPDATE user_account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2`,
        [userId, step],
      );
      return taken > 0;
    }
    const [, used] = await manager.query<[unknown, number]>(
      `UPDATE recovery_code SET used_at = now() WHERE hash = $1 AND user_id = $2 AND used_at IS NULL`,
      [hashOfRecoveryCode(userId, code), userId],
    );
    return used > 0;
  }

  /** New recovery codes in place of all older ones. The texts are the only copies there will ever be. */
  async newRecoveryCodes(manager: EntityManager, userId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => randomBytes(10).toString('hex'));
    await manager.query(`DELETE FROM recovery_code WHERE user_id = $1`, [userId]);
    await manager.query(`INSERT INTO recovery_code (hash, user_id) SELECT h, $2 FROM unnest($1::bytea[]) h`, [
      codes.map((code) => hashOfRecoveryCode(userId, code)),
      userId,
    ]);
    return codes.map((code) => code.match(/.{5}/g)?.join('-') ?? code);
  }

  private totp(secret: Secret, label: string): TOTP {
    return new TOTP({ issuer: 'Waymark', label, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });
  }

  private aead(userId: string, nonce: Uint8Array) {
    if (this.key === undefined)
      throw new ProblemError('conflict', {
        code: 'TOTP_NOT_SET_UP',
        detail: 'This deployment has no secret under which second factors could be kept.',
        howToFix: 'Ask the operator to set WAYMARK_ACCOUNT_SECRET_FILE.',
      });
    return xchacha20poly1305(this.key, nonce, Buffer.from(userId, 'utf8'));
  }
}

const hashOfRecoveryCode = (userId: string, code: string): Buffer =>
  createHash('sha256').update(`${userId}/${code}`, 'utf8').digest();
