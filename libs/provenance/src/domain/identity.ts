import { canonicalId, fromCompanyPrefix, judgeIdentifier, parseDigitalLinkUri } from '@waymark/epcis/gs1';
import { utf8 } from '@waymark/ledger/primitives';
import type { Gs1Identity } from './event-facts.js';
import { bodyBounds } from './read-body.js';

/** What is odd about an identifier; it is accepted all the same (open world). */
export interface IdentifierDoubt {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** An identifier as the whole system knows it. */
export interface Identity {
  readonly id: string;
  readonly gs1?: Gs1Identity;
  /** By its GS1 key; absent where there is none: then the list it stands in decides. */
  readonly isInstance?: boolean;
  readonly doubt?: IdentifierDoubt;
}

/** Keys whose bare value names one thing, place, shipment or relation. */
const ALWAYS_INSTANCE = new Set(['00', '401', '402', '414', '417', '8004', '8017', '8018']);
/** Keys that name an instance when a serial follows the digits. */
const SERIAL_AFTER: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 };
/** Keys that name an instance when one of these qualifiers stands behind. */
const SERIAL_QUALIFIERS: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '235'],
  '8006': ['21'],
  '8010': ['8011'],
};

function isInstanceKey(key: string, value: string, qualifiers: Readonly<Record<string, string>>): boolean {
  const digits = SERIAL_AFTER[key];
  if (digits !== undefined) return value.length > digits;
  return (
    ALWAYS_INSTANCE.has(key) ||
    (SERIAL_QUALIFIERS[key]?.some((qualifier) => qualifiers[qualifier] !== undefined) ?? false)
  );
}

function doubtOf(uri: string): IdentifierDoubt | undefined {
  const problem = judgeIdentifier(uri);
  return problem && { code: problem.code, facts: problem.facts };
}

function identifyAnew(uri: string): Identity {
  const isWeb = uri.startsWith('http');
  const canonical = isWeb ? uri : canonicalId(uri);
  const link = isWeb || canonical !== uri ? parseDigitalLinkUri(canonical) : undefined;
  if (link === undefined)
    return { id: uri, doubt: doubtOf(uri) ?? { code: 'PROVENANCE_IDENTIFIER_NOT_GS1', facts: { id: uri } } };
  const gs1: Gs1Identity = {
    key: link.key,
    value: link.value,
    fromPrefix: fromCompanyPrefix(link.key, link.value),
    ...(link.gtin === undefined ? {} : { gtin: link.gtin }),
    ...(link.lot === undefined ? {} : { lot: link.lot }),
    ...(link.serial === undefined ? {} : { serial: link.serial }),
  };
  const isInstance = isInstanceKey(link.key, link.value, link.qualifiers);
  const doubt = link.checkDigitValid ? undefined : doubtOf(uri);
  return { id: link.canonical, gs1, isInstance, ...(doubt ? { doubt } : {}) };
}

const REMEMBERED_MAX = 8_192;
/** Answers are a function of the text alone: remembering them changes nothing but the time it takes. */
const remembered = new Map<string, Identity>();

/** The canonical id of a URI with its GS1 key. Total: any text has an identity. */
export function identify(uri: string): Identity {
  const known = remembered.get(uri);
  if (known !== undefined) return known;
  const identity = identifyAnew(uri);
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(uri, identity);
  return identity;
}

/** The lot of a GTIN, as the canonical id that events about the lot use; undefined when GS1 does not allow this lot text. */
export function lotIdOf(gtin: string, lot: string): string | undefined {
  const uri = `https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(lot)}`;
  return parseDigitalLinkUri(uri)?.canonical;
}

const WHITE = /[\s\p{Cc}]/u;
/** Most identifiers: nothing but visible ASCII. */
const PLAIN = /^[!-~]+$/;

/** May this text be an identifier or a vocabulary word? Not empty, no white space or control characters, at most 512 bytes. */
export function isAcceptableId(text: unknown): text is string {
  if (typeof text !== 'string' || text.length === 0 || text.length > bodyBounds.idBytesMax) return false;
  if (PLAIN.test(text)) return true;
  if (WHITE.test(text)) return false;
  return text.length * 3 <= bodyBounds.idBytesMax || utf8(text).length <= bodyBounds.idBytesMax;
}
