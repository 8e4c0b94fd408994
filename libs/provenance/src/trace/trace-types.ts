/**
 * Following a thing back to its sources and forward to where it went. The search is a machine without waiting: it says
 * which rows it needs next, the caller loads them in sets, and gives them back.
 *
 *     const search = startTrace({ item, direction: 'both' });
 *     for (let need = search.need(); need !== undefined; need = search.need()) search.absorb(await load(need));
 *     const trace = search.result();
 */
import type { ItemRole } from '../domain/event-facts.js';

export type TraceDirection = 'upstream' | 'downstream';

export interface TraceLimits {
  /** Items and events together; default 10,000. */
  readonly nodesMax: number;
  /** Steps away from the start; default 64. */
  readonly depthMax: number;
}

export interface TraceQuestion {
  /** Canonical id. */
  readonly item: string;
  readonly direction: TraceDirection | 'both';
  /** "As it stood at this time", milliseconds since 1970; absent: all that is known. */
  readonly atMs?: number;
  readonly limits?: Partial<TraceLimits>;
}

/** What must be loaded next; lists are distinct and never asked twice. */
export interface TraceNeed {
  /**
   * Load which events name these items (`event_item`, records of kind `event` only), and the `trace_edge` rows of kind
   * `contain` and `member` where they are parent or child.
   */
  readonly items: readonly string[];
  /** Load these events with all their items. */
  readonly eventKeys: readonly string[];
}

export interface TraceItemOfEvent {
  readonly item: string;
  readonly role: ItemRole;
  readonly isInstance: boolean;
  readonly implied: boolean;
  readonly quantity?: string;
  readonly uom?: string;
}

export interface TraceEvent {
  readonly eventKey: string;
  readonly eventHash: string;
  readonly type: string;
  readonly action?: string;
  readonly eventTimeMs: number;
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly bizLocation?: string;
  readonly readPoint?: string;
  /** Account that captured it first. */
  readonly signer: string;
  /** Every account that captured it, the first included; absent: only the first. */
  readonly signers?: readonly string[];
  readonly visibility: number;
  readonly declaredInError: boolean;
  readonly items: readonly TraceItemOfEvent[];
}

export interface TraceParticipation {
  readonly item: string;
  readonly eventKey: string;
}

/** A row of `trace_edge` of kind `contain` or `member`. */
export interface TraceEdge {
  readonly kind: 'contain' | 'member';
  readonly eventKey: string;
  readonly parent: string;
  readonly child: string;
  readonly fromMs: number;
  readonly untilMs?: number;
}

export interface TraceRows {
  readonly participations: readonly TraceParticipation[];
  readonly edges: readonly TraceEdge[];
  readonly events: readonly TraceEvent[];
}

export interface TraceNode {
  readonly item: string;
  readonly isInstance: boolean;
  /** `start`, or on which side of it. An item on both sides stands twice. */
  readonly side: 'start' | TraceDirection;
  /** Steps from the start. */
  readonly depth: number;
}

/** A link from a source to what became of it. */
export interface TraceLink {
  readonly from: string;
  readonly to: string;
  readonly kind: 'transform' | 'contain' | 'member';
  readonly eventKey: string;
  readonly fromMs: number;
  readonly untilMs?: number;
}

/** One event of the story. */
export interface TraceStep {
  readonly eventKey: string;
  readonly eventHash: string;
  readonly side: 'start' | TraceDirection;
  readonly type: string;
  readonly action?: string;
  readonly timeMs: number;
  readonly bizStep?: string;
  readonly disposition?: string;
  /** Canonical id of bizLocation, else of readPoint. */
  readonly place?: string;
  readonly signer: string;
  readonly signers?: readonly string[];
  readonly visibility: number;
  readonly declaredInError: boolean;
  /** What went in: inputs; parent of an unpacking; children of a packing; what was only handled stands in both lists. */
  readonly itemsIn: readonly TraceItemOfEvent[];
  readonly itemsOut: readonly TraceItemOfEvent[];
  /** Traced items that this event touches, itself or by what carried them at the time. */
  readonly concerns: readonly string[];
}

export interface Trace {
  readonly item: string;
  /** False when no event names the item. */
  readonly known: boolean;
  readonly nodes: readonly TraceNode[];
  readonly links: readonly TraceLink[];
  /** By time, then by event key. */
  readonly steps: readonly TraceStep[];
  /** A limit was reached: there is more than is shown. */
  readonly truncated: boolean;
}

export interface TraceSearch {
  /** Undefined: done. */
  need(): TraceNeed | undefined;
  absorb(rows: TraceRows): void;
  result(): Trace;
}
