/** Ledger events of provenance: JSON with keys in the order declared here. */
import type { RecordKind } from '../domain/event-facts.js';
import type { VisibilityWord } from './decoded-bodies.js';

export const ledgerEventTypes = {
  captured: 'provenance.captured',
  witnessed: 'provenance.witnessed',
  masterdata: 'provenance.masterdata',
  serialisation: 'provenance.serialisation',
  visibilityChanged: 'provenance.visibility.changed',
} as const;

export interface WarningContent {
  readonly code: string;
  /** RFC 6901 pointer into the body's content. */
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** `provenance.captured`: an event, or an error declaration, that the ledger did not know. */
export interface CapturedContent {
  /** Hex, 64 digits. */
  readonly eventHash: string;
  readonly kind: RecordKind;
  /** Accounts whose registered company prefix stands in a party or place that the event names: [party id, account], in order, distinct. */
  readonly named: readonly (readonly [party: string, account: string])[];
  /** Only for an error declaration: is the declarer one of the event's own signers? */
  readonly byOwnSigner?: boolean;
  readonly warnings: readonly WarningContent[];
}

/** `provenance.witnessed`: the same event again; it has no further effect. */
export interface WitnessedContent {
  readonly eventHash: string;
  readonly kind: RecordKind;
  /** Where it was captured first. */
  readonly firstHeight: number;
  /** How many captures there are now, this one included. */
  readonly witnesses: number;
  /** True when this account had captured it before. */
  readonly again: boolean;
}

/** `provenance.masterdata` */
export interface MasterdataContent {
  readonly type: string;
  /** Canonical id. */
  readonly id: string;
  readonly standing: 'own' | 'asserted';
  readonly warnings: readonly WarningContent[];
}

/** `provenance.serialisation` */
export interface SerialisationContent {
  /** 14 digits. */
  readonly gtin: string;
  readonly enabled: boolean;
}

/** `provenance.visibility.changed`: who may see a record from now on. */
export interface VisibilityChangedContent {
  /** `<event hash>`, with `-error` for an error declaration. */
  readonly eventKey: string;
  readonly visibility: VisibilityWord;
}
