/**
 * Reading JSON that a stranger sent: every field by name, type and bound. The first field that is not as it must be
 * ends the reading with `Malformed`, which the two doors of this library turn into a verdict; nothing else is thrown.
 */
import { parseBase64, parseHex } from '@waymark/ledger/primitives';

/** Thrown inside this library only: what was read is not of the expected form. */
export class Malformed extends Error {
  constructor(
    /** JSON pointer into the input. */
    readonly where: string,
    /** What was expected there, in a few words. */
    readonly expected: string,
  ) {
    super(`${where}: expected ${expected}`);
    this.name = 'Malformed';
  }
}

/** A place in the input: its pointer and the value that stands there. */
export interface Place {
  readonly where: string;
  readonly value: unknown;
}

export const rootOf = (value: unknown): Place => ({ where: '', value });

/** The members of an object; unknown ones are refused, so that nothing unproven travels along. */
export function readObject(place: Place, known: readonly string[]): (name: string) => Place {
  const { value, where } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(where, 'an object');
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw new Malformed(`${where}/${escaped(name)}`, 'no such member');
  const members = value as Readonly<Record<string, unknown>>;
  return (name) => ({ where: `${where}/${name}`, value: Object.hasOwn(members, name) ? members[name] : undefined });
}

export const isAbsent = (place: Place): boolean => place.value === undefined;

export function readList(place: Place, min: number, max: number): readonly Place[] {
  const { value, where } = place;
  if (!Array.isArray(value) || value.length < min || value.length > max)
    throw new Malformed(where, `a list of ${min} to ${max}`);
  return Array.from(value as readonly unknown[], (item, index) => ({ where: `${where}/${index}`, value: item }));
}

export function readText(place: Place, lengthMax: number): string {
  const { value, where } = place;
  if (typeof value !== 'string' || value.length > lengthMax)
    throw new Malformed(where, `a text of at most ${lengthMax} characters`);
  return value;
}

export function readExactly(place: Place, expected: string): void {
  if (place.value !== expected) throw new Malformed(place.where, `"${expected}"`);
}

/** A whole number from 0 to `max`. */
export function readCount(place: Place, max: number = Number.MAX_SAFE_INTEGER): number {
  const { value, where } = place;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || Object.is(value, -0) || value > max)
    throw new Malformed(where, `a whole number from 0 to ${max}`);
  return value;
}

/** Base64 bytes: of exactly `length`, or of at most `lengthMax`. */
export function readBytes(
  place: Place,
  bound: { readonly length: number } | { readonly lengthMax: number },
): Uint8Array {
  const lengthMax = 'length' in bound ? bound.length : bound.lengthMax;
  const text = readText(place, Math.ceil(lengthMax / 3) * 4);
  const bytes = 'length' in bound ? parseBase64(text, bound.length) : parseBase64(text);
  if (bytes === undefined || bytes.length > lengthMax)
    throw new Malformed(
      place.where,
      'length' in bound ? `base64 of ${lengthMax} bytes` : `base64 of at most ${lengthMax} bytes`,
    );
  return bytes;
}

/** `length` bytes as lower-case hex; gives the text, which is its only spelling. */
export function readHex(place: Place, length: number): string {
  const text = readText(place, length * 2);
  if (parseHex(text, length) === undefined || text !== text.toLowerCase())
    throw new Malformed(place.where, `lower-case hex of ${length} bytes`);
  return text;
}

const escaped = (name: string): string => name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
