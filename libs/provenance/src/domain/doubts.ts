import type { EventFacts } from './event-facts.js';
import { identify } from './identity.js';

/** Something that does not add up; it never refuses. */
export interface Doubt {
  readonly code: string;
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

const perCodeMax = 5;
const inAllMax = 40;

/** Collects doubts, each said once, so that a large event cannot make a large receipt. */
export class DoubtList {
  readonly #kept: Doubt[] = [];
  #counts: Map<string, number> | undefined;
  #said: Set<string> | undefined;
  #leftOut = 0;

  add(code: string, pointer: string, facts: Readonly<Record<string, string>> = {}): void {
    const sentence = `${code} ${facts['id'] ?? pointer}`;
    this.#counts ??= new Map();
    this.#said ??= new Set();
    if (this.#said.has(sentence)) return;
    this.#said.add(sentence);
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > perCodeMax || this.#kept.length >= inAllMax) this.#leftOut += 1;
    else this.#kept.push({ code, pointer, facts });
  }

  /** In the order found; the last one counts those left out. */
  list(): readonly Doubt[] {
    if (this.#leftOut === 0) return this.#kept;
    return [...this.#kept, { code: 'PROVENANCE_MORE_WARNINGS', pointer: '', facts: { count: String(this.#leftOut) } }];
  }
}

/** CBV 2.0, 8.9: an event ID is a UUID URN, an event hash, or another URI. */
const USUAL_EVENT_ID =
  /^(?:urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.\d|https?:\/\/.+)$/i;

/** True for an eventID in one of the forms of CBV 2.0, 8.9. */
export function isUsualEventId(eventID: string): boolean {
  return USUAL_EVENT_ID.test(eventID);
}

/** What is odd about the event by itself, without looking at the ledger. */
export function addOwnDoubts(facts: EventFacts, doubts: DoubtList): void {
  if (facts.eventID !== undefined && !isUsualEventId(facts.eventID))
    doubts.add('PROVENANCE_EVENT_ID_UNUSUAL', '/eventID', { eventID: facts.eventID });
  for (const { id, isOdd, pointer } of facts.items) {
    const doubt = isOdd === true ? identify(id).doubt : undefined;
    if (doubt !== undefined) doubts.add(doubt.code, pointer, { id, ...doubt.facts });
  }
}
