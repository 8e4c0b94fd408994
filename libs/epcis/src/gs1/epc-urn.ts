import { checkDigit } from './check-digit.js';
import { canonicalLink } from './digital-link.js';
import { CHARSET_39, CHARSET_82, percentDecode, urnEncode } from './encoding.js';

/** EPC pure-identity, class and pattern URNs (EPC Tag Data Standard 2.0, sections 6 and 8). */

interface Parts {
  companyPrefix: string;
  /** Second field, digits or text. */
  reference: string;
  /** What follows the second dot, decoded; undefined when there is none. */
  rest: string | undefined;
}

const ok82 = (max: number) => (rest: string | undefined) =>
  rest !== undefined && rest.length >= 1 && rest.length <= max && CHARSET_82.test(rest);
const none = (rest: string | undefined) => rest === undefined;

interface Scheme {
  /** Digits of company prefix and reference together; 0: the reference is text. */
  digits: number;
  accepts: (rest: string | undefined, parts: Parts) => boolean;
  link: (parts: Parts) => string;
}

const withCheck = (digits: string) => digits + (checkDigit(digits) ?? '');
/** Indicator digit first: the reference's first digit stands before the company prefix. */
const gtin = ({ companyPrefix, reference }: Parts) =>
  withCheck(reference.charAt(0) + companyPrefix + reference.slice(1));
const plain = ({ companyPrefix, reference }: Parts) => withCheck(companyPrefix + reference);

const SCHEMES: Readonly<Record<string, Scheme>> = {
  'id:sgtin': { digits: 13, accepts: ok82(20), link: (parts) => canonicalLink('01', gtin(parts), '21', parts.rest) },
  'class:lgtin': { digits: 13, accepts: ok82(20), link: (parts) => canonicalLink('01', gtin(parts), '10', parts.rest) },
  'idpat:sgtin': { digits: 13, accepts: (rest) => rest === '*', link: (parts) => canonicalLink('01', gtin(parts)) },
  'id:sscc': { digits: 17, accepts: none, link: (parts) => canonicalLink('00', gtin(parts)) },
  'id:sgln': {
    digits: 12,
    accepts: ok82(20),
    link: (parts) =>
      parts.rest === '0' ? canonicalLink('414', plain(parts)) : canonicalLink('414', plain(parts), '254', parts.rest),
  },
  'id:pgln': { digits: 12, accepts: none, link: (parts) => canonicalLink('417', plain(parts)) },
  'id:grai': {
    digits: 12,
    accepts: ok82(16),
    link: (parts) => canonicalLink('8003', `0${plain(parts)}${parts.rest ?? ''}`),
  },
  'idpat:grai': {
    digits: 12,
    accepts: (rest) => rest === '*',
    link: (parts) => canonicalLink('8003', `0${plain(parts)}`),
  },
  'id:giai': {
    digits: 0,
    accepts: (rest, { companyPrefix, reference }) =>
      rest === undefined && companyPrefix.length + reference.length <= 30 && CHARSET_82.test(reference),
    link: (parts) => canonicalLink('8004', parts.companyPrefix + parts.reference),
  },
  'id:gsrn': { digits: 17, accepts: none, link: (parts) => canonicalLink('8018', plain(parts)) },
  'id:gsrnp': { digits: 17, accepts: none, link: (parts) => canonicalLink('8017', plain(parts)) },
  'id:gdti': {
    digits: 12,
    accepts: ok82(17),
    link: (parts) => canonicalLink('253', `${plain(parts)}${parts.rest ?? ''}`),
  },
  'idpat:gdti': { digits: 12, accepts: (rest) => rest === '*', link: (parts) => canonicalLink('253', plain(parts)) },
  'id:sgcn': {
    digits: 12,
    accepts: (rest) => rest !== undefined && /^\d{1,12}$/.test(rest),
    link: (parts) => canonicalLink('255', `${plain(parts)}${parts.rest ?? ''}`),
  },
  'idpat:sgcn': { digits: 12, accepts: (rest) => rest === '*', link: (parts) => canonicalLink('255', plain(parts)) },
  'id:cpi': {
    digits: 0,
    accepts: (rest, { companyPrefix, reference }) =>
      rest !== undefined &&
      /^\d{1,12}$/.test(rest) &&
      companyPrefix.length + reference.length <= 30 &&
      CHARSET_39.test(reference),
    link: (parts) => canonicalLink('8010', parts.companyPrefix + parts.reference, '8011', parts.rest),
  },
  'idpat:cpi': {
    digits: 0,
    accepts: (rest, { companyPrefix, reference }) =>
      rest === '*' && companyPrefix.length + reference.length <= 30 && CHARSET_39.test(reference),
    link: (parts) => canonicalLink('8010', parts.companyPrefix + parts.reference),
  },
  'id:ginc': {
    digits: 0,
    accepts: (rest, { companyPrefix, reference }) =>
      rest === undefined && companyPrefix.length + reference.length <= 30 && CHARSET_82.test(reference),
    link: (parts) => canonicalLink('401', parts.companyPrefix + parts.reference),
  },
  'id:gsin': { digits: 16, accepts: none, link: (parts) => canonicalLink('402', plain(parts)) },
  'id:itip': {
    digits: 13,
    accepts: (rest) => rest !== undefined && /^\d\d\.\d\d\..{1,20}$/.test(rest) && CHARSET_82.test(rest),
    link: (parts) => canonicalLink('8006', gtin(parts) + pieceAndTotal(parts), '21', (parts.rest ?? '').slice(6)),
  },
  'idpat:itip': {
    digits: 13,
    accepts: (rest) => rest !== undefined && /^\d\d\.\d\d\.\*$/.test(rest),
    link: (parts) => canonicalLink('8006', gtin(parts) + pieceAndTotal(parts)),
  },
  'id:upui': { digits: 13, accepts: ok82(28), link: (parts) => canonicalLink('01', gtin(parts), '235', parts.rest) },
  'idpat:upui': { digits: 13, accepts: (rest) => rest === '*', link: (parts) => canonicalLink('01', gtin(parts)) },
};

