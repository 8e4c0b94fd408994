import { createHash, randomBytes } from 'node:crypto';

/**
 * A secret that is shown once: a prefix and 32 random bytes in base64url. 256 bits of chance need no slow hash: what is stored is
 * SHA-256, looked up by equality in an index, so that a reader of the database learns no token.
 */
export const newToken = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is stored of a token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

/** Whether a text can be a token of this prefix at all. */
export const isToken = (text: unknown, prefix: string): text is string =>
  typeof text === 'string' && text.startsWith(prefix) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(prefix.length));
