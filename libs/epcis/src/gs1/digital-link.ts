import { aiFormat, KEY_QUALIFIERS } from './application-identifiers.js';
import type { AiFormat } from './application-identifiers.js';
import { checkCharacterPair, hasValidCheckDigit } from './check-digit.js';
import { percentDecode, percentEncode } from './encoding.js';

/** What stands in the path of a GS1 Digital Link URI, values decoded, GTINs padded to 14 digits. */
export interface DigitalLink {
  /** The primary key's application identifier, `01`, `00`, `414` ... */
  key: string;
  value: string;
  gtin?: string;
  lot?: string;
  serial?: string;
  variant?: string;
  sscc?: string;
  gln?: string;
  glnExtension?: string;
  partyGln?: string;
  /** Every qualifier by its AI. */
  qualifiers: Readonly<Record<string, string>>;
  /** The finest grain as `https://id.gs1.org/...`: a serial hides the lot, the variant is left out. */
  canonical: string;
  /** False when a check digit is wrong. */
  checkDigitValid: boolean;
}

export type DigitalLinkProblemCode =
  | 'GS1_DIGITAL_LINK_KEY_MISSING'
  | 'GS1_DIGITAL_LINK_INCOMPLETE'
  | 'GS1_DIGITAL_LINK_QUALIFIER_UNKNOWN'
  | 'GS1_DIGITAL_LINK_QUALIFIER_ORDER'
  | 'GS1_DIGITAL_LINK_VALUE_INVALID'
  | 'GS1_CHECK_DIGIT_WRONG';

export interface DigitalLinkProblem {
  code: DigitalLinkProblemCode;
  message: string;
  facts: Record<string, string>;
}
export type DigitalLinkResult = { ok: true; link: DigitalLink } | { ok: false; problem: DigitalLinkProblem };

const CANONICAL_STEM = 'https://id.gs1.org';
/** Qualifiers that refine identification; the most refined one present wins (CBV 2.0, event hash rule 18). */
const FINEST: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '235', '10'],
  '8006': ['21', '10'],
  '414': ['254'],
  '8010': ['8011'],
};

/** `https://id.gs1.org/{key}/{value}[/{qualifier}/{value}]`, values given decoded. */
export function canonicalLink(key: string, value: string, qualifier?: string, qualifierValue?: string): string {
  const stem = `${CANONICAL_STEM}/${key}/${percentEncode(value)}`;
  return qualifier === undefined || qualifierValue === undefined
    ? stem
    : `${stem}/${qualifier}/${percentEncode(qualifierValue)}`;
}

/** A key and at most three qualifiers, each with its value. */
const SEGMENTS_MAX = 8;

function refuse(code: DigitalLinkProblemCode, message: string, facts: Record<string, string>): DigitalLinkResult {
  return { ok: false, problem: { code, message, facts } };
}

/** GTIN-8, -12 and -13 are right-justified in 14 digits. */
function padGtin(value: string): string {
  return /^(\d{8}|\d{12}|\d{13})$/.test(value) ? value.padStart(14, '0') : value;
}

/** True when the check digit or check characters of a key are right, or it has none. */
function checkHolds({ ai, checkedDigits }: AiFormat, value: string): boolean {
  if (ai === '8013') return checkCharacterPair(value.slice(0, -2)) === value.slice(-2);
  return checkedDigits === 0 || hasValidCheckDigit(value.slice(0, checkedDigits));
}

