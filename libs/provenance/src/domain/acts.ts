/** What each event type does to units and lots (EPCIS 2.0, 7.4): one table for the ledger. */
import type { EventFacts, ItemFact } from './event-facts.js';
import type { LotMove } from './lot.js';

/** Steps and dispositions that end a thing, whatever the action (CBV 2.0, 7.1, 7.2). */
const ENDING_STEPS: ReadonlySet<string> = new Set(['decommissioning', 'destroying']);
const ENDING_DISPOSITIONS: ReadonlySet<string> = new Set(['destroyed']);

export type UnitActKind = 'commission' | 'use' | 'hold' | 'end' | 'pack' | 'unpack' | 'seenInside';

/** Does the event bring this item into being? (The "ADD or transformation output".) */
export function isCommissioned(facts: EventFacts, item: ItemFact): boolean {
  if (item.role === 'output') return true;
  return facts.type === 'ObjectEvent' && facts.action === 'ADD' && item.role === 'object';
}

export function unitActOf(facts: EventFacts, item: ItemFact): UnitActKind {
  if (isCommissioned(facts, item)) return 'commission';
  if (item.role === 'input') return 'end';
  if (facts.type === 'AggregationEvent' && item.role === 'child' && facts.items.some(({ role }) => role === 'parent')) {
    if (facts.action === 'ADD') return 'pack';
    return facts.action === 'DELETE' ? 'unpack' : 'seenInside';
  }
  if (item.role === 'parent' && facts.action === 'ADD') return 'hold';
  if (facts.type !== 'ObjectEvent') return 'use';
  const ends =
    facts.action === 'DELETE' ||
    ENDING_STEPS.has(facts.bizStep ?? '') ||
    ENDING_DISPOSITIONS.has(facts.disposition ?? '');
  return ends ? 'end' : 'use';
}

export function lotMoveOf(facts: EventFacts, item: ItemFact): LotMove['move'] {
  const act = unitActOf(facts, item);
  if (act === 'commission') return 'produce';
  if (act === 'end') return 'consume';
  return facts.type === 'ObjectEvent' && facts.bizStep === 'receiving' ? 'receive' : 'see';
}
