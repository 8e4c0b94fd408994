/**
 * A ledger of provenance in memory, for stories in few words: the real module over a map, the real views over a list of
 * rows. Who signs what when is all that a story says.
 */
import { portableHashing } from '@waymark/accel/portable';
import { checkDigit } from '@waymark/epcis/gs1';
import type { Body } from '@waymark/ledger/chain';
import { fromUtf8, toHex, utf8 } from '@waymark/ledger/primitives';
import {
  accountRecordOf,
  foundingAccount,
  type AccountRecord,
  type AccountsReader,
  type ExecutionContext,
  type ModuleState,
} from '@waymark/ledger/runtime';
import { bodyKinds, provenanceModule } from '@waymark/provenance/module';
import type { WarningContent } from '@waymark/provenance/module';
import { startTrace } from '@waymark/provenance/trace';
import type { Trace, TraceEvent, TraceItemOfEvent, TraceQuestion } from '@waymark/provenance/trace';
import { provenanceViews } from '@waymark/provenance/views';
import type { EpcisEventRow, EventItemRow, FoldInput, TraceEdgeRow, View } from '@waymark/provenance/views';

export const aContext = { '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld'] };

/** Canonical ids under the prefixes of the world: `maker` 9521234, `packer` 9521235, `stranger` none. */
export const gtin = { fillets: '09521234000013', cans: '09521235000012' } as const;
export const lot = (item: keyof typeof gtin, name: string) => `https://id.gs1.org/01/${gtin[item]}/10/${name}`;
export const unit = (item: keyof typeof gtin, serial: string) => `https://id.gs1.org/01/${gtin[item]}/21/${serial}`;
/** An SSCC of `packer`, by its serial number. */
export const sscc = (serial: string) => {
  const digits = `09521235${serial.padStart(9, '0')}`;
  return `https://id.gs1.org/00/${digits}${checkDigit(digits) ?? ''}`;
};

/** Company prefixes of each account. */
export type Prefixes = Readonly<Record<string, readonly string[]>>;

const usualPrefixes: Prefixes = { maker: ['9521234'], packer: ['9521235'], stranger: [] };

const accountRecord = (account: string, companyPrefixes: readonly string[]): AccountRecord =>
  accountRecordOf(
    foundingAccount({
      account,
      name: { en: account, 'zh-CN': account },
      role: 'company',
      class: 'producer',
      keys: [],
      companyPrefixes,
    }),
  );

const accountsOf = (prefixes: Prefixes): AccountsReader => ({
  byAccount: (account) => (account in prefixes ? accountRecord(account, prefixes[account] ?? []) : undefined),
  ownerOf(digits) {
    for (const [account, own] of Object.entries(prefixes))
      for (const prefix of own) if (digits.startsWith(prefix)) return { account, prefix };
    return undefined;
  },
});

export interface Told {
  readonly refusal?: {
    readonly code: string;
    readonly pointer: string;
    readonly facts: Readonly<Record<string, string>>;
  };
  readonly warnings: readonly WarningContent[];
  /** Codes of the warnings, sorted, each once. */
  readonly doubts: readonly string[];
  readonly type?: string;
  readonly content?: Record<string, unknown>;
}

export interface SendOptions {
  readonly kind?: string;
  readonly visibility?: 1 | 2 | 3;
  readonly context?: number;
  readonly bodies?: readonly Body[];
}

/** Noon of a day in March 2026, or a later minute of it, as ISO time. */
export const at = (day: number, minute = 0) =>
  `2026-03-${String(day).padStart(2, '0')}T12:${String(minute).padStart(2, '0')}:00.000Z`;
export const atMs = (day: number, minute = 0) => Date.parse(at(day, minute));

export class ProvenanceWorld {
  readonly #state = new Map<string, Uint8Array>();
  readonly #tables = new Map<string, Map<string, Record<string, unknown>>>();
  readonly #accounts: AccountsReader;
  #height = 0;
  /** Everything that was projected, in order. */
  readonly inputs: FoldInput[] = [];
  /** Block time of the next block. */
  timeMs = Date.parse('2026-06-01T00:00:00.000Z');

  constructor(prefixes: Prefixes = usualPrefixes) {
    this.#accounts = accountsOf(prefixes);
  }

  readonly state: ModuleState = {
    get: (key) => this.#state.get(toHex(key)),
    put: (key, value) => void this.#state.set(toHex(key), value),
    delete: (key) => void this.#state.delete(toHex(key)),
  };

