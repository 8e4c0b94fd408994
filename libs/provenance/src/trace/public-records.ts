import type { Hashing } from '@waymark/epcis/hash';
import { eventKeyOf } from '../domain/derive-facts.js';
import { decodeVisibility, visibilityWords } from '../module/decoded-bodies.js';
import { factsOf } from './record-facts.js';
import type { StoryRecord } from './story-record.js';

const isPublic = visibilityWords.public;

/** A signed record with the visibility that its own bytes carry: 1 public, 2 partners, 3 own. */
export interface SeenRecord {
  readonly record: StoryRecord;
  readonly visibility: number;
}

interface Change {
  readonly height: number;
  readonly visibility: number;
}

/** Of two changes the later one; of one block the one that shows less, since its order is not told. */
const later = (a: Change | undefined, b: Change): Change =>
  a === undefined || b.height > a.height || (b.height === a.height && b.visibility > a.visibility) ? b : a;

/**
 * The records that are for everybody, out of verified ones: those whose signed bytes say so, and those that a later record of
 * their signer opened (rule DISCLOSURE), without those that one closed. The changes themselves stay in: they tell no story.
 * Every record must be one that the ledger accepted. What it proves: a record that is shown is its signer's, and its signer opened
 * it to everybody at some time; nobody can prove by a file alone that it was not closed since, because a file can leave that out.
 */
export function publicRecords(seen: readonly SeenRecord[], hashing: Hashing): readonly StoryRecord[] {
  const changes = new Map<string, Change>();
  for (const { record } of seen) {
    if (record.kind !== 'provenance.visibility') continue;
    const decoded = decodeVisibility(record);
    if (!decoded.ok) continue;
    const { eventKey, visibility } = decoded.value;
    changes.set(
      eventKey,
      later(changes.get(eventKey), { height: record.height, visibility: visibilityWords[visibility] }),
    );
  }
  return seen.flatMap(({ record, visibility }) => {
    if (record.kind === 'provenance.visibility') return [record];
    const change = record.kind === 'epcis.event' && changes.size > 0 ? changeOf(record, changes, hashing) : undefined;
    return (change?.visibility ?? visibility) === isPublic ? [record] : [];
  });
}

function changeOf(record: StoryRecord, changes: ReadonlyMap<string, Change>, hashing: Hashing): Change | undefined {
  const facts = factsOf(record, hashing);
  return facts === undefined ? undefined : changes.get(eventKeyOf(facts));
}
