import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { ProblemError } from '../../platform/errors/problem.js';

/** `Algorithm.Argon2id`; the package declares a const enum, which `isolatedModules` cannot read. */
const ARGON2ID = 2 as Algorithm;
/** OWASP Password Storage Cheat Sheet, argon2id, second line: 19 MiB, two passes, one lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;

/**
 * What the commonest passwords are made of (public lists of leaked ones, those that reach twelve characters once digits and signs are
 * put around them). A password whose letters are nothing but these is guessed first.
 */
const COMMON =
  'password passwort passw0rd qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbnm qazwsx qazwsxedc letmein welcome admin administrator login iloveyou monkey dragon football baseball superman batman trustno sunshine princess master shadow michael jennifer hello freedom whatever starwars computer internet secret changeme default guest user test tester testing abc abcd abcdef abcdefg abcdefgh abcdefghijkl abcabc aaa woaini woaiwo waymark supplychain company summer winter spring autumn'.split(
    ' ',
  );
const common = new Set(COMMON);
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** What is wrong with a new password, as a code; undefined when it may be used. */
export function passwordFault(text: string, about: readonly string[]): PasswordFault | undefined {
  const length = [...text].length;
  if (length < PASSWORD_LENGTH_MIN) return 'too-short';
  if (length > PASSWORD_LENGTH_MAX) return 'too-long';
  const plain = text.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 5) return 'too-plain';
  if (isRun(plain)) return 'too-plain';
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word.length > 0);
  const readAsLetters = asLetters(plain)
    .split(/[^\p{L}]+/u)
    .join('');
  const joined = words.join('');
  if (joined.length > 0 && joined.length < 18 && (isMadeOfCommon(joined) || isMadeOfCommon(readAsLetters)))
    return 'common';
  for (const known of about) {
    const name = known.toLowerCase();
    if (name.length >= 4 && plain.includes(name) && plain.length - name.length < 8) return 'about-you';
  }
  return undefined;
}

export type PasswordFault = 'too-short' | 'too-long' | 'too-plain' | 'common' | 'about-you';

const words: Readonly<Record<PasswordFault, string>> = {
  'too-short': `The password is too short: it needs at least ${PASSWORD_LENGTH_MIN} characters.`,
  'too-long': `The password is too long: at most ${PASSWORD_LENGTH_MAX} characters.`,
  'too-plain': 'The password repeats a few characters or runs along the keyboard.',
  common: 'The password is made of what everybody uses, and is tried first by whoever guesses.',
  'about-you': 'The password is little more than your name or e-mail address.',
};

/** @throws ProblemError 422 when a new password must not be used */
export function checkNewPassword(text: string, about: readonly string[], pointer = '/password'): void {
  const fault = passwordFault(text, about);
  if (fault === undefined) return;
  throw new ProblemError('against-the-rules', {
    code: `PASSWORD_${fault.replaceAll('-', '_').toUpperCase()}`,
    detail: words[fault],
    howToFix: 'Take four or five words that have nothing to do with one another.',
    pointer,
  });
}

/** What is stored of a password. */
export function hashPassword(text: string): Promise<string> {
  return hash(text.normalize('NFKC'), COST);
}

let nobody: Promise<string> | undefined;

/** Whether a password is right. Takes as long where there is no account, so that the time says nothing about who has one. */
export async function isPassword(stored: string | null | undefined, text: string): Promise<boolean> {
  nobody ??= hashPassword('the password of an account that is not there');
  const right = await verify(stored ?? (await nobody), text.normalize('NFKC'));
  return right && typeof stored === 'string';
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Digits and signs inside a word read as the letters they are written for: `p@ssw0rd2026!` as `password2026!`. */
function asLetters(plain: string): string {
  const next = plain.replace(/(?<=\p{L})[013457@$!](?=[013457@$!]*\p{L})/gu, (sign) => LOOKALIKES[sign] ?? sign);
  return next === plain ? plain : asLetters(next);
}

function isRun(plain: string): boolean {
  const backwards = [...plain].reverse().join('');
  return rows.some((row) => {
    const twice = row.repeat(3);
    return twice.includes(plain) || twice.includes(backwards);
  });
}

function isMadeOfCommon(letters: string): boolean {
  const reachable = [true, ...Array.from({ length: letters.length }, () => false)];
  for (let at = 0; at < letters.length; at++)
    if (reachable[at] === true)
      for (const word of common) if (letters.startsWith(word, at)) reachable[at + word.length] = true;
  return reachable[letters.length] === true;
}
