import { z } from 'zod';
import { ProblemError } from '../errors/problem.js';

const tokenSchema = z.array(z.string().max(500)).min(1).max(4);

/** Answers of a page at most, unless asked for fewer. */
export const PER_PAGE_DEFAULT = 30;

/** Where a page ended, as callers send it back: the values of the order, opaque to them. */
export const pageToken = (place: readonly string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The values of a {@link pageToken}; throws on what is none, or does not fit `schema`. */
export const readPageToken = (text: string, schema: z.ZodType<string[]>): string[] =>
  schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));

/** `perPage` and `nextPageToken`, checked. The token is where the page before ended: values of the order, opaque to callers. */
export function pageQuery(
  query: Readonly<Record<string, unknown>>,
  perPageMax: number,
): { perPage: number; token: string[] | undefined } {
  const given = query['perPage'];
  const perPage = given === undefined ? Math.min(PER_PAGE_DEFAULT, perPageMax) : Number(given);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > perPageMax)
    throw refuse('perPage', `perPage is a whole number from 1 to ${perPageMax}.`);
  const text = query['nextPageToken'];
  if (text === undefined) return { perPage, token: undefined };
  if (typeof text !== 'string') throw refuse('nextPageToken', 'The nextPageToken is given once.');
  try {
    return { perPage, token: readPageToken(text, tokenSchema) };
  } catch {
    throw refuse('nextPageToken', 'The nextPageToken is not one that this API gave.');
  }
}

function refuse(parameter: string, detail: string): ProblemError {
  return new ProblemError('query-parameter', {
    code: 'QUERY_PARAMETER_INVALID',
    detail,
    howToFix: 'Follow the Link header of the page before, or leave the parameter out.',
    facts: { parameter },
  });
}

/** The `Link` header to the next page (EPCIS 2.0, `rel="next"`); none on the last. Tokens do not expire: they name a place, not a session. */
export function nextPage(url: string, token: readonly string[] | undefined): Record<string, string> {
  if (token === undefined) return {};
  const [path, search] = url.split('?');
  const parameters = new URLSearchParams(search);
  parameters.set('nextPageToken', pageToken(token));
  return { link: `<${path}?${parameters.toString()}>; rel="next"` };
}
