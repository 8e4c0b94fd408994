import { parseDigitalLinkUri } from './digital-link.js';
import { readEpcUrn, writeEpcUrn } from './epc-urn.js';

/**
 * The one form under which the whole system knows an identifier. EPC URNs and Digital Links on any domain become
 * `https://id.gs1.org/{key}/{value}[/{qualifier}/{value}]` at the finest grain (serial before lot); every other URI, a
 * malformed EPC URN included, is itself, unchanged. Check digits are not judged: see `judgeIdentifier`.
 */
export function canonicalId(uri: string): string {
  return canonicalGs1(uri) ?? uri;
}

const REMEMBERED_MAX = 8_192;
/** An event's URNs are asked for more than once, by its facts and by its hash; the answer is the text's alone. */
const remembered = new Map<string, string>();

/** The canonical Digital Link of a GS1 identifier, or undefined. */
export function canonicalGs1(uri: string): string | undefined {
  if (uri.startsWith('urn:epc:')) {
    const known = remembered.get(uri);
    if (known !== undefined) return known;
    const epc = readEpcUrn(uri);
    const canonical = epc.kind === 'link' ? epc.canonical : undefined;
    if (canonical === undefined) return undefined;
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(uri, canonical);
    return canonical;
  }
  return uri.startsWith('http') ? parseDigitalLinkUri(uri)?.canonical : undefined;
}

/**
 * The EPC URN of an identifier, for readers of EPCIS 1.2. A Digital Link does not say where the company prefix ends, so
 * the caller gives the prefix; undefined when it is not this identifier's or there is no such URN.
 */
export function epcUrnOf(id: string, companyPrefix: string): string | undefined {
  const link = parseDigitalLinkUri(canonicalId(id));
  if (link === undefined) return undefined;
  const [qualifier, value] = Object.entries(parseDigitalLinkUri(link.canonical)?.qualifiers ?? {})[0] ?? [];
  const urn = writeEpcUrn(link.key, link.value, qualifier, value, companyPrefix.length);
  const read = urn === undefined ? undefined : readEpcUrn(urn);
  return read?.kind === 'link' && read.companyPrefix === companyPrefix ? urn : undefined;
}
