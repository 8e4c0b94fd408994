/** The check itself, without a browser: evidence in, verdict out. */
import { verifyEvidence, type TrustRoot, type VerifiedEvidence } from '@waymark/light-client';
import { publicRecords, type SeenRecord } from '@waymark/provenance/trace';
import type { CheckState } from './check-state.js';
import { CURRENT_MS } from './check-state.js';
import { pageHashing } from './page-hashing.js';
import type { PageStory } from './page-story.js';
import { tellPageStory } from './tell-page-story.js';

export interface CheckInput {
  /** Canonical id of what was scanned, from the address of the page. */
  readonly subject: string;
  readonly evidence: unknown;
  readonly trust: TrustRoot;
  readonly nowMs: number;
  /**
   * Compares what the page shows with what the verified records say. Gives undefined when they agree, else the keys of the
   * steps that are wrong, and the first place where they part.
   */
  readonly compare: (story: PageStory) => StoryDifference | undefined;
}

export interface StoryDifference {
  readonly steps: readonly string[];
  readonly shown: string;
  readonly signed: string;
}

/** Verifies, tells the story from what was verified, compares. Only a full agreement gives `checked`. */
export function checkItem({ subject, evidence, trust, nowMs, compare }: CheckInput): CheckState {
  const verdict = verifyEvidence(evidence, trust, { nowMs });
  if (!verdict.ok)
    return { state: 'refused', reason: verdict.code, where: verdict.where, facts: verdict.facts, steps: [] };
  const story = storyOf(subject, verdict);
  if (story === undefined)
    return { state: 'refused', reason: 'ITEM_MISSING', where: '', facts: { item: subject }, steps: [] };
  const difference = compare(story);
  if (difference !== undefined)
    return {
      state: 'refused',
      reason: 'STORY_DIFFERS',
      where: '',
      facts: { shown: difference.shown, signed: difference.signed },
      steps: difference.steps,
    };
  return {
    state: 'checked',
    anchor: verdict.anchor,
    current: nowMs - verdict.anchor.timeMs <= CURRENT_MS,
    records: verdict.records.length,
    chainId: verdict.chainId,
  };
}

const visibilityNumbers = { public: 1, partners: 2, own: 3 } as const;

/**
 * The story that verified public records tell. A record counts as public by its own signed bytes or by a later record of its
 * signer that opened it, which must be in the file too; one that its signer closed since is not told.
 */
export function storyOf(subject: string, evidence: VerifiedEvidence): PageStory | undefined {
  const seen: SeenRecord[] = [];
  const organisations = Object.fromEntries(
    evidence.organisations.map(({ account, names, companyPrefixes }) => [account, { ...names, companyPrefixes }]),
  );
  for (const { txId, bodyIndex, height, kind, sender, bytes, contextBytes, visibility } of evidence.records) {
    if (kind !== 'epcis.event' && kind !== 'epcis.masterdata' && kind !== 'provenance.visibility') continue;
    seen.push({
      visibility: visibilityNumbers[visibility],
      record: {
        txId,
        bodyIndex,
        height,
        kind,
        sender,
        content: bytes,
        ...(contextBytes === undefined ? {} : { context: contextBytes }),
      },
    });
  }
  return tellPageStory(subject, publicRecords(seen, pageHashing), organisations);
}
