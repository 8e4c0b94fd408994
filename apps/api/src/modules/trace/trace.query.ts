import { Inject, Injectable } from '@nestjs/common';
import type { LocalName } from '@waymark/ledger/chain';
import {
  kindOf,
  type StepKind,
  story,
  type Trace,
  type TraceItemOfEvent,
  type TraceLimits,
  type TraceStep,
} from '@waymark/provenance/trace';
import { type Disclosure, disclosureOf, relatedEvents, type Viewer } from '@waymark/provenance/visibility';
import { createHmac, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { notFound } from '../../platform/errors/not-found.js';
import { DATABASE } from '../../platform/tokens.js';
import { NamesQuery, productOf } from './names.query.js';
import { TraceSearchQuery } from './trace-search.query.js';

/** Which record on the chain a fact comes from. */
export interface RecordName {
  readonly txId: string;
  readonly bodyIndex: number;
  readonly height: number;
}

export interface TraceStepAnswer {
  /** Names the step in this answer and says nothing of the event. */
  readonly step: string;
  /** Name of the event, from its hash; only where the event is shown in full: whoever guesses what it says could prove the guess by it. */
  readonly eventID?: string;
  readonly kind: StepKind;
  readonly milestone: boolean;
  readonly side: TraceStep['side'];
  readonly time: string;
  readonly bizStep?: string;
  /** Canonical id of the place. */
  readonly place?: string;
  /** Account that signed. */
  readonly signer: string;
  /** `full`, or `step`: place, time, step and signer only. */
  readonly disclosure: 'full' | 'step';
  readonly type?: string;
  readonly action?: string;
  readonly disposition?: string;
  readonly declaredInError?: boolean;
  readonly itemsIn?: readonly TraceItemOfEvent[];
  readonly itemsOut?: readonly TraceItemOfEvent[];
  readonly concerns?: readonly string[];
  readonly record?: RecordName;
}

export interface TraceAnswer {
  readonly item: string;
  readonly direction: 'both' | 'up' | 'down';
  /** Oldest first. */
  readonly steps: readonly TraceStepAnswer[];
  readonly nodes: Trace['nodes'];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly eventID: string;
  }[];
  /** Names of products and places by canonical id. */
  readonly names: Readonly<Record<string, LocalName>>;
  /** Names of the signers by account. */
  readonly organisations: Readonly<Record<string, LocalName>>;
  /** There is more than is shown. */
  readonly truncated: boolean;
}

/** Steps are named anew by each process: a name that could be worked out from the event would give the event away. */
const stepSecret = randomBytes(32);
export const stepName = (eventKey: string): string =>
  `urn:waymark:step:${createHmac('sha256', stepSecret).update(eventKey).digest('hex').slice(0, 32)}`;

const directions = { both: 'both', up: 'upstream', down: 'downstream' } as const;
export interface DisclosedTrace {
  readonly trace: Trace;
  readonly disclosed: ReadonlyMap<string, Disclosure>;
  /** Accounts that each event names. */
  readonly named: ReadonlyMap<string, readonly string[]>;
}

export const hashName = (hash: string) => `ni:///sha-256;${hash}?ver=CBV2.0`;

