import { canonicalId } from './canonical-id.js';
import { parseDigitalLinkUri } from './digital-link.js';
import { readablePart } from './readable.js';

const tail = (text: string, kept: number) => (text.length > kept ? `…${text.slice(-kept)}` : text);

/**
 * A short form for people, without words of a language: `9521234000013 · L1` (GTIN and lot or serial), `SSCC …000123`,
 * `GLN 9521234000020`; for any other URI its last part.
 */
export function shortName(id: string): string {
  const link = parseDigitalLinkUri(canonicalId(id));
  if (link !== undefined) {
    if (link.gtin !== undefined) {
      const gtin = link.gtin.replace(/^0+/, '');
      const refined = link.serial ?? link.lot ?? link.qualifiers['235'];
      return refined === undefined ? gtin : `${gtin} · ${tail(refined, 20)}`;
    }
    if (link.sscc !== undefined) return `SSCC ${tail(link.sscc, 6)}`;
    const gln = link.gln ?? link.partyGln;
    if (gln !== undefined) return link.glnExtension === undefined ? `GLN ${gln}` : `GLN ${gln} · ${link.glnExtension}`;
    return tail(link.value, 20);
  }
  const parts = id
    .replace(/[?#].*$/s, '')
    .split(/[/:]/)
    .filter((part) => part !== '');
  const last = parts.at(-1) ?? id;
  return tail(readablePart(last), 40);
}