function parseSegments(segments: readonly string[]): DigitalLinkResult {
  const keyFormat = aiFormat(segments[0] ?? '');
  const sequences = keyFormat === undefined ? undefined : KEY_QUALIFIERS[keyFormat.ai];
  if (keyFormat === undefined || sequences === undefined) {
    return refuse(
      'GS1_DIGITAL_LINK_KEY_MISSING',
      'The path names no GS1 key such as 01 (GTIN), 00 (SSCC) or 414 (GLN).',
      { segment: segments[0] ?? '' },
    );
  }
  if (segments.length > SEGMENTS_MAX) {
    const facts = { segments: String(segments.length), segmentsMax: String(SEGMENTS_MAX) };
    return refuse('GS1_DIGITAL_LINK_QUALIFIER_UNKNOWN', 'The path has more qualifiers than any key takes.', facts);
  }
  if (segments.length % 2 !== 0)
    return refuse('GS1_DIGITAL_LINK_INCOMPLETE', 'An application identifier stands without a value.', {
      segment: segments.at(-1) ?? '',
    });

  const decode = (ai: string, raw: string) => {
    const format = aiFormat(ai);
    const decoded = percentDecode(raw);
    const value = decoded !== undefined && ai === '01' ? padGtin(decoded) : decoded;
    return format !== undefined && value !== undefined && format.accepts(value) ? value : undefined;
  };
  const invalid = (ai: string, raw: string) =>
    refuse('GS1_DIGITAL_LINK_VALUE_INVALID', `"${raw}" is no valid ${aiFormat(ai)?.title ?? ai}.`, { ai, value: raw });

  const value = decode(keyFormat.ai, segments[1] ?? '');
  if (value === undefined) return invalid(keyFormat.ai, segments[1] ?? '');

  const qualifiers: Record<string, string> = {};
  const present: string[] = [];
  for (let i = 2; i < segments.length; i += 2) {
    const ai = aiFormat(segments[i] ?? '')?.ai;
    const raw = segments[i + 1] ?? '';
    if (ai === undefined || !sequences.some((sequence) => sequence.includes(ai))) {
      return refuse(
        'GS1_DIGITAL_LINK_QUALIFIER_UNKNOWN',
        `"${segments[i] ?? ''}" does not qualify a ${keyFormat.title}.`,
        { key: keyFormat.ai, segment: segments[i] ?? '' },
      );
    }
    const decoded = decode(ai, raw);
    if (decoded === undefined) return invalid(ai, raw);
    present.push(ai);
    qualifiers[ai] = decoded;
  }
  const inOrder = sequences.some((sequence) =>
    present.every(
      (ai, i) => sequence.includes(ai) && (i === 0 || sequence.indexOf(ai) > sequence.indexOf(present[i - 1] ?? '')),
    ),
  );
  if (!inOrder) {
    return refuse(
      'GS1_DIGITAL_LINK_QUALIFIER_ORDER',
      `Qualifiers of a ${keyFormat.title} stand in the order ${sequences.map((sequence) => sequence.join(', ')).join(' or ')}, each once.`,
      {
        key: keyFormat.ai,
        found: present.join(','),
      },
    );
  }
  const finest = FINEST[keyFormat.ai]?.find((ai) => qualifiers[ai] !== undefined);
  const link: DigitalLink = {
    key: keyFormat.ai,
    value,
    qualifiers,
    canonical: canonicalLink(keyFormat.ai, value, finest, finest === undefined ? undefined : qualifiers[finest]),
    checkDigitValid: checkHolds(keyFormat, value),
  };
  if (keyFormat.ai === '01') link.gtin = value;
  if (keyFormat.ai === '8006') link.gtin = value.slice(0, 14);
  if (keyFormat.ai === '00') link.sscc = value;
  if (keyFormat.ai === '414') link.gln = value;
  if (keyFormat.ai === '417') link.partyGln = value;
  if (qualifiers['10'] !== undefined) link.lot = qualifiers['10'];
  if (qualifiers['21'] !== undefined) link.serial = qualifiers['21'];
  if (qualifiers['22'] !== undefined) link.variant = qualifiers['22'];
  if (qualifiers['254'] !== undefined) link.glnExtension = qualifiers['254'];
  return { ok: true, link };
}

/**
 * Reads the path of a Digital Link URI as a resolver receives it (`/01/09521234000013/10/L1`, still percent-encoded, no
 * query). A trailing slash is tolerated. A wrong check digit is refused here.
 */
export function parseDigitalLinkPath(path: string): DigitalLinkResult {
  const segments = path.split('/').filter((segment, i, all) => !(segment === '' && (i === 0 || i === all.length - 1)));
  const result = parseSegments(segments);
  if (result.ok && !result.link.checkDigitValid) {
    return refuse('GS1_CHECK_DIGIT_WRONG', `The check digit of ${result.link.value} is wrong.`, {
      ai: result.link.key,
      value: result.link.value,
    });
  }
  return result;
}

/**
 * Reads an http or https URI as a Digital Link on any domain, with any path before the key; query and fragment are left
 * aside. Undefined when it is none. Check digits are not judged here (see `checkDigitValid`): names stay comparable.
 */
export function parseDigitalLinkUri(uri: string): DigitalLink | undefined {
  const match = /^https?:\/\/[^/?#]+(\/[^?#]*)/.exec(uri);
  if (match?.[1] === undefined) return undefined;
  const segments = match[1].split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  // A key and its qualifiers are at most four pairs: only the tail can be one, and a long path costs no more than a short.
  for (let start = Math.max(0, segments.length - SEGMENTS_MAX); start + 1 < segments.length; start += 1) {
    const ai = aiFormat(segments[start] ?? '')?.ai;
    if (ai === undefined || KEY_QUALIFIERS[ai] === undefined) continue;
    const result = parseSegments(segments.slice(start));
    if (result.ok) return result.link;
  }
  return undefined;
}
