import { parseDocument, parseLimits, splitDocument } from '@waymark/epcis/parse';
import { getCaptureSendUrl } from '../../../client/capture/capture.js';
import { ApiError, callApi, problemOf } from '../../../shared/index.js';
import type { Sending } from './document-store.js';

/** What one capture carries at most, as the API announces it (modules/provenance/commands/capture-limits.ts). */
export const PART_LIMITS = { sizeBytesMax: 960 * 1024, eventsMax: 1_000, masterDataMax: 900 } as const;
/** What the API checks at once. */
export const DOCUMENT_LIMITS = { sizeBytesMax: 8 * 1024 * 1024, eventsMax: 20_000, masterDataMax: 5_000 } as const;

export interface Part {
  readonly content: Blob | string;
  readonly firstEvent: number;
}

/** The captures that a document becomes. What fits into one is sent byte for byte as it is. */
export async function partsOf(content: Blob): Promise<readonly Part[]> {
  const whole = [{ content, firstEvent: 0 }];
  const parsed = parseDocument(new Uint8Array(await content.arrayBuffer()), { ...parseLimits, ...DOCUMENT_LIMITS });
  if (!parsed.ok) return whole;
  const { events, masterData } = parsed.value;
  if (
    content.size <= PART_LIMITS.sizeBytesMax &&
    events.length <= PART_LIMITS.eventsMax &&
    masterData.length <= PART_LIMITS.masterDataMax
  )
    return whole;
  return splitDocument(parsed.value, PART_LIMITS).map(({ text, firstEvent }) => ({ content: text, firstEvent }));
}

/** A moment of a sending. */
export type SendingMoment =
  | { readonly kind: 'sending'; readonly part: number; readonly parts: number }
  /** The network, or the other side, is away: the same request is sent again. */
  | { readonly kind: 'waiting'; readonly part: number; readonly parts: number; readonly seconds: number };

const WAITS_SECONDS = [1, 2, 4, 8, 15];

/**
 * Sends the parts that were not taken yet, one after the other, until all are taken or somebody cancels; a lost network is waited for. The key of each
 * part is always the same, so that nothing is captured twice. @throws ApiError for what is refused; DOMException AbortError.
 */
export async function sendParts(
  parts: readonly Part[],
  sending: Sending,
  fileName: string | undefined,
  tell: (moment: SendingMoment) => void,
  onTaken: (sending: Sending) => Promise<void>,
  signal: AbortSignal,
): Promise<Sending> {
  let state = sending;
  for (let i = state.taken.length; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) break;
    const id = await sendOne(part, i, parts.length, state, fileName, tell, signal);
    state = { ...state, taken: [...state.taken, id] };
    await onTaken(state);
  }
  return state;
}

async function sendOne(
  part: Part,
  index: number,
  parts: number,
  sending: Sending,
  fileName: string | undefined,
  tell: (moment: SendingMoment) => void,
  signal: AbortSignal,
): Promise<string> {
  const headers = {
    'content-type': 'application/ld+json',
    'idempotency-key': `${sending.id}-${index + 1}`,
    'gs1-capture-error-behaviour': sending.proceed ? 'proceed' : 'rollback',
    'waymark-visibility': sending.visibility,
    ...(sending.label !== '' && { 'waymark-label': encodeURIComponent(sending.label) }),
    ...(fileName !== undefined && { 'waymark-document-name': encodeURIComponent(fileName.slice(0, 200)) }),
    ...(parts > 1 && {
      'waymark-upload': `${sending.id}; part=${index + 1}/${parts}; first-event=${part.firstEvent}`,
    }),
  };
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    tell({ kind: 'sending', part: index + 1, parts });
    try {
      // Not aborted on its way: a request that may have arrived is asked for its answer.
      const response = await callApi(getCaptureSendUrl(), { method: 'POST', headers, body: part.content });
      if (response.status !== 202) throw await problemOf(response);
      const id = /\/([0-9a-f-]{36})$/.exec(response.headers.get('location') ?? '')?.[1];
      if (id === undefined) throw new ApiError(response.status, { code: 'CAPTURE_LOCATION_MISSING' });
      return id;
    } catch (cause) {
      if (!(cause instanceof ApiError) || !isPassing(cause)) throw cause;
      const seconds = cause.retryAfterSeconds ?? WAITS_SECONDS[Math.min(tries, WAITS_SECONDS.length - 1)] ?? 15;
      tell({ kind: 'waiting', part: index + 1, parts, seconds });
      await pause(seconds * 1_000, signal);
    }
  }
}

const isPassing = ({ status }: ApiError) =>
  status === 0 || status === 429 || status === 502 || status === 503 || status === 504;

/** Ends early when the browser says that the network is there again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      signal.removeEventListener('abort', stop);
    };
    const go = () => {
      end();
      resolve();
    };
    const stop = () => {
      end();
      reject(new DOMException('cancelled', 'AbortError'));
    };
    const timer = setTimeout(go, ms);
    window.addEventListener('online', go);
    signal.addEventListener('abort', stop);
  });
}

/** A random UUID also where the page has no secure context (a console on plain http in a works network). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
