/** What a check of many records says of each one, in a shape that does not depend on where the proof came from. */
import type { EvidenceCode, Defect, Facts, KnownOrganisation, Names, VerifiedAnchor } from './verdict.js';
import type { RangeCode } from './range-verdict.js';

/**
 * `accepted`: proven, and the ledger accepted it. `refused`: proven, and the ledger refused it. `wrong`: what was handed
 * over as proof does not hold; whatever else the finding says of the record is a claim.
 */
export type RecordOutcome = 'accepted' | 'refused' | 'wrong';

export interface RecordFinding {
  readonly outcome: RecordOutcome;
  /** Hex; undefined where not even that can be read. */
  readonly txId: string | undefined;
  /** From 0; undefined for what concerns a whole transaction or block. */
  readonly bodyIndex: number | undefined;
  readonly height: number | undefined;
  /** Time of the block, milliseconds since 1970; that of the next block where only its header is at hand. */
  readonly timeMs: number | undefined;
  /** Account that signed, or claims to have. */
  readonly sender: string | undefined;
  readonly senderNames: Names | undefined;
  readonly kind: string | undefined;
  /** The content as JSON; undefined where it is none. */
  readonly value: unknown;
  /** Why the ledger refused it (`refused`). */
  readonly refusal: { readonly code: string; readonly pointer: string } | undefined;
  /** Why the proof does not hold (`wrong`). */
  readonly defect:
    { readonly code: EvidenceCode | RangeCode; readonly where: string; readonly facts: Facts } | undefined;
}

/** A file or a piece of a range whose foundation holds, so that its parts can be checked one by one. */
export interface Examination {
  readonly ok: true;
  readonly chainId: string;
  readonly anchor: VerifiedAnchor;
  readonly organisations: readonly KnownOrganisation[];
  /** Parts to check: transactions of an evidence file, blocks of a range. */
  readonly parts: number;
  /** Records in the part, before it is checked. */
  recordsOf(part: number): number;
  /** Checks one part; a defect in it says nothing of the others. */
  check(part: number): readonly RecordFinding[];
}

export type ExaminationOf<Code extends string> = Examination | Defect<Code>;

/** A finding about something whose parts cannot be told apart. */
export const wrong = (
  defect: NonNullable<RecordFinding['defect']>,
  known: Partial<Omit<RecordFinding, 'outcome' | 'defect' | 'refusal'>> = {},
): RecordFinding => ({
  txId: undefined,
  bodyIndex: undefined,
  height: undefined,
  timeMs: undefined,
  sender: undefined,
  senderNames: undefined,
  kind: undefined,
  value: undefined,
  ...known,
  outcome: 'wrong',
  refusal: undefined,
  defect,
});
