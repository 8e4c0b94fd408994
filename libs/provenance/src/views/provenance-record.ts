/** One reading of a ledger event for all views: what the ledger said, and the facts of the body it came from. */
import { isJsonObject } from '@waymark/epcis/model';
import type { VocabularyElement } from '@waymark/epcis/model';
import { fromUtf8 } from '@waymark/ledger/primitives';
import { eventKeyOf } from '../domain/derive-facts.js';
import type { EventFacts } from '../domain/event-facts.js';
import { decodeEvent, decodeMasterdata } from '../module/decoded-bodies.js';
import { ledgerEventTypes } from '../module/ledger-events.js';
import type {
  CapturedContent,
  MasterdataContent,
  SerialisationContent,
  VisibilityChangedContent,
  WitnessedContent,
} from '../module/ledger-events.js';
import type { FoldInput } from './view.js';

export type ProvenanceRecord =
  | {
      readonly type: 'captured';
      readonly content: CapturedContent;
      readonly facts: EventFacts;
      readonly eventKey: string;
    }
  | { readonly type: 'witnessed'; readonly content: WitnessedContent; readonly eventKey: string }
  | { readonly type: 'masterdata'; readonly content: MasterdataContent; readonly element: VocabularyElement }
  | { readonly type: 'serialisation'; readonly content: SerialisationContent }
  | { readonly type: 'visibilityChanged'; readonly content: VisibilityChangedContent };

const known = new WeakMap<FoldInput, ProvenanceRecord>();

function read(input: FoldInput): ProvenanceRecord | undefined {
  const content = () => JSON.parse(fromUtf8(input.ledgerEvent.content)) as unknown;
  switch (input.ledgerEvent.type) {
    case ledgerEventTypes.captured: {
      const captured = content() as CapturedContent;
      const decoded = decodeEvent(input.body);
      if (!decoded.ok) throw new Error(`an accepted event cannot be read: ${decoded.refusal.code}`);
      const facts = { ...decoded.value.facts, eventHash: captured.eventHash };
      return { type: 'captured', content: captured, facts, eventKey: eventKeyOf(facts) };
    }
    case ledgerEventTypes.witnessed: {
      const witnessed = content() as WitnessedContent;
      return {
        type: 'witnessed',
        content: witnessed,
        eventKey: eventKeyOf({ eventHash: witnessed.eventHash, record: witnessed.kind }),
      };
    }
    case ledgerEventTypes.masterdata: {
      const decoded = decodeMasterdata(input.body);
      if (!decoded.ok || !isJsonObject(decoded.value.element)) throw new Error('an accepted element cannot be read');
      return { type: 'masterdata', content: content() as MasterdataContent, element: decoded.value.element };
    }
    case ledgerEventTypes.serialisation:
      return { type: 'serialisation', content: content() as SerialisationContent };
    case ledgerEventTypes.visibilityChanged:
      return { type: 'visibilityChanged', content: content() as VisibilityChangedContent };
    default:
      return undefined;
  }
}

/**
 * What this ledger event says; undefined where it is not of provenance.
 * @throws Error when the ledger accepted what cannot be read: our invariant is broken.
 */
export function recordOf(input: FoldInput): ProvenanceRecord | undefined {
  const before = known.get(input);
  if (before !== undefined) return before;
  const record = read(input);
  if (record !== undefined) known.set(input, record);
  return record;
}

/** True when this event is an error declaration that counts: its declarer signed the event itself first. */
export function isRetraction(record: ProvenanceRecord): boolean {
  return (
    record.type === 'captured' && record.content.kind === 'errorDeclaration' && record.content.byOwnSigner === true
  );
}

/** Distinct values for a look-up. */
export class DistinctValues {
  readonly #values = new Map<string, readonly string[]>();
  add(...value: readonly string[]): void {
    this.#values.set(JSON.stringify(value), value);
  }
  list(): readonly (readonly string[])[] {
    return [...this.#values.values()];
  }
}
