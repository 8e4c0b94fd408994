import type { Action, EpcisEventType } from '@waymark/epcis/model';

/** Is this the event, or a later statement that it was wrong? Both carry the same event hash. */
export type RecordKind = 'event' | 'errorDeclaration';

/** What an item is to an event. `transformation` is a transformationID that ties several TransformationEvents together. */
export type ItemRole = 'object' | 'input' | 'output' | 'parent' | 'child' | 'transformation';

/** The GS1 key inside an identifier, values decoded. */
export interface Gs1Identity {
  /** Application identifier of the key: `01` GTIN, `00` SSCC, `414` GLN ... */
  readonly key: string;
  readonly value: string;
  /** The digits from where the company prefix begins. */
  readonly fromPrefix: string;
  readonly gtin?: string;
  readonly lot?: string;
  readonly serial?: string;
}

/** One identifier that an event names, in one role. */
export interface ItemFact {
  /** Canonical id (`@waymark/epcis/gs1`, `canonicalId`). */
  readonly id: string;
  readonly role: ItemRole;
  /** RFC 6901 pointer into the event. */
  readonly pointer: string;
  /** One physical thing (SGTIN, SSCC ...), not a class or lot. */
  readonly isInstance: boolean;
  readonly gs1?: Gs1Identity;
  /** Exact decimal, only for classes and lots; absent when the event does not say how much. */
  readonly quantity?: string;
  /** UN/CEFACT Rec 20 code; absent with a quantity: a count of instances. */
  readonly uom?: string;
  /** True when the event does not list this item but implies it (the lot of its units, rule TIE in docs/protocol/provenance.md). */
  readonly implied: boolean;
  /** Its identifier is odd (`identify(id).doubt`). */
  readonly isOdd?: true;
}

/** A unit that belongs to a lot, as this event says (rule TIE). */
export interface LotTie {
  readonly lot: string;
  readonly unit: string;
}

export type PartyRole =
  | 'owning_party'
  | 'possessing_party'
  | 'location'
  | 'informationProvider'
  | 'productOwner'
  | 'bizLocation'
  | 'readPoint'
  | 'other';

/** Somebody, or somebody's place, that the event names. */
export interface PartyFact {
  /** Canonical id of the party or place. */
  readonly id: string;
  readonly role: PartyRole;
  readonly direction: 'source' | 'destination' | 'none';
}

/** Everything that Waymark reads out of an event: the one reading for ledger, API and pages. */
export interface EventFacts {
  /** Hex of the CBV 2.0 event hash, 64 digits. */
  readonly eventHash: string;
  readonly record: RecordKind;
  readonly type: EpcisEventType;
  /** Absent for a TransformationEvent. */
  readonly action?: Action;
  /** Milliseconds since 1970. */
  readonly eventTimeMs: number;
  readonly eventTimeZoneOffset: string;
  /** As given, at most 512 bytes. */
  readonly eventID?: string;
  /** CBV short name (`shipping`), or the URI where it is none of CBV's. */
  readonly bizStep?: string;
  /** CBV short name (`in_transit`), or the URI. */
  readonly disposition?: string;
  /** Canonical id. */
  readonly bizLocation?: string;
  /** Canonical id. */
  readonly readPoint?: string;
  /** In the order of the event; implied items last. */
  readonly items: readonly ItemFact[];
  /** AggregationEvent or AssociationEvent DELETE without children: everything comes out of the parent (EPCIS 2.0, 7.4.3). */
  readonly releasesAll: boolean;
  readonly ties: readonly LotTie[];
  readonly parties: readonly PartyFact[];
  readonly transformationID?: string;
  readonly hasIlmd: boolean;
  readonly errorDeclaration?: {
    readonly declarationTimeMs: number;
    readonly reason?: string;
    readonly correctiveEventIDs: readonly string[];
  };
}
