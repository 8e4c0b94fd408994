import { Inject, Injectable } from '@nestjs/common';
import { readablePart, shortName } from '@waymark/epcis/gs1';
import { kindOf, type TraceStep } from '@waymark/provenance/trace';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { ItemStatesQuery } from '../trace/item-states.query.js';
import { NamesQuery } from '../trace/names.query.js';
import { RecordsQuery } from '../trace/records.query.js';
import { type DisclosedTrace, stepName, TraceQuery } from '../trace/trace.query.js';
import {
  type ItemFact,
  type ItemHistoryStep,
  type ItemKind,
  type ItemPage,
  type ItemPending,
  type RecordReference,
  VISIBILITY_NAMES,
} from './dto/shapes.js';
import { BY_ID, ItemSightsQuery } from './item-sights.query.js';
import { namesOfAccounts } from './items.query.js';
import { PendingCaptures, type PendingEvent } from './pending-captures.js';

/** Contents listed at most. */
const CONTENTS_MAX = 200;
/** Steps of the history at most; the newest are kept. */
const HISTORY_MAX = 500;
/** Others whose word about its state is shown beside the state, at most. */
const SAID_BY_OTHERS_MAX = 5;
/** How far somebody who sees all or only public facts is looked around an item: the page tells the item's own story. */
const NEAR = { depthMax: 4, nodesMax: 4_000 };

interface EdgeRow {
  readonly id: string;
  readonly event_key: string;
  readonly from_time: string;
  readonly quantity: string | null;
  readonly uom: string | null;
}

