import { Inject, Injectable } from '@nestjs/common';
import {
  type ParsedDocument,
  parseDocument,
  parseLimits,
  placesOf,
  type Problem,
  splitDocument,
  validateEnvelope,
  validateEvent,
  type DocumentPart,
} from '@waymark/epcis';
import { Visibility } from '@waymark/ledger/chain';
import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import {
  DRY_RUN_BYTES_MAX,
  DRY_RUN_TRANSACTIONS_MAX,
  type DryRunRequest,
  NodeClient,
} from '../../chain/client/node-client.js';
import { NodeRefusal, NodeUnavailable } from '../../chain/client/node-rpc.js';
import { contentsOf } from '../../chain/submission/transaction-writer.js';
import { unpackBodies } from '../../chain/submission/stored-bodies.js';
import { tooManyRequests } from '../../platform/auth/request-limits.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { DATABASE } from '../../platform/tokens.js';
import { bodiesOf, FUTURE_TOLERANCE_MS } from './commands/capture-command.js';
import { CAPTURE_LIMITS, CHECK_LIMITS, CHECK_RETRY_SECONDS, CHECKS_AT_ONCE_MAX } from './commands/capture-limits.js';
import { eventFacts } from './commands/event-facts.js';
import { sayRefusal } from './commands/refusal-words.js';
import type { CaptureCheckAnswer, CheckedEvent, CheckRemark } from './dto/capture-answers.js';

/** A remark that still has no place in the text. */
interface Found {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly detail: string;
  readonly howToFix: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly by: 'document' | 'ledger';
  readonly pointer: string;
}

/** What the judge says: remarks by index of the event, and on the whole. */
interface Judgement {
  readonly asked: 'asked' | 'partly-asked' | 'not-asked';
  readonly events: ReadonlyMap<number, readonly Found[]>;
  readonly document: readonly Found[];
  /** Indexes of the events of which the judge was asked. */
  readonly heard: ReadonlySet<number>;
}

/** Events judged at a stretch; then others get their turn. */
const STRETCH = 200;
/** With more than this of the organisation's own under way, the judge is asked without it. */
const PENDING_BYTES_MAX = 1024 * 1024;

const found = (problem: Problem): Found => ({
  severity: problem.severity,
  code: problem.code,
  detail: problem.message,
  howToFix: problem.howToFix,
  facts: problem.facts,
  by: 'document',
  pointer: problem.pointer,
});

/** Says of a document what a capture would say, and stores nothing: shape and rules first, then the judge's early opinion. */
@Injectable()
export class CaptureCheckService {
  /** Checks at work, by organisation. */
  private readonly running = new Map<string, number>();

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly nodes: NodeClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws ProblemError 429 when the organisation has as many checks under way as it may */
  async check(organisation: string, body: Uint8Array, nowMs: number): Promise<CaptureCheckAnswer> {
    const running = this.running.get(organisation) ?? 0;
    if (running >= CHECKS_AT_ONCE_MAX)
      throw tooManyRequests(
        `Your organisation has ${running} checks under way already.`,
        CHECK_RETRY_SECONDS,
        'CAPTURE_TOO_MANY_CHECKS',
      );
    this.running.set(organisation, running + 1);
    try {
      return await this.answer(organisation, body, nowMs);
    } finally {
      const left = (this.running.get(organisation) ?? 1) - 1;
      if (left === 0) this.running.delete(organisation);
      else this.running.set(organisation, left);
    }
  }

