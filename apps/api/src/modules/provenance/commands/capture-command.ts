import { type ParsedDocument, type Problem, parseDocument, parseLimits, validateDocument } from '@waymark/epcis';
import { type BodyInput, encodeBody, Visibility } from '@waymark/ledger/chain';
import { type ProblemDetail, ProblemError } from '../../../platform/errors/problem.js';
import type { BodyOrigin, JobProblem, RefusedEvent } from '../entities/capture-job.entity.js';
import { CAPTURE_HEADERS, CAPTURE_LIMITS } from './capture-limits.js';
import { eventFacts } from './event-facts.js';
import { jobProblem } from './job-problems.js';

export interface CaptureOptions {
  /** `GS1-Capture-Error-Behaviour`: false is `rollback`. */
  readonly proceed: boolean;
  /** `Waymark-Visibility`, for every event and master-data element of the document. */
  readonly visibility: Visibility;
  /** Milliseconds since 1970: an event more than 5 minutes after this is in the future. */
  readonly nowMs: number;
}

/** A document turned into what the ledger is asked to accept. */
export interface CaptureCommand {
  /** Encoded bodies in order: context, master data, events. Empty when nothing is left to capture. */
  readonly bodies: readonly Uint8Array[];
  readonly origins: readonly BodyOrigin[];
  readonly eventCount: number;
  readonly errors: readonly JobProblem[];
  readonly warnings: readonly JobProblem[];
  /** The events that are refused already. */
  readonly refusedEvents: readonly RefusedEvent[];
}

/** Problem codes of a document that passes a bound: answered with 413, not 400. */
const TOO_LARGE = new Set([
  'EPCIS_DOCUMENT_TOO_LARGE',
  'EPCIS_TOO_MANY_EVENTS',
  'EPCIS_TOO_MUCH_MASTER_DATA',
  'EPCIS_EVENT_TOO_LARGE',
]);

/** How far an event may lie ahead of our clock when it is captured. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** Bytes of a transaction beside its bodies' contents: header, signature, and the frame of each body. */
const TRANSACTION_FRAME_BYTES = 512;

/**
 * Document -> bodies, with the exact source bytes of every event. What is no EPCIS document at all throws a
 * {@link ProblemError}; the faults of single events are errors of the capture job.
 */
export function captureCommand(body: Uint8Array, options: CaptureOptions, transactionBytesMax: number): CaptureCommand {
  const parsed = parseDocument(body, { ...parseLimits, ...CAPTURE_LIMITS });
  if (!parsed.ok) throw documentProblem(parsed.problems);
  const document = parsed.value;
  const verdict = validateDocument(document, { nowMs: options.nowMs, toleranceMs: FUTURE_TOLERANCE_MS });
  // A fault that lies in no event (header, schema version, master data) makes the whole no EPCIS document.
  if (verdict.envelope.errors.length > 0) throw documentProblem(verdict.envelope.errors);
  const events = document.events.map((event, i) => ({
    event,
    verdict: verdict.events[i] ?? { errors: [], warnings: [] },
  }));
  const errors = events.flatMap(({ event, verdict: { errors } }) =>
    errors.map((problem) => jobProblem(problem, event.index)),
  );
  const warnings = [
    ...verdict.envelope.warnings.map((problem) => jobProblem(problem, undefined)),
    ...events.flatMap(({ event, verdict: { warnings } }) =>
      warnings.map((problem) => jobProblem(problem, event.index)),
    ),
  ];
  const kept = events.filter(({ verdict: { errors } }) => errors.length === 0).map(({ event }) => event);
  const isRefused = errors.length > 0 && (!options.proceed || kept.length === 0);
  const refusedEvents = events
    .filter(({ verdict: { errors } }) => isRefused || errors.length > 0)
    .map(({ event }): RefusedEvent => ({ index: event.index, ...eventFacts(event.value) }));
  const nothing = { bodies: [], origins: [], eventCount: document.events.length, errors, warnings, refusedEvents };
  if (isRefused) return nothing;
  const command = { ...nothing, ...bodiesOf(document, kept, options.visibility) };
  const sizeBytes = command.bodies.reduce((sum, encoded) => sum + encoded.length + 4, TRANSACTION_FRAME_BYTES);
  if (sizeBytes > transactionBytesMax) throw tooLarge([transactionTooLarge(sizeBytes, transactionBytesMax)]);
  return command;
}

/** Context, master data and events as bodies of one transaction, each with its place in the document. */
export function bodiesOf(
  document: Pick<ParsedDocument, 'context' | 'masterData'>,
  events: ParsedDocument['events'],
  visibility: Visibility,
): { bodies: Uint8Array[]; origins: BodyOrigin[] } {
  const bodies: Uint8Array[] = [];
  const origins: BodyOrigin[] = [];
  const add = (input: BodyInput, origin: BodyOrigin) => {
    bodies.push(encodeBody(input));
    origins.push(origin);
  };
  if (events.length === 0 && document.masterData.length === 0) return { bodies, origins };
  add({ kind: 'epcis.context', content: document.context.bytes, visibility }, { pointer: document.context.pointer });
  for (const element of document.masterData)
    add({ kind: 'epcis.masterdata', content: element.bytes, visibility, context: 1 }, { pointer: element.pointer });
  for (const event of events)
    add(
      { kind: 'epcis.event', content: event.bytes, visibility, context: 1 },
      { pointer: event.pointer, index: event.index },
    );
  return { bodies, origins };
}

const detailOf = ({ code, message, howToFix, pointer, facts }: Problem): ProblemDetail => ({
  code,
  detail: message,
  howToFix,
  pointer,
  facts,
});

function documentProblem(problems: readonly Problem[]): ProblemError {
  const details = problems.slice(0, 20).map(detailOf);
  if (problems.some(({ code }) => TOO_LARGE.has(code))) return tooLarge(details);
  const [first] = details;
  if (first === undefined) throw new Error('a document was refused without a reason');
  return new ProblemError('invalid', { ...first, ...(details.length > 1 && { errors: details }) });
}

function transactionTooLarge(sizeBytes: number, sizeBytesMax: number): ProblemDetail {
  return {
    code: 'CAPTURE_TRANSACTION_TOO_LARGE',
    detail: `The document makes a transaction of ${sizeBytes} bytes; the ledger takes ${sizeBytesMax}.`,
    howToFix: 'Send the events in several documents.',
    facts: { sizeBytes, sizeBytesMax },
    pointer: '',
  };
}

function tooLarge(details: readonly ProblemDetail[]): ProblemError {
  const [first] = details;
  if (first === undefined) throw new Error('a document was refused without a reason');
  return new ProblemError('too-large', { ...first, headers: CAPTURE_HEADERS });
}
