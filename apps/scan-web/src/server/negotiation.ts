import Negotiator from 'negotiator';
import { languageOf, type Language } from '../page/language.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `?lang=` wins over `Accept-Language`; English where neither names one of ours. */
export function chooseLanguage(asked: unknown, headers: Headers): Language {
  const wanted = typeof asked === 'string' ? languageOf(asked) : undefined;
  return (
    wanted ??
    new Negotiator({ headers })
      .languages()
      .map(languageOf)
      .find((language) => language !== undefined) ??
    'en'
  );
}

/** What machines ask for: answered by the API, not by this page. */
const MACHINE_TYPES = [
  'application/linkset+json',
  'application/linkset',
  'application/ld+json',
  'application/json',
  'application/vnd.waymark.evidence+json',
];

/** Does the client want the page? Yes unless it prefers a machine's type or asks for one link by `linkType`. */
export function wantsPage(headers: Headers, query: Readonly<Record<string, unknown>>): boolean {
  if (query['linkType'] !== undefined) return false;
  return (
    new Negotiator({ headers }).mediaType(['text/html', 'application/xhtml+xml', ...MACHINE_TYPES])?.includes('html') ??
    false
  );
}

export type Encoding = 'br' | 'gzip' | 'identity';

/** The smallest of the encodings there are that the client takes. */
export function chooseEncoding(
  headers: Headers,
  available: readonly Encoding[] = ['br', 'gzip', 'identity'],
): Encoding {
  const taken = new Negotiator({ headers }).encodings([...available]);
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding)) ?? 'identity';
}