  private async answer(organisation: string, body: Uint8Array, nowMs: number): Promise<CaptureCheckAnswer> {
    const parsed = parseDocument(body, { ...parseLimits, ...CHECK_LIMITS });
    if (!parsed.ok) return refusedDocument(body, parsed.problems);
    const document = parsed.value;
    const envelope = validateEnvelope(document);
    const remarks: Found[][] = [];
    for (const [i, { value, pointer }] of document.events.entries()) {
      const clock = { nowMs, toleranceMs: FUTURE_TOLERANCE_MS };
      const verdict = validateEvent(value, document.context.value, clock, pointer);
      remarks.push([...verdict.errors, ...verdict.warnings].map(found));
      if (i % STRETCH === STRETCH - 1) await setImmediate();
    }
    const parts = splitDocument(document, CAPTURE_LIMITS);
    const stands = envelope.errors.length === 0;
    const sound = document.events.filter(
      (_, i) => stands && !(remarks[i] ?? []).some(({ severity }) => severity === 'error'),
    );
    const judged: Judgement = stands
      ? await this.judge(organisation, document, parts, new Set(sound.map(({ index }) => index)))
      : { asked: 'not-asked', events: new Map(), document: [], heard: new Set() };
    const whole = [...envelope.errors, ...envelope.warnings].map(found).concat(judged.document);
    const all = document.events.map((event, i) => ({
      event,
      remarks: [...(remarks[i] ?? []), ...(judged.events.get(event.index) ?? [])],
    }));
    const places = placesOf(textOf(body), [
      ...whole.map(({ pointer }) => pointer),
      ...all.flatMap(({ event, remarks: told }) => [event.pointer, ...told.map(({ pointer }) => pointer)]),
    ]);
    const placed = (remark: Found): CheckRemark => ({
      ...remark,
      facts: { ...remark.facts },
      ...lineOf(remark.pointer),
    });
    const lineOf = (pointer: string) => {
      const { line, column } = places.get(pointer) ?? { line: 1, column: 1 };
      return { line, column };
    };
    const events = all.map(({ event, remarks: told }): CheckedEvent => ({
      index: event.index,
      verdict: told.some(({ severity }) => severity === 'error') ? 'refused' : told.length > 0 ? 'warning' : 'fine',
      remarks: told.map(placed),
      judged: judged.heard.has(event.index),
      ...eventFacts(event.value),
      pointer: event.pointer,
      ...lineOf(event.pointer),
    }));
    return {
      ...summary(events, whole),
      sizeBytes: body.length,
      masterDataCount: document.masterData.length,
      document: whole.map(placed),
      events,
      parts: parts.length,
      ledger: judged.asked,
    };
  }

  /** What the ledger would say of the sound events, after all that the organisation has under way. */
  private async judge(
    organisation: string,
    document: ParsedDocument,
    parts: readonly DocumentPart[],
    sound: ReadonlySet<number>,
  ): Promise<Judgement> {
    const events = new Map<number, Found[]>();
    const whole: Found[] = [];
    const heard = new Set<number>();
    const nothing: Judgement = { asked: 'not-asked', events, document: whole, heard };
    const before = await this.underWay(organisation);
    const requests: { request: DryRunRequest; origins: ReturnType<typeof bodiesOf>['origins'] }[] = [];
    let sizeBytes = before.reduce((sum, { bodies }) => sum + lengthOf(bodies), 0);
    let complete = true;
    for (const part of parts) {
      const own = document.events.filter(
        ({ index }) => index >= part.firstEvent && index < part.firstEvent + part.eventCount && sound.has(index),
      );
      const masterData = document.masterData.slice(part.firstMasterData, part.firstMasterData + part.masterDataCount);
      const { bodies, origins } = bodiesOf({ context: document.context, masterData }, own, Visibility.PARTNERS);
      if (bodies.length === 0) continue;
      sizeBytes += lengthOf(bodies);
      if (sizeBytes > DRY_RUN_BYTES_MAX || before.length + requests.length >= DRY_RUN_TRANSACTIONS_MAX) {
        complete = false;
        break;
      }
      requests.push({ request: { bodies, proceed: true }, origins });
    }
    if (requests.length === 0) return complete ? { ...nothing, asked: 'asked' } : nothing;
    let results;
    try {
      const transactions = [...before, ...requests.map(({ request }) => request)];
      ({ results } = await this.nodes.dryRun(organisation, transactions));
    } catch (error) {
      if (!(error instanceof NodeUnavailable) && !(error instanceof NodeRefusal)) throw error;
      this.logger.warn({ organisation, err: error }, 'a check was answered without the judge');
      return nothing;
    }
    for (const [i, { origins }] of requests.entries()) {
      const outcome = results[before.length + i];
      if (outcome === undefined) continue;
      for (const { index } of origins) if (index !== undefined) heard.add(index);
      for (const [severity, list] of [
        ['error', outcome.failures],
        ['warning', outcome.warnings],
      ] as const)
        for (const failure of list) {
          const origin = failure.body === 0 ? undefined : origins[failure.body - 1];
          const remark: Found = {
            severity,
            code: failure.code,
            ...sayRefusal(failure.code, failure.facts, severity),
            facts: failure.facts,
            by: 'ledger',
            pointer: `${origin?.pointer ?? ''}${failure.pointer}`,
          };
          if (origin?.index === undefined) whole.push(remark);
          else events.set(origin.index, [...(events.get(origin.index) ?? []), remark]);
        }
    }
    return { asked: complete ? 'asked' : 'partly-asked', events, document: whole, heard };
  }

