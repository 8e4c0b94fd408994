import { canonicalId } from './canonical-id.js';
import { parseDigitalLinkUri } from './digital-link.js';

/** The GS1 key at the heart of an identifier. */
export interface Gs1Key {
  /** Application identifier of the key. */
  ai: string;
  value: string;
  /** The value from where the company prefix begins. */
  fromPrefix: string;
}

/** Keys with a leading indicator, extension or filler digit before the company prefix. */
const LEADING_DIGIT = new Set(['00', '01', '8003', '8006']);

/** The value of a key from where its company prefix begins. */
export function fromCompanyPrefix(ai: string, value: string): string {
  return LEADING_DIGIT.has(ai) ? value.slice(1) : value;
}

/** The GS1 key of an identifier in any spelling; undefined when it has none. */
export function gs1KeyOf(id: string): Gs1Key | undefined {
  const link = parseDigitalLinkUri(canonicalId(id));
  if (link === undefined) return undefined;
  return { ai: link.key, value: link.value, fromPrefix: fromCompanyPrefix(link.key, link.value) };
}

/** Does this identifier (of an item, a lot, a place, a party ...) belong to the holder of this GS1 company prefix? */
export function companyPrefixMatches(id: string, companyPrefix: string): boolean {
  return /^\d{4,12}$/.test(companyPrefix) && (gs1KeyOf(id)?.fromPrefix.startsWith(companyPrefix) ?? false);
}