/** Where a thing comes from and what became of it, as far as the asker may see. */
@Injectable()
export class TraceQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly search: TraceSearchQuery,
    private readonly names: NamesQuery,
    private readonly organisations: Organisations,
  ) {}

  /** An item of which nothing may be seen answers like one that does not exist. */
  async trace(item: string, direction: TraceAnswer['direction'], viewer: Viewer): Promise<TraceAnswer> {
    const { trace, disclosed } = await this.disclosedTrace(item, directions[direction], viewer);
    const records = await this.records(
      trace.steps.filter(({ eventKey }) => disclosed.get(eventKey) === 'full').map(({ eventKey }) => eventKey),
    );
    const milestones = new Set(story(trace).flatMap((step) => (step.milestone ? [step.eventKey] : [])));
    const steps = trace.steps.flatMap((step) => {
      const disclosure = disclosed.get(step.eventKey);
      return disclosure === 'full' || disclosure === 'step'
        ? [stepAnswer(step, disclosure, milestones.has(step.eventKey), records.get(step.eventKey))]
        : [];
    });
    const told = new Set([
      item,
      ...steps.flatMap(({ itemsIn = [], itemsOut = [], concerns = [] }) =>
        [...itemsIn, ...itemsOut].map((named) => named.item).concat(concerns),
      ),
    ]);
    const hashes = new Map(trace.steps.map(({ eventKey, eventHash }) => [eventKey, eventHash]));
    // A packing that is no step of this story was not judged for a company; everybody else walks only through what they see in full.
    const unjudged = viewer.kind === 'company' ? 'none' : 'full';
    return {
      item,
      direction,
      steps,
      nodes: trace.nodes.filter((node) => told.has(node.item)),
      links: trace.links.flatMap(({ from, to, kind, eventKey }) => {
        const hash = hashes.get(eventKey) ?? eventKey.slice(0, 64);
        return told.has(from) && told.has(to) && (disclosed.get(eventKey) ?? unjudged) === 'full'
          ? [{ from, to, kind, eventID: hashName(hash) }]
          : [];
      }),
      names: await this.names.of(
        [...told, ...[...told].flatMap(productOf), ...steps.flatMap(({ place }) => place ?? [])],
        viewer,
      ),
      organisations: this.namesOfAccounts(steps.map(({ signer }) => signer)),
      truncated: trace.truncated,
    };
  }

  /** The trace with what of each step may be shown. Throws 404 when nothing of the item itself may be. */
  async disclosedTrace(
    item: string,
    direction: 'both' | 'upstream' | 'downstream',
    viewer: Viewer,
    limits?: Partial<TraceLimits>,
  ): Promise<DisclosedTrace> {
    const bounded = limits === undefined ? {} : { limits };
    // What a company signed for may lie on the other side of the item: related is judged on the whole story.
    const whole = await this.search.trace(
      viewer.kind === 'company' ? { item, direction: 'both' } : { item, direction, ...bounded },
      viewer,
    );
    const named = await this.namedAccounts(whole.steps.map(({ eventKey }) => eventKey));
    const related = viewer.kind === 'company' ? relatedEvents(whole, viewer.account) : new Set<string>();
    const disclosed = new Map(
      whole.steps.map((step) => [
        step.eventKey,
        disclosureOf(
          {
            visibility: step.visibility,
            signers: step.signers ?? [step.signer],
            named: named.get(step.eventKey) ?? [],
            related: related.has(step.eventKey),
          },
          viewer,
        ),
      ]),
    );
    const visible = whole.steps.some(({ eventKey, side }) => side === 'start' && disclosed.get(eventKey) !== 'none');
    if (!whole.known || !visible)
      throw notFound(
        'TRACE_ITEM_UNKNOWN',
        'There is no item of this name that you may see.',
        'Check the identifier. If it was captured a moment ago, ask its capture job; if it is a partner’s, send your API key.',
      );
    // What leads on only through events that the viewer may not even know of is not of their story, public or not.
    const hidden = new Set(
      [...disclosed].flatMap(([eventKey, disclosure]) => (disclosure === 'none' ? [eventKey] : [])),
    );
    const trace =
      hidden.size > 0 || (viewer.kind === 'company' && (direction !== 'both' || limits !== undefined))
        ? await this.search.trace({ item, direction, ...bounded }, viewer, hidden)
        : whole;
    return { trace, disclosed, named };
  }

  namesOfAccounts(accounts: readonly string[]): Record<string, LocalName> {
    return Object.fromEntries(
      [...new Set(accounts)].flatMap((account) => {
        const found = this.organisations.find(account);
        return found === undefined ? [] : [[account, found.names] as const];
      }),
    );
  }

  private async namedAccounts(keys: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.database.query<{ event_key: string; account: string }[]>(
      `SELECT DISTINCT event_key, account FROM party_named WHERE account IS NOT NULL AND event_key = ANY($1::text[])`,
      [keys],
    );
    const named = new Map<string, string[]>();
    for (const { event_key, account } of rows) named.set(event_key, [...(named.get(event_key) ?? []), account]);
    return named;
  }

  private async records(keys: readonly string[]): Promise<Map<string, RecordName>> {
    const rows = await this.database.query<{ event_key: string; tx_id: string; body_index: number; height: string }[]>(
      `SELECT event_key, tx_id, body_index, height FROM epcis_event WHERE event_key = ANY($1::text[])`,
      [keys],
    );
    return new Map(
      rows.map((row) => [row.event_key, { txId: row.tx_id, bodyIndex: row.body_index, height: Number(row.height) }]),
    );
  }
}

function stepAnswer(
  step: TraceStep,
  disclosure: 'full' | 'step',
  milestone: boolean,
  record: RecordName | undefined,
): TraceStepAnswer {
  const outline = {
    step: stepName(step.eventKey),
    kind: kindOf(step),
    milestone,
    side: step.side,
    time: new Date(step.timeMs).toISOString(),
    ...(step.bizStep !== undefined && { bizStep: step.bizStep }),
    ...(step.place !== undefined && { place: step.place }),
    signer: step.signer,
    disclosure,
  };
  if (disclosure === 'step') return outline;
  return {
    ...outline,
    eventID: hashName(step.eventHash),
    type: step.type,
    ...(step.action !== undefined && { action: step.action }),
    ...(step.disposition !== undefined && { disposition: step.disposition }),
    declaredInError: step.declaredInError,
    itemsIn: step.itemsIn,
    itemsOut: step.itemsOut,
    concerns: step.concerns,
    ...(record !== undefined && { record }),
  };
}