/** One item: what holds of it now, by whose word, and what happened to it. */
@Injectable()
export class ItemQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly traces: TraceQuery,
    private readonly sights: ItemSightsQuery,
    private readonly records: RecordsQuery,
    private readonly names: NamesQuery,
    private readonly organisations: Organisations,
    private readonly waiting: PendingCaptures,
    private readonly states: ItemStatesQuery,
  ) {}

  /** An item of which nothing may be seen answers like one that does not exist, unless the asker's own capture of it is on its way. */
  async one(id: string, viewer: Viewer): Promise<ItemPage> {
    const waits =
      viewer.kind === 'company' ? await this.waiting.naming(id, viewer.account) : { events: [], more: false };
    const told = await this.traceOf(id, viewer, waits.events.length > 0);
    const own = told.trace.steps.filter(({ side }) => side === 'start');
    const [[sight], containers, contents, states] = await Promise.all([
      this.sights.find(viewer, { where: (sql) => [`s.item = ${sql.add(id)}`], order: BY_ID, limit: 1 }),
      this.edges(id, 'child', viewer),
      this.edges(id, 'parent', viewer),
      this.states.of([id], viewer),
    ]);
    const { state, others = [] } = states.get(id) ?? {};
    const said = others.filter(({ value }) => value !== state?.value).slice(0, SAID_BY_OTHERS_MAX);
    const shown = own.slice(-HISTORY_MAX).reverse();
    const records = await this.records.of(
      [
        ...shown.map(({ eventKey }) => eventKey),
        ...[...containers, ...contents].map(({ event_key }) => event_key),
      ].concat(
        sight === undefined ? [] : [sight.last_event_key, sight.location_key ?? []].flat(),
        [state?.eventKey ?? [], said.map(({ eventKey }) => eventKey)].flat(2),
      ),
      viewer,
    );
    const history = shown.flatMap((step) => historyStep(step, told, records, viewer));
    const facts: ItemFact[] = [];
    const fact = (
      kind: ItemFact['kind'],
      value: string | null | undefined,
      key: string | null,
      unit?: string,
      by?: string,
    ) => {
      const record = key === null ? undefined : records.get(key);
      if (value !== null && value !== undefined && record !== undefined)
        facts.push({
          kind,
          value,
          ...(unit !== undefined && { unit }),
          level: 'final',
          record,
          time: record.eventTime,
          signer: by ?? record.signer,
        });
    };
    if (sight !== undefined) {
      fact('place', sight.biz_location, sight.location_key);
      fact('step', sight.biz_step, sight.last_event_key);
    }
    if (state !== undefined) fact('disposition', state.value, state.eventKey, undefined, state.signer);
    for (const one of said) fact('said', one.value, one.eventKey, undefined, one.signer);
    const made = own.find(
      (step) => told.disclosed.get(step.eventKey) === 'full' && !step.declaredInError && bringsForth(step, id),
    );
    if (made !== undefined) {
      const output = made.itemsOut.find(({ item }) => item === id);
      fact('quantity', output?.quantity, made.eventKey, output?.uom);
      fact('origin', made.place ?? made.signer, made.eventKey);
    }
    if (viewer.kind === 'company') addReceived(facts, waits.events, viewer.account);
    const containment = (rows: readonly EdgeRow[]) =>
      rows.flatMap((row) => {
        const record = records.get(row.event_key);
        if (record === undefined) return [];
        return [
          {
            id: row.id,
            since: iso(Number(row.from_time)),
            ...(row.quantity !== null && { quantity: row.quantity }),
            ...(row.uom !== null && { unit: row.uom }),
            record,
          },
        ];
      });
    const lies = containment(containers);
    const holds = containment(contents.slice(0, CONTENTS_MAX));
    const identity = identityOf(id, told);
    return {
      id,
      shortName: shortName(id),
      ...identity,
      sample: /^sample/i.test(identity.lot ?? identity.serial ?? ''),
      facts,
      containers: lies,
      contents: holds,
      contentsTruncated: contents.length > CONTENTS_MAX,
      history,
      pending: waits.events.map(pendingOf),
      pendingMore: waits.more,
      names: await this.names.of(
        [
          id,
          ...waits.events.flatMap(({ facts: { bizLocation, readPoint } }) => bizLocation ?? readPoint ?? []),
          ...[id, ...[...lies, ...holds].map((one) => one.id)].flatMap(withProduct),
          ...history.flatMap(({ place, itemsIn = [], itemsOut = [] }) => [
            ...(place === undefined ? [] : [place]),
            ...[...itemsIn, ...itemsOut].flatMap(withProduct),
          ]),
          ...facts.map(({ value }) => value),
        ],
        viewer,
      ),
      organisations: namesOfAccounts(this.organisations, [
        ...history.flatMap(({ signer, readers = [] }) => [signer, ...readers]),
        ...facts.map(({ signer }) => signer),
      ]),
      truncated: told.trace.truncated || own.length > HISTORY_MAX,
    };
  }

  private async traceOf(id: string, viewer: Viewer, isWaiting: boolean): Promise<DisclosedTrace> {
    try {
      return await this.traces.disclosedTrace(id, 'both', viewer, viewer.kind === 'company' ? undefined : NEAR);
    } catch (error) {
      if (!isWaiting || !(error instanceof ProblemError) || error.problem.code !== 'TRACE_ITEM_UNKNOWN') throw error;
      const trace = { item: id, known: false, nodes: [], links: [], steps: [], truncated: false };
      return { trace, disclosed: new Map(), named: new Map() };
    }
  }

  /** What it lies in (`child`), or what lies in it (`parent`), as of now. */
  private async edges(id: string, as: 'parent' | 'child', viewer: Viewer): Promise<EdgeRow[]> {
    const sql = new Parameters();
    const other = as === 'child' ? 'parent' : 'child';
    return this.database.query<EdgeRow[]>(
      `SELECT t.${other} AS id, t.event_key, t.from_time, t.quantity, t.uom FROM trace_edge t JOIN epcis_event e ON e.event_key = t.event_key
       WHERE t.${as} = ${sql.add(id)} AND t.kind = 'contain' AND t.until_time IS NULL AND t.${other} <> '' AND NOT e.declared_in_error AND ${shownInFull(viewer, sql)}
       ORDER BY t.from_time DESC, t.${other} LIMIT ${CONTENTS_MAX + 1}`,
      sql.values,
    );
  }
}

const iso = (timeMs: number) => new Date(timeMs).toISOString();

const pendingOf = ({ job, state, capturedAt, facts }: PendingEvent): ItemPending => {
  const { type, action, bizStep, disposition, bizLocation, readPoint } = facts;
  const place = bizLocation ?? readPoint;
  return {
    job,
    state,
    capturedAt,
    time: iso(facts.eventTimeMs),
    type,
    ...(action !== undefined && { action }),
    ...(bizStep !== undefined && { bizStep }),
    ...(disposition !== undefined && { disposition }),
    ...(place !== undefined && { place }),
  };
};

