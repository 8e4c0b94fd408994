import { type DigitalLink, parseDigitalLinkPath } from '@waymark/epcis/gs1';
import Negotiator from 'negotiator';
import { notFound } from '../../../platform/errors/not-found.js';
import { ProblemError } from '../../../platform/errors/problem.js';
import { LINK_TYPES, type LinkType } from './links.js';

/** What the caller wants to have: the target itself, the list of links, or the description. */
export type WantedAnswer =
  | { readonly form: 'redirect'; readonly linkType: LinkType }
  | { readonly form: 'linkset' }
  | { readonly form: 'description' };

/** The identifier in the path of a Digital Link. Throws 400 with the standard's reason. */
export function readDigitalLink(path: string): DigitalLink {
  const parsed = parseDigitalLinkPath(path);
  if (parsed.ok) return parsed.link;
  const { code, message, facts } = parsed.problem;
  throw new ProblemError('invalid', {
    code,
    detail: message,
    facts,
    pointer: '',
    howToFix:
      'Write it as GS1 Digital Link: /01/{GTIN, 14 digits}, then /22/{variant}, /10/{lot}, /21/{serial} in this order; or /00/{SSCC, 18 digits}.',
  });
}

const forms = {
  'text/html': { form: 'redirect', linkType: 'gs1:defaultLink' },
  'application/xhtml+xml': { form: 'redirect', linkType: 'gs1:defaultLink' },
  'application/ld+json': { form: 'description' },
  'application/json': { form: 'description' },
  'application/linkset+json': { form: 'linkset' },
} as const satisfies Record<string, WantedAnswer>;

/** `linkType` first, then `Accept` (RFC 9110 12.5.1); whoever accepts anything is sent to the page. */
export function wantedAnswer(search: string, accept: string | undefined): WantedAnswer {
  const asked = new URLSearchParams(search).get('linkType');
  if (asked !== null) return byLinkType(asked);
  const media = new Negotiator({ headers: { accept: accept ?? '*/*' } }).mediaType(Object.keys(forms));
  const found = media === undefined ? undefined : (forms as Readonly<Record<string, WantedAnswer>>)[media];
  if (found !== undefined) return found;
  throw new ProblemError('not-acceptable', {
    code: 'DIGITAL_LINK_NOT_ACCEPTABLE',
    detail: 'There is no answer in the form asked for.',
    howToFix: `Accept one of ${Object.keys(forms).join(', ')}.`,
  });
}

function byLinkType(asked: string): WantedAnswer {
  if (asked === 'linkset' || asked === 'all') return { form: 'linkset' };
  const short = asked.replace(/^https?:\/\/(?:www\.)?gs1\.org\/voc\/|^https?:\/\/ref\.gs1\.org\/voc\//, 'gs1:');
  const type = LINK_TYPES.find((known) => known === short || known === `gs1:${short}`);
  if (type === undefined)
    throw notFound(
      'DIGITAL_LINK_TYPE_UNKNOWN',
      `There is no link of type ${asked.slice(0, 100)} here.`,
      `Ask for one of linkset, ${LINK_TYPES.join(', ')}.`,
    );
  return { form: 'redirect', linkType: type };
}
