import { canonicalId, hasValidCheckDigit } from '@waymark/epcis/gs1';

/** What somebody typed into the search, read in every way that makes sense. */
export interface Typed {
  /** As typed, trimmed. */
  readonly text: string;
  /** Canonical id, when it is one: Digital Link on any domain, EPC URN, element string, SSCC or another URI. */
  readonly id?: string;
  /** 14 digits. */
  readonly gtin?: string;
  /** Lower case: how a serial, a lot or a key begins. */
  readonly beginning?: string;
  /** A day, a month or a year, in UTC. */
  readonly day?: { readonly text: string; readonly fromMs: number; readonly toMs: number };
  readonly uuid?: string;
  /** 64 hex digits. */
  readonly hash?: string;
  /** Could be a height. */
  readonly number?: number;
}

const isGtin = (digits: string) =>
  [8, 12, 13, 14].includes(digits.length) && hasValidCheckDigit(digits.padStart(14, '0'));

/** `(01)09521005001010(10)L1`: the text under a bar code. */
function elementString(text: string): string | undefined {
  const elements = [...text.matchAll(/\((\d{2,4})\)([^()]+)/g)];
  if (elements.length === 0 || elements.map(([whole]) => whole).join('') !== text.replace(/\s/g, '')) return undefined;
  const values = new Map(elements.map(([, key = '', value = '']) => [key, value]));
  const [first] = ['01', '00', '414', '417', '8006'].filter((key) => values.has(key));
  if (first === undefined) return undefined;
  const path = ['22', '10', '21', '254'].flatMap((key) => {
    const value = values.get(key);
    return value === undefined ? [] : [`/${key}/${encodeURIComponent(value)}`];
  });
  return canonicalId(`https://id.gs1.org/${first}/${values.get(first) ?? ''}${path.join('')}`);
}

function dayOf(text: string): Typed['day'] {
  const parts = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = [
    Number(parts[1]),
    Number(parts[2]),
    parts[3] === undefined ? undefined : Number(parts[3]),
  ];
  const fromMs = Date.UTC(year, month - 1, day ?? 1);
  const toMs = day === undefined ? Date.UTC(year, month, 1) : fromMs + 86_400_000;
  const iso = new Date(fromMs).toISOString().slice(0, day === undefined ? 7 : 10);
  const asked = [year, month, day].filter((part) => part !== undefined).map((part) => String(part).padStart(2, '0'));
  return iso === asked.join('-') ? { text: iso, fromMs, toMs } : undefined;
}

/** Reads a search. `text` is bounded by the caller. */
export function readTyped(query: string): Typed {
  const text = query.trim().replace(/\s+/g, ' ');
  const words = text.split(/[\s·,;]+/).filter((word) => word !== '');
  const [first = '', ...rest] = words;
  const compact = text.replace(/[\s-]/g, '');
  const isDigits = /^\d+$/.test(compact);
  const uri = /^(?:https?:\/\/|urn:|[a-z][a-z0-9+.-]*:)\S+$/i.test(text) ? canonicalId(text) : undefined;
  const id =
    uri ?? elementString(text) ?? (isDigits && compact.length === 18 ? `https://id.gs1.org/00/${compact}` : undefined);
  const day = dayOf(text);
  const gtin = isDigits && isGtin(compact) ? compact : /^\d+$/.test(first) && isGtin(first) ? first : undefined;
  const beginning = gtin === undefined ? text : gtin === compact ? undefined : rest.join(' ');
  const hash = /^(?:ni:\/\/\/sha-256;)?([0-9a-f]{64})(?:-error)?(?:\?.*)?$/i.exec(text)?.[1]?.toLowerCase();
  return {
    text,
    ...(id !== undefined && hash === undefined && { id }),
    ...(gtin !== undefined && { gtin: gtin.padStart(14, '0') }),
    ...(beginning !== undefined && beginning !== '' && uri === undefined && { beginning: beginning.toLowerCase() }),
    ...(day !== undefined && { day }),
    ...(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) && { uuid: text.toLowerCase() }),
    ...(hash !== undefined && { hash }),
    ...(/^\d{1,12}$/.test(text) && { number: Number(text) }),
  };
}