  /** What the state holds, for comparing. */
  stateNow(): string {
    return JSON.stringify([...this.#state].map(([key, value]) => [key, toHex(value)]).sort());
  }

  body(value: unknown, { kind = bodyKinds.event, visibility = 1, context = 0 }: SendOptions = {}): Body {
    const content = value instanceof Uint8Array ? value : utf8(JSON.stringify(value));
    return { kind, content, visibility, context, sealedHash: new Uint8Array(0), sealedInterval: '' };
  }

  /** One block with one body of `sender`, executed and projected. */
  send(sender: string, value: unknown, options: SendOptions = {}): Told {
    this.#height += 1;
    const body = this.body(value, options);
    const context: ExecutionContext = {
      height: this.#height,
      timeMs: this.timeMs,
      sender: this.#accounts.byAccount(sender) ?? accountRecord(sender, []),
      txId: portableHashing.sha256(utf8(`tx ${this.#height}`)),
      txIndex: 0,
      bodyIndex: options.bodies?.length ?? 0,
      bodies: [...(options.bodies ?? []), body],
      hashing: portableHashing,
      accounts: this.#accounts,
    };
    const before = this.stateNow();
    const result = provenanceModule.execute(context, body, this.state);
    if ('refusal' in result) {
      if (this.stateNow() !== before) throw new Error('a refusal changed the state');
      return { refusal: result.refusal, warnings: [], doubts: [] };
    }
    const event = result.events[0];
    if (event !== undefined) this.#project(sender, body, context, event);
    const warnings = result.warnings ?? [];
    return {
      warnings,
      doubts: [...new Set(warnings.map(({ code }) => code))].sort(),
      ...(event === undefined
        ? {}
        : { type: event.type, content: JSON.parse(fromUtf8(event.content)) as Record<string, unknown> }),
    };
  }

  /** An event of `sender`, with the fields that every event has. */
  event(sender: string, fields: Record<string, unknown>, options?: SendOptions): Told {
    return this.send(sender, { ...aContext, eventTime: at(1), eventTimeZoneOffset: '+00:00', ...fields }, options);
  }

  serialise(sender: string, product: string, enabled = true): Told {
    return this.send(sender, { gtin: product, enabled }, { kind: bodyKinds.serialisation });
  }

  /** Who may see a record from now on, as `sender` says. */
  disclose(sender: string, eventKey: string, visibility: string): Told {
    return this.send(sender, { eventKey, visibility }, { kind: bodyKinds.visibility });
  }

  rows<Row>(table: string): Row[] {
    return [...(this.#tables.get(table)?.values() ?? [])] as Row[];
  }

  /** Follows an item through the views, loading set by set as a database would. */
  trace(question: TraceQuestion): Trace & { readonly loads: number } {
    const items = this.rows<EventItemRow>('event_item');
    const edges = this.rows<TraceEdgeRow>('trace_edge');
    const events = this.rows<EpcisEventRow>('epcis_event').filter(({ record }) => record === 'event');
    const known = new Set(events.map(({ event_key }) => event_key));
    const search = startTrace(question);
    let loads = 0;
    for (let need = search.need(); need !== undefined; need = search.need()) {
      loads += 1;
      const { items: wanted, eventKeys } = need;
      search.absorb({
        participations: items
          .filter(({ item, event_key }) => wanted.includes(item) && known.has(event_key))
          .map(({ item, event_key }) => ({ item, eventKey: event_key })),
        edges: edges
          .filter(
            ({ kind, parent, child }) => kind !== 'release' && (wanted.includes(parent) || wanted.includes(child)),
          )
          .map((row) => ({
            kind: row.kind as 'contain' | 'member',
            eventKey: row.event_key,
            parent: row.parent,
            child: row.child,
            fromMs: row.from_time,
            ...(row.until_time === null ? {} : { untilMs: row.until_time }),
          })),
        events: events.filter(({ event_key }) => eventKeys.includes(event_key)).map((row) => traceEventOf(row, items)),
      });
    }
    return { ...search.result(), loads };
  }

  #project(
    sender: string,
    body: Body,
    context: ExecutionContext,
    ledgerEvent: { readonly type: string; readonly content: Uint8Array },
  ): void {
    const named = body.context === 0 ? undefined : context.bodies[body.context - 1]?.content;
    const input: FoldInput = {
      height: context.height,
      blockTimeMs: context.timeMs,
      txIndex: 0,
      bodyIndex: context.bodyIndex,
      txId: toHex(context.txId),
      sender,
      body,
      ...(named === undefined ? {} : { context: named }),
      ledgerEvent,
    };
    this.inputs.push(input);
    for (const view of provenanceViews) if (view.eventTypes.includes(ledgerEvent.type)) this.#fold(view, [input]);
  }

  #fold(view: View<object>, inputs: readonly FoldInput[]): void {
    const table = this.#tables.get(view.table.name) ?? new Map<string, Record<string, unknown>>();
    this.#tables.set(view.table.name, table);
    const keyOf = (row: Record<string, unknown>, columns: readonly string[]) =>
      JSON.stringify(columns.map((column) => row[column]));
    const lookups = view.keysOf(inputs);
    const existing = [...table.values()].filter((row) =>
      lookups.some(({ columns, values }) => {
        const wanted = new Set(values.map((value) => JSON.stringify(value)));
        return wanted.has(keyOf(row, columns));
      }),
    );
    const { upserts, deletes } = view.fold(inputs, existing);
    for (const key of deletes) table.delete(JSON.stringify(key));
    const columns = view.table.columns.map(({ name }) => name).sort();
    for (const row of upserts as readonly Record<string, unknown>[]) {
      if (JSON.stringify(Object.keys(row).sort()) !== JSON.stringify(columns))
        throw new Error(`a row of ${view.table.name} has other columns than its table declares`);
      table.set(keyOf(row, view.table.primaryKey), row);
    }
  }
}

function traceEventOf(row: EpcisEventRow, items: readonly EventItemRow[]): TraceEvent {
  return {
    eventKey: row.event_key,
    eventHash: row.event_hash,
    type: row.type,
    ...(row.action === null ? {} : { action: row.action }),
    eventTimeMs: row.event_time,
    ...(row.biz_step === null ? {} : { bizStep: row.biz_step }),
    ...(row.biz_location === null ? {} : { bizLocation: row.biz_location }),
    ...(row.read_point === null ? {} : { readPoint: row.read_point }),
    signer: row.signer,
    visibility: row.visibility,
    declaredInError: row.declared_in_error,
    items: items
      .filter(({ event_key }) => event_key === row.event_key)
      .map((item) => ({
        item: item.item,
        role: item.role as TraceItemOfEvent['role'],
        isInstance: item.is_instance,
        implied: item.implied,
        ...(item.quantity === null ? {} : { quantity: item.quantity }),
        ...(item.uom === null ? {} : { uom: item.uom }),
      })),
  };
}
