import { jsonOf } from '@waymark/light-client';
import type { UnavailableReason } from './words.js';

export type EvidenceOutcome =
  | { readonly kind: 'arrived'; readonly evidence: unknown }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

const TIMEOUT_MS = 20_000;

/**
 * Fetches the evidence file of an item. No answer, or an answer that is no file (an error, the page of a hotel's network),
 * says nothing about the product. A file that cannot be read does: it goes to the check, which refuses it.
 */
export async function fetchEvidence(subject: string): Promise<EvidenceOutcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/evidence?id=${encodeURIComponent(subject)}`, {
      headers: { accept: 'application/vnd.waymark.evidence+json, application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    // fetch and text reject with TypeError (network) or DOMException (time out, abort), and with nothing else.
    if (cause instanceof TypeError || cause instanceof DOMException) return { kind: 'unavailable', reason: 'offline' };
    throw cause;
  }
  if (!response.ok || !(response.headers.get('content-type') ?? '').includes('json'))
    return { kind: 'unavailable', reason: 'server' };
  return { kind: 'arrived', evidence: jsonOf(text) };
}