function pieceAndTotal(parts: Parts): string {
  const rest = parts.rest ?? '';
  return rest.slice(0, 2) + rest.slice(3, 5);
}

/** Schemes whose second field is text end at the *last* dot when something follows (a CPI reference has no dot). */
const TEXT_ENDS = new Set(['id:giai', 'id:ginc']);

export type EpcUrnResult =
  | { kind: 'link'; canonical: string; scheme: string; companyPrefix: string }
  | { kind: 'malformed'; scheme: string; reason: string }
  | { kind: 'other' };

/** Reads an EPC URN. `other`: not an EPC URN of a scheme that has a Digital Link. `malformed`: it claims to be one and is not. */
export function readEpcUrn(uri: string): EpcUrnResult {
  const match = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/s.exec(uri);
  if (match === null) return { kind: 'other' };
  const [, kind = '', name = '', body = ''] = match;
  const scheme = `${kind}:${name}`;
  const rules = SCHEMES[scheme];
  if (rules === undefined) return { kind: 'other' };
  const firstDot = body.indexOf('.');
  if (firstDot < 0)
    return { kind: 'malformed', scheme, reason: 'a company prefix and a reference are parted by a dot' };
  const companyPrefix = body.slice(0, firstDot);
  if (!/^\d{6,12}$/.test(companyPrefix))
    return { kind: 'malformed', scheme, reason: 'a company prefix has 6 to 12 digits' };
  const secondDot = TEXT_ENDS.has(scheme) ? -1 : body.indexOf('.', firstDot + 1);
  const rawReference = secondDot < 0 ? body.slice(firstDot + 1) : body.slice(firstDot + 1, secondDot);
  const reference = percentDecode(rawReference);
  const rest = secondDot < 0 ? undefined : percentDecode(body.slice(secondDot + 1));
  if (reference === undefined || (secondDot >= 0 && rest === undefined))
    return { kind: 'malformed', scheme, reason: 'a percent escape is broken' };
  if (rules.digits > 0 && !(/^\d*$/.test(reference) && companyPrefix.length + reference.length === rules.digits)) {
    return {
      kind: 'malformed',
      scheme,
      reason: `company prefix and reference have ${rules.digits} digits together, not ${companyPrefix.length + reference.length}`,
    };
  }
  if (rules.digits === 0 && reference === '') return { kind: 'malformed', scheme, reason: 'the reference is empty' };
  const parts: Parts = { companyPrefix, reference, rest };
  if (!rules.accepts(rest, parts))
    return {
      kind: 'malformed',
      scheme,
      reason: 'what follows the reference is missing, too long or has a character that GS1 does not allow',
    };
  return { kind: 'link', canonical: rules.link(parts), scheme, companyPrefix };
}

/**
 * The EPC URN of a canonical Digital Link URI, given how many digits its company prefix has (a Digital Link does not say).
 * Undefined where there is none (a GTIN alone is written as a pattern).
 */
export function writeEpcUrn(
  key: string,
  value: string,
  qualifier: string | undefined,
  qualifierValue: string | undefined,
  prefixLength: number,
): string | undefined {
  const text = qualifierValue === undefined ? undefined : urnEncode(qualifierValue);
  const split = (digits: string) => `${digits.slice(0, prefixLength)}.${digits.slice(prefixLength)}`;
  const indicatorLast = (digits: string) =>
    `${digits.slice(1, 1 + prefixLength)}.${digits.charAt(0)}${digits.slice(1 + prefixLength)}`;
  if (prefixLength < 6 || prefixLength > 12) return undefined;
  switch (key) {
    case '01': {
      const body = indicatorLast(value.slice(0, 13));
      if (qualifier === '21') return `urn:epc:id:sgtin:${body}.${text ?? ''}`;
      if (qualifier === '10') return `urn:epc:class:lgtin:${body}.${text ?? ''}`;
      if (qualifier === '235') return `urn:epc:id:upui:${body}.${text ?? ''}`;
      return `urn:epc:idpat:sgtin:${body}.*`;
    }
    case '00':
      return `urn:epc:id:sscc:${indicatorLast(value.slice(0, 17))}`;
    case '414':
      return `urn:epc:id:sgln:${split(value.slice(0, 12))}.${text ?? '0'}`;
    case '417':
      return `urn:epc:id:pgln:${split(value.slice(0, 12))}`;
    case '8003':
      return `urn:epc:${value.length > 14 ? 'id' : 'idpat'}:grai:${split(value.slice(1, 13))}.${value.length > 14 ? urnEncode(value.slice(14)) : '*'}`;
    case '8004':
      return `urn:epc:id:giai:${value.slice(0, prefixLength)}.${urnEncode(value.slice(prefixLength))}`;
    case '8017':
      return `urn:epc:id:gsrnp:${split(value.slice(0, 17))}`;
    case '8018':
      return `urn:epc:id:gsrn:${split(value.slice(0, 17))}`;
    case '253':
      return `urn:epc:${value.length > 13 ? 'id' : 'idpat'}:gdti:${split(value.slice(0, 12))}.${value.length > 13 ? urnEncode(value.slice(13)) : '*'}`;
    case '402':
      return `urn:epc:id:gsin:${split(value.slice(0, 16))}`;
    case '401':
      return `urn:epc:id:ginc:${value.slice(0, prefixLength)}.${urnEncode(value.slice(prefixLength))}`;
    default:
      return undefined;
  }
}
