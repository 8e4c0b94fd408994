/**
 * Reads parsed JSON of a closed shape: exactly these fields, each of its kind. Works in a page, where a schema
 * compiler may not (strict content security policy). Each reader names the pointer where the shape is broken.
 */
import { parseHex } from '../primitives/index.js';
import type { LocalName } from './genesis-types.js';

/** Thrown inside this room only; every parser turns it into a refusal with its pointer. */
export class ShapeError extends Error {
  constructor(
    readonly pointer: string,
    readonly reason: string,
  ) {
    super(`${pointer}: ${reason}`);
  }
}

/** An object with exactly these fields (and perhaps some of the optional ones). */
export function object(
  value: unknown,
  pointer: string,
  fields: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(pointer, 'no object');
  const record = value as Record<string, unknown>;
  for (const field of fields) if (!Object.hasOwn(record, field)) throw new ShapeError(`${pointer}/${field}`, 'missing');
  for (const field of Object.keys(record))
    if (!fields.includes(field) && !optional.includes(field))
      throw new ShapeError(`${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`, 'unknown');
  return record;
}

export function array(value: unknown, pointer: string, least: number, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(pointer, 'no list');
  if (value.length < least || value.length > most) throw new ShapeError(pointer, `not ${least} to ${most} entries`);
  return value as readonly unknown[];
}

export function text(value: unknown, pointer: string, pattern: RegExp): string {
  if (typeof value !== 'string') throw new ShapeError(pointer, 'no text');
  if (!pattern.test(value)) throw new ShapeError(pointer, 'not of the expected form');
  return value;
}

export function integer(value: unknown, pointer: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new ShapeError(pointer, 'no whole number');
  if (value < least || value > most) throw new ShapeError(pointer, `not in ${least} to ${most}`);
  return value;
}

export function oneOf<const T extends string>(value: unknown, pointer: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new ShapeError(pointer, `none of ${allowed.join(', ')}`);
  return found;
}

/** Lower-case hex of exactly so many bytes, as text. */
export function hex(value: unknown, pointer: string, byteLength: number): string {
  if (typeof value !== 'string' || value !== value.toLowerCase() || parseHex(value, byteLength) === undefined)
    throw new ShapeError(pointer, `not ${byteLength} bytes of lower-case hex`);
  return value;
}

const NAME = /^[^\p{Cc}]{1,200}$/u;

export function localName(value: unknown, pointer: string): LocalName {
  const name = object(value, pointer, ['en', 'zh-CN']);
  return { en: text(name['en'], `${pointer}/en`, NAME), 'zh-CN': text(name['zh-CN'], `${pointer}/zh-CN`, NAME) };
}
