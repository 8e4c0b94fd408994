import type { Hashing } from '@waymark/epcis/hash';
import type { EventFacts } from '../domain/event-facts.js';
import { decodeContext, decodeEvent, hashOf } from '../module/decoded-bodies.js';
import type { StoryRecord } from './story-record.js';

/** What an event's signed bytes say; undefined: it is no event that the ledger could have accepted. */
export function factsOf(record: StoryRecord, hashing: Hashing): EventFacts | undefined {
  const decoded = decodeEvent(record);
  if (!decoded.ok) return undefined;
  const context = record.context === undefined ? undefined : decodeContext({ content: record.context });
  if (context?.ok === false) return undefined;
  return { ...decoded.value.facts, eventHash: hashOf(decoded.value.event, context?.value, hashing) };
}
