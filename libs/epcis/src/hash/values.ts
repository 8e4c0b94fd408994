import { canonicalGs1 } from '../gs1/canonical-id.js';
import { formatDecimal, parseDecimal } from '../model/decimal.js';
import type { Prefixes } from './context.js';

/** CBV URNs of EPCIS 1.x and the web URIs that replaced them (event hash rule 14). */
const CBV_URNS: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
];

/** A CURIE of a GS1 vocabulary is expanded (rule 15); one of a user's own namespace stays, as the XML binding has it. */
function expandCurie(text: string, prefixes: Prefixes): string {
  const colon = text.indexOf(':');
  if (colon <= 0 || text.startsWith('//', colon + 1)) return text;
  const namespace = prefixes.get(text.slice(0, colon));
  return namespace !== undefined && /^https:\/\/(ref\.)?gs1\.org/.test(namespace)
    ? namespace + text.slice(colon + 1)
    : text;
}

/**
 * Numbers without sign, leading or trailing zeros that say nothing (rule 6). XML knows no number type, so text that looks
 * like a number is treated as one. Below one ten-thousandth the reference's exponent form is used.
 */
function normaliseNumber(text: string): string {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return text;
  const decimal = parseDecimal(text.replace(/^([+-]?)\./, '$10.').replace(/\.(?=[eE]|$)/, ''));
  if (decimal === undefined) return text;
  const digits = (decimal.units < 0n ? -decimal.units : decimal.units).toString();
  const exponent = digits.length - 1 - decimal.scale;
  if (decimal.units === 0n || exponent >= -4) return formatDecimal(decimal);
  const mantissa = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
  return `${decimal.units < 0n ? '-' : ''}${mantissa}e-${String(-exponent).padStart(2, '0')}`;
}

/** One value as it stands in the canonical string. */
export function canonicalValue(value: string, prefixes: Prefixes): string {
  return prefixes.remembered(value, writeValue);
}

function writeValue(value: string, prefixes: Prefixes): string {
  const text = value.trim();
  if (text === '') return text;
  if (text.startsWith('urn:epcglobal:cbv:')) {
    for (const [urn, web] of CBV_URNS) if (text.startsWith(urn)) return web + text.slice(urn.length);
  }
  const number = normaliseNumber(text);
  if (number !== text) return number;
  const expanded = expandCurie(text, prefixes);
  return canonicalGs1(expanded) ?? expanded;
}

/** Compares by Unicode code point, which is the order of UTF-8 bytes (rule 10); `<` on strings compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates belong after every other code unit. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
