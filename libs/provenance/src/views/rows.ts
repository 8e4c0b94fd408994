/** Rows of the provenance views. Names are the columns' names; times are milliseconds since 1970. */
import type { RecordKind } from '../domain/event-facts.js';

/** An account that captured this event, and where on the chain. */
export interface Witness {
  readonly account: string;
  readonly height: number;
  readonly txId: string;
  readonly bodyIndex: number;
}

export interface WarningRow {
  readonly code: string;
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** One event (or one error declaration) as first captured. */
export interface EpcisEventRow {
  /** `<event hash>` for the event, `<event hash>-error` for an error declaration. */
  readonly event_key: string;
  /** Hex, 64 digits. */
  readonly event_hash: string;
  readonly record: RecordKind;
  readonly height: number;
  readonly tx_index: number;
  readonly body_index: number;
  readonly tx_id: string;
  /** Account that signed first. */
  readonly signer: string;
  /** 1 public, 2 partners, 3 own: what its signer said last (rule DISCLOSURE). Everything that is shown goes by this. */
  readonly visibility: number;
  /** The same as the body was captured with: what the signed bytes say. */
  readonly captured_visibility: number;
  /** The event's bytes as captured. */
  readonly content: Uint8Array;
  /** The `@context` bytes that go with it; null when the event has its own. */
  readonly context: Uint8Array | null;
  readonly type: string;
  readonly action: string | null;
  readonly event_time: number;
  /** Block time. */
  readonly record_time: number;
  readonly event_id: string | null;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly biz_location: string | null;
  readonly read_point: string | null;
  readonly transformation_id: string | null;
  readonly error_declaration_time: number | null;
  readonly error_reason: string | null;
  /** True on an event that one of its own signers declared wrong later. */
  readonly declared_in_error: boolean;
  readonly warnings: readonly WarningRow[];
  /** First signer included; at most 16 are kept. */
  readonly witnesses: readonly Witness[];
  /** How many captures there were. */
  readonly witness_count: number;
}

/** One change of who may see a record; the last one by height, transaction and body holds. */
export interface VisibilityChangeRow {
  readonly event_key: string;
  readonly height: number;
  readonly tx_index: number;
  readonly body_index: number;
  readonly tx_id: string;
  readonly signer: string;
  /** 1 public, 2 partners, 3 own. */
  readonly visibility: number;
  /** Block time. */
  readonly changed_at: number;
  /** The body's content as signed. */
  readonly content: Uint8Array;
}

export interface EventItemRow {
  readonly event_key: string;
  /** Position among the event's items. */
  readonly ordinal: number;
  /** Canonical id. */
  readonly item: string;
  readonly role: string;
  readonly is_instance: boolean;
  readonly implied: boolean;
  readonly quantity: string | null;
  readonly uom: string | null;
  /** GTIN (14 digits) of the item's class, where it has one. */
  readonly gtin: string | null;
  readonly event_time: number;
}

export interface ItemRow {
  /** Canonical id. */
  readonly id: string;
  readonly is_instance: boolean;
  readonly gtin: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly first_event_time: number;
  readonly last_event_time: number;
  /** Disposition of the event with the latest event time. */
  readonly disposition: string | null;
  readonly biz_step: string | null;
  readonly biz_location: string | null;
  readonly last_event_key: string;
}

export type TraceEdgeKind = 'contain' | 'member';

/**
 * `contain`: `child` lay in `parent` from `from_time` until `until_time`. `member`: unit `child` belongs to lot `parent`.
 * A `release` row keeps an unpacking, so that a packing captured later still finds its end; `child` is '' for "all".
 */
export interface TraceEdgeRow {
  readonly event_key: string;
  readonly kind: TraceEdgeKind | 'release';
  readonly parent: string;
  readonly child: string;
  readonly from_time: number;
  /** Null: still so. */
  readonly until_time: number | null;
  /** The event that ended it. */
  readonly until_event_key: string | null;
  readonly quantity: string | null;
  readonly uom: string | null;
}

export interface PartyNamedRow {
  readonly event_key: string;
  readonly party: string;
  readonly role: string;
  readonly direction: string;
  /** The account that registered the company prefix of this party or place; null: nobody. */
  readonly account: string | null;
}

export interface MasterDataRow {
  /** Canonical id. */
  readonly id: string;
  readonly signer: string;
  /** Vocabulary type, `urn:epcglobal:epcis:vtype:EPCClass` and the like. */
  readonly vocabulary: string;
  /** `own`: the signer speaks for this id (rule NAMES); `asserted`: somebody else does. */
  readonly standing: 'own' | 'asserted';
  readonly element: unknown;
  /** The body's content as signed: `{"type": ..., "element": ...}`. */
  readonly content: Uint8Array;
  /** The `@context` bytes that go with it; null: none. */
  readonly context: Uint8Array | null;
  readonly visibility: number;
  readonly height: number;
  readonly tx_id: string;
  readonly body_index: number;
}

export interface NameRow {
  readonly id: string;
  readonly signer: string;
  /** BCP 47, lower case; '' when the document does not say. */
  readonly lang: string;
  readonly text: string;
  readonly standing: 'own' | 'asserted';
  readonly height: number;
  readonly tx_id: string;
  readonly body_index: number;
}

export interface NameTokenRow {
  readonly id: string;
  readonly signer: string;
  /** Lower case; see `nameTokens`. */
  readonly token: string;
}

export interface SerialisedProductRow {
  readonly gtin: string;
  readonly enabled: boolean;
  readonly account: string;
  readonly since_height: number;
  readonly since_time: number;
}
