/** Words published beside the standard for a whole trade: seafood (Global Dialogue on Seafood Traceability, GDST 1.2). */
const OF_A_TRADE = /^urn:gdst:bizStep:([A-Za-z]+)$/;

/** The standard's own words (CBV 2.0): bare, as EPCIS documents write them, or as the URIs that they stand for. */
const STANDARD =
  /^(?:(?:https?:\/\/ref\.gs1\.org\/cbv\/(?:BizStep|Disp)-|urn:epcglobal:cbv:(?:bizstep|disp):|cbv:(?:BizStep|Disp)-)?)([a-z_]+)$/;

/** The standard's word in a value, or a whole trade's; undefined for a word of somebody else, however alike it ends. */
export const standardWord = (value: string): string | undefined =>
  (STANDARD.exec(value) ?? OF_A_TRADE.exec(value))?.[1];

/**
 * A word without a translation, for reading: `cold_storage` as "cold storage". A word of somebody else carries whose it is, so that
 * `https://example.org/x/sellable_accessible` is never read as the standard's.
 */
export function foreignWord(value: string): string {
  const readable = (word: string) => word.replace(/^(?:BizStep|Disp)-/, '').replaceAll('_', ' ');
  const [, host, rest] = /^https?:\/\/([^/?#]+)(.*)$/s.exec(value) ?? [];
  if (host !== undefined) return `${readable(rest?.split(/[/:#]/).at(-1) || value)} (${host})`;
  return value.includes(':') ? value : readable(value);
}