/** Puts before a fact what an own capture on its way says later than it: it will hold once it is final. */
function addReceived(facts: ItemFact[], events: readonly PendingEvent[], signer: string): void {
  const said = {
    place: (event: PendingEvent) => event.facts.bizLocation,
    step: (event: PendingEvent) => event.facts.bizStep,
    disposition: (event: PendingEvent) => event.facts.disposition,
  };
  const received = Object.entries(said).flatMap(([kind, of]) => {
    const last = facts.find((fact) => fact.kind === kind);
    const event = events.find((one) => of(one) !== undefined);
    const value = event && of(event);
    if (event === undefined || value === undefined || value === last?.value) return [];
    if (last !== undefined && event.facts.eventTimeMs < Date.parse(last.time)) return [];
    const fact: ItemFact = {
      kind: kind as keyof typeof said,
      value,
      level: 'received',
      job: event.job,
      time: iso(event.facts.eventTimeMs),
      signer,
    };
    return [fact];
  });
  facts.unshift(...received);
}

const bringsForth = (step: TraceStep, id: string) =>
  step.itemsOut.some(
    ({ item, role }) => item === id && (role === 'output' || (role === 'object' && step.action === 'ADD')),
  );

const withProduct = (id: string): string[] => {
  const product = /^https:\/\/id\.gs1\.org\/01\/\d{14}/.exec(id)?.[0];
  return product === undefined ? [id] : [id, product];
};

function identityOf(
  id: string,
  { trace }: DisclosedTrace,
): { kind: ItemKind; gtin?: string; lot?: string; serial?: string; product?: string } {
  const key = /^https:\/\/id\.gs1\.org\/(\d{2,4})\/([^/]+)(?:\/(\d\d|235)\/([^/]+))?/.exec(id);
  if (key?.[1] === '00') return { kind: 'logistic' };
  if (key?.[1] !== '01' || key[2] === undefined) return { kind: 'other' };
  const gtin = { gtin: key[2], product: `https://id.gs1.org/01/${key[2]}` };
  const qualifier = key[4] === undefined ? undefined : readablePart(key[4]);
  if (qualifier === undefined) return { kind: 'product', ...gtin };
  if (key[3] === '10') return { kind: 'lot', ...gtin, lot: qualifier };
  const isInstance = trace.nodes.find(({ item }) => item === id)?.isInstance ?? true;
  return { kind: isInstance ? 'unit' : 'lot', ...gtin, serial: qualifier };
}

function historyStep(
  step: TraceStep,
  { disclosed, named }: DisclosedTrace,
  records: ReadonlyMap<string, RecordReference>,
  viewer: Viewer,
): ItemHistoryStep[] {
  const disclosure = disclosed.get(step.eventKey);
  if (disclosure !== 'full' && disclosure !== 'step') return [];
  const outline = {
    step: stepName(step.eventKey),
    time: iso(step.timeMs),
    kind: kindOf(step),
    ...(step.bizStep !== undefined && { bizStep: step.bizStep }),
    ...(step.place !== undefined && { place: step.place }),
    signer: step.signer,
    disclosure,
    mine: viewer.kind === 'company' && step.signer === viewer.account,
  };
  const record = records.get(step.eventKey);
  if (disclosure === 'step' || record === undefined) return [{ ...outline, disclosure: 'step' }];
  const visibility = VISIBILITY_NAMES[step.visibility] ?? 'own';
  const signers = step.signers ?? [step.signer];
  return [
    {
      ...outline,
      type: step.type,
      ...(step.action !== undefined && { action: step.action }),
      ...(step.disposition !== undefined && { disposition: step.disposition }),
      declaredInError: step.declaredInError,
      itemsIn: [...new Set(step.itemsIn.map(({ item }) => item))].slice(0, 50),
      itemsOut: [...new Set(step.itemsOut.map(({ item }) => item))].slice(0, 50),
      record,
      visibility,
      readers: [...new Set([...signers, ...(visibility === 'own' ? [] : (named.get(step.eventKey) ?? []))])],
    },
  ];
}
