/** A dry run from the words of a request to the words of its answer; the same in whatever thread it is done. */
import { decodeBody, ReceiptStatus, type BodyInput, type Refusal } from '@waymark/ledger/chain';
import { parseBase64 } from '@waymark/ledger/primitives';
import type { DryRunResult, Runtime } from '@waymark/ledger/runtime';
import type { StateReader } from '@waymark/ledger/state';

export interface DryRunRequest {
  readonly sender: string;
  /** Keys that will sign, lower-case hex; left out: permissions are not asked. */
  readonly signers?: readonly string[] | undefined;
  /** Bodies in base64: they are read where the judge sits. */
  readonly transactions: readonly { readonly bodies: readonly string[]; readonly proceed: boolean }[];
}

export interface DryRunOutcome extends Pick<DryRunResult, 'failures' | 'warnings'> {
  readonly status: 'ACCEPTED' | 'PARTIAL' | 'REFUSED';
}

export type DryRunAnswer =
  | { readonly kind: 'judged'; readonly results: readonly DryRunOutcome[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The request itself is wrong; `why` is for people. */
  | { readonly kind: 'malformed'; readonly why: string };

/** On which state, and as if at what height and time. */
export interface DryRunPlace {
  readonly state: StateReader;
  readonly height: number;
  /** Wall clock, milliseconds. */
  readonly timeMs: number;
}

/** Who judges dry runs. Rejects with {@link StateGone} when the state went away meanwhile, and on a fault of ours. */
export interface DryRunJudge {
  judge(request: DryRunRequest, place: DryRunPlace, signal: AbortSignal): Promise<DryRunAnswer>;
  close(): Promise<void>;
}

/** The block on whose state the dry run was is on a branch that was given up. */
export class StateGone extends Error {
  override readonly name = 'StateGone';
}

/** Judges at once, on the thread that calls. */
export function dryRun(
  runtime: Pick<Runtime, 'dryRun'>,
  { sender, signers, transactions }: DryRunRequest,
  { state, height, timeMs }: DryRunPlace,
): DryRunAnswer {
  const inputs: { proceed: boolean; bodies: BodyInput[] }[] = [];
  for (const [at, { bodies: texts, proceed }] of transactions.entries()) {
    const bodies: BodyInput[] = [];
    for (const [index, text] of texts.entries()) {
      const bytes = parseBase64(text);
      if (bytes === undefined)
        return { kind: 'malformed', why: `/transactions/${at}/bodies/${index}: not padded base64` };
      const decoded = decodeBody(bytes);
      if (!decoded.ok)
        return { kind: 'malformed', why: `/transactions/${at}/bodies/${index}: ${decoded.refusal.code}` };
      bodies.push(decoded.value);
    }
    inputs.push({ proceed, bodies });
  }
  const input = { sender, transactions: inputs, ...(signers === undefined ? {} : { signers }) };
  const answer = runtime.dryRun(state, input, height, timeMs);
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  return {
    kind: 'judged',
    results: answer.results.map(({ status, failures, warnings }) => ({
      status: statusName(status),
      failures,
      warnings,
    })),
  };
}

/** Judges on the thread of the node. For modules that no other thread can load, and for a node that runs from its sources. */
export function inThreadJudge(runtime: Pick<Runtime, 'dryRun'>): DryRunJudge {
  return {
    judge: async (request, place) => dryRun(runtime, request, place),
    close: async () => undefined,
  };
}

function statusName(status: ReceiptStatus): DryRunOutcome['status'] {
  switch (status) {
    case ReceiptStatus.ACCEPTED:
      return 'ACCEPTED';
    case ReceiptStatus.PARTIAL:
      return 'PARTIAL';
    case ReceiptStatus.REFUSED:
      return 'REFUSED';
  }
}
