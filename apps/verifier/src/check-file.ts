import {
  examineEvidence,
  examineRange,
  jsonOf,
  type Defect,
  type EvidenceCode,
  type Examination,
  type RangeCode,
  type RangeExamination,
  type RecordFinding,
  type TrustRoot,
  type VerifiedAnchor,
} from '@waymark/light-client';

export type FileKind = 'item' | 'range';

export interface CheckedBasis {
  readonly kind: FileKind;
  readonly chainId: string;
  readonly anchor: VerifiedAnchor;
  /** What the file says it is about; a hint. */
  readonly subject: string | undefined;
  /** First and last block of the range so far. */
  readonly blocks: { readonly from: number; readonly to: number } | undefined;
}

export type CheckStep =
  /** The foundation of a file, or of one more piece of it, holds. */
  | { readonly step: 'basis'; readonly basis: CheckedBasis }
  /** Some records were checked; `share` of the file, from 0 to 1, is done. */
  | { readonly step: 'records'; readonly findings: readonly RecordFinding[]; readonly share: number }
  /** The file, or this piece of it (`line`, from 1), has no foundation: none of its records was checked. */
  | { readonly step: 'defect'; readonly defect: Defect<EvidenceCode | RangeCode>; readonly line: number | undefined };

/**
 * Checks a file of either kind, piece by piece: a generator, so that the caller may show how far it is, and stop.
 *
 * @param text of an evidence file of an item (JSON) or of a range of blocks (one JSON a line); docs/protocol/formats.md 6 and 6a
 */
export function* checkFile(text: string, trust: TrustRoot, nowMs: number): Generator<CheckStep> {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (isRange(body)) yield* checkRange(body, trust, nowMs);
  else yield* checkItem(body, trust, nowMs);
}

/** A range is told by its first line, so that a file cut off in the middle is one too. */
function isRange(text: string): boolean {
  const end = text.indexOf('\n');
  return /"format"\s*:\s*"waymark-range\//.test(text.slice(0, Math.min(end === -1 ? 400 : end, 400)));
}

function* checkItem(text: string, trust: TrustRoot, nowMs: number): Generator<CheckStep> {
  const value = jsonOf(text);
  const examined = examineEvidence(value, trust, { nowMs });
  if (!examined.ok) {
    yield { step: 'defect', defect: examined, line: undefined };
    return;
  }
  const said = (value as { readonly subject?: unknown }).subject;
  const { chainId, anchor } = examined;
  yield {
    step: 'basis',
    basis: { kind: 'item', chainId, anchor, subject: typeof said === 'string' ? said : undefined, blocks: undefined },
  };
  yield* parts(examined, 0, 1);
}

function* checkRange(text: string, trust: TrustRoot, nowMs: number): Generator<CheckStep> {
  let last: RangeExamination | undefined;
  let from: number | undefined;
  let line = 0;
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const piece = text.slice(start, end);
    const [before, after] = [start / text.length, (end + 1) / text.length];
    start = end + 1;
    line += 1;
    if (piece.trim() === '') continue;
    const examined: ReturnType<typeof examineRange> = examineRange(jsonOf(piece), trust, {
      nowMs,
      ...(from !== undefined && { from }),
      ...(last !== undefined && { position: last.position }),
    });
    if (!examined.ok) {
      yield { step: 'defect', defect: examined, line };
      // What follows cannot be tied to what came before; it is still checked by itself.
      last = undefined;
      from = undefined;
      continue;
    }
    from = examined.to + 1;
    last = examined;
    const { chainId, anchor } = examined;
    yield {
      step: 'basis',
      basis: {
        kind: 'range',
        chainId,
        anchor,
        subject: undefined,
        blocks: { from: examined.from, to: examined.to },
      },
    };
    yield* parts(examined, before, Math.min(1, after));
  }
}

function* parts(examined: Examination, before: number, after: number): Generator<CheckStep> {
  for (let part = 0; part < examined.parts; part += 1)
    yield {
      step: 'records',
      findings: examined.check(part),
      share: before + ((after - before) * (part + 1)) / examined.parts,
    };
}