  /** What the organisation sent and what no block holds yet, in order: a packing may rest on a commissioning of a second ago. */
  private async underWay(organisation: string): Promise<DryRunRequest[]> {
    const rows = await this.database.query<{ transaction: Buffer | null; bodies: Buffer | null; proceed: boolean }[]>(
      `SELECT transaction, bodies, proceed FROM (
         SELECT o.transaction, NULL::bytea AS bodies, FALSE AS proceed, 0 AS kind, o.seq, octet_length(o.transaction) AS size
         FROM outbox o WHERE o.organisation = $1 AND o.state = 'pending'
         UNION ALL
         SELECT NULL, j.bodies, j.proceed, 1, j.seq, octet_length(j.bodies)
         FROM capture_job j WHERE j.organisation = $1 AND j.state = 'queued'
         ORDER BY kind, seq LIMIT ${DRY_RUN_TRANSACTIONS_MAX}
       ) AS waiting`,
      [organisation],
    );
    const requests = rows.map(({ transaction, bodies, proceed }) =>
      transaction === null ? { bodies: unpackBodies(bodies ?? Buffer.alloc(0)), proceed } : contentsOf(transaction),
    );
    const size = requests.reduce((sum, { bodies }) => sum + lengthOf(bodies), 0);
    return rows.length >= DRY_RUN_TRANSACTIONS_MAX / 2 || size > PENDING_BYTES_MAX ? [] : requests;
  }
}

const lengthOf = (bodies: readonly Uint8Array[]) => bodies.reduce((sum, body) => sum + body.length, 0);

/** The text as the parser read it; a byte order mark is no character of it. */
const textOf = (body: Uint8Array) => new TextDecoder('utf-8').decode(body);

function summary(
  events: readonly CheckedEvent[],
  whole: readonly Found[],
): Pick<CaptureCheckAnswer, 'verdict' | 'eventCount' | 'counts'> {
  const counts = { fine: 0, warning: 0, refused: 0 };
  for (const { verdict } of events) counts[verdict] += 1;
  const broken = whole.some(({ severity, by }) => severity === 'error' && by === 'document');
  const nothingLeft = events.length > 0 && counts.refused === events.length;
  const faults = counts.refused > 0 || whole.some(({ severity }) => severity === 'error');
  return {
    verdict:
      broken || nothingLeft
        ? 'refused'
        : faults
          ? 'some-refused'
          : counts.warning + whole.length > 0
            ? 'warning'
            : 'fine',
    eventCount: events.length,
    counts,
  };
}

/** No document at all: the reasons, each with its place. */
function refusedDocument(body: Uint8Array, problems: readonly Problem[]): CaptureCheckAnswer {
  const remarks = problems.slice(0, 50).map(found);
  const places = placesOf(
    textOf(body),
    remarks.map(({ pointer }) => pointer),
  );
  return {
    verdict: 'refused',
    sizeBytes: body.length,
    eventCount: 0,
    counts: { fine: 0, warning: 0, refused: 0 },
    masterDataCount: 0,
    document: remarks.map((remark) => {
      const { line, column } = places.get(remark.pointer) ?? { line: 1, column: 1 };
      const exact = Number(remark.facts['line']) > 0 && Number(remark.facts['column']) > 0;
      return {
        ...remark,
        facts: { ...remark.facts },
        line: exact ? Number(remark.facts['line']) : line,
        column: exact ? Number(remark.facts['column']) : column,
      };
    }),
    events: [],
    parts: 1,
    ledger: 'not-asked',
  };
}
