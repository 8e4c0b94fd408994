import { assembleCertificate } from '../certificates/quorum.js';
import type { CommitCertificate } from '../certificates/certificate.js';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import type { LbftConfig } from '../lbft/config.js';
import type { Effect } from '../lbft/effects.js';
import type { ClockReading, EvaluationOutcome, Input } from '../lbft/inputs.js';
import type { BlockRef } from '../lbft/messages.js';
import type { LbftSummary, LogRecord } from '../lbft/state.js';
import type { ConsensusEngine, EngineFactory } from './consensus-engine.js';

/** How soon a block is asked for again that could not be built. */
const RETRY_MS = 10;

/**
 * One signer, no network: each block is built, judged and certified at once by a COMMIT certificate of a committee of one, the same format and checked by the same code as any. For
 * ledgers inside a test's process. It keeps R0 and R8: one COMMIT a view, durable before the block is delivered.
 *
 * @throws RangeError when the committee is not of one.
 */
export const solo: EngineFactory = (config, records) => new Solo(config, records);

/** IDLE waits for work or the slot. The others wait for the host's answer. */
type Phase =
  | { readonly kind: 'IDLE' }
  | { readonly kind: 'BUILDING' }
  | { readonly kind: 'JUDGING'; readonly block: BlockRef }
  | { readonly kind: 'SIGNING'; readonly block: BlockRef };

class Solo implements ConsensusEngine {
  readonly #config: LbftConfig;
  readonly #blocks = new Map<string, BlockRef>();
  #tip: BlockRef;
  #certificate: CommitCertificate | null = null;
  #view: number;
  #phase: Phase = { kind: 'IDLE' };
  #oldestWorkMs: number | null = null;
  #enteredAtMs = 0;
  #enteredWallMs = 0;
  #notBeforeMs = 0;
  #timerAtMs: number | null = null;
  /** A COMMIT of the last run whose block was not delivered any more. */
  #unfinished: SignedVote | null = null;

  constructor(config: LbftConfig, records: readonly LogRecord[]) {
    if (config.committeeSize !== 1 || config.self !== 0)
      throw new RangeError('solo is an engine for a committee of one');
    this.#config = config;
    this.#tip = config.genesis;
    for (const record of records)
      if (record.kind === 'DELIVERED' && record.block.height > this.#tip.height) this.#tip = record.block;
    for (const record of records)
      if (record.kind === 'BLOCK' || record.kind === 'OWN_PROPOSAL') this.#blocks.set(record.block.hash, record.block);
    this.#view = this.#tip.view + 1;
    for (const record of records) this.#recall(record);
  }

  #recall(record: LogRecord): void {
    if (record.kind === 'FLOOR') this.#view = Math.max(this.#view, record.view + 1);
    if (
      record.kind === 'CERTIFICATE' &&
      record.certificate.kind === 'C' &&
      record.certificate.blockHash === this.#tip.hash
    )
      this.#certificate = record.certificate;
    if (record.kind !== 'OWN_VOTE' || record.vote.vote.view <= this.#tip.view) return;
    this.#view = Math.max(this.#view, record.vote.vote.view + 1);
    const { vote } = record.vote;
    if (vote.type === VoteType.COMMIT && this.#blocks.get(vote.blockHash)?.parentHash === this.#tip.hash)
      this.#unfinished = record.vote;
  }

  step(input: Input): { readonly effects: readonly Effect[]; readonly ignored?: string } {
    const effects: Effect[] = [];
    const ignored = this.#take(input, effects);
    if (this.#phase.kind === 'IDLE') this.#propose(input.clock, effects);
    return ignored === undefined ? { effects } : { effects, ignored };
  }

  summary(): LbftSummary {
    return {
      epoch: this.#config.epoch,
      view: this.#view,
      leader: 0,
      floor: this.#tip.view,
      finalView: this.#tip.view,
      finalHeight: this.#tip.height,
      deliveredHeight: this.#tip.height,
      quarantined: false,
      halted: false,
      guarded: false,
      lastCommitCertificate: this.#certificate,
      bufferedMessages: 0,
    };
  }

  #take(input: Input, effects: Effect[]): string | undefined {
    switch (input.kind) {
      case 'START':
        this.#enter(input.clock);
        if (this.#unfinished !== null) this.#certify(this.#unfinished, input.clock, effects);
        return undefined;
      case 'WORK':
        this.#oldestWorkMs = input.oldestMonotonicMs;
        return undefined;
      case 'TIMER':
        this.#timerAtMs = null;
        return undefined;
      case 'PROPOSAL_BUILT':
        return this.#onBuilt(input.view, input.block, input.clock, effects);
      case 'PROPOSAL_EVALUATED':
        return this.#onJudged(input.blockHash, input.outcome, input.clock, effects);
      case 'SIGNED':
        if (this.#phase.kind !== 'SIGNING') return 'no signature awaited';
        this.#certify(input.vote, input.clock, effects);
        return undefined;
      case 'SIGNING_REFUSED':
        // The view is spent; the next one is free.
        this.#view += 1;
        this.#phase = { kind: 'IDLE' };
        return `the sign-state refused: ${input.code}`;
      case 'MESSAGE':
      case 'SESSION_OPENED':
      case 'BLOCK_DURABLE':
      case 'HEADER_KNOWN':
      case 'QUARANTINE':
      case 'QUARANTINE_LEFT':
      case 'CAUGHT_UP':
        return 'not for a committee of one';
    }
  }

  #enter(clock: ClockReading): void {
    this.#enteredAtMs = clock.monotonicMs;
    this.#enteredWallMs = clock.wallMs;
  }

  /** R2's pacing: minBlockMs after the parent when work waits or the parent carries transactions, else with the slot. */
  #propose(clock: ClockReading, effects: Effect[]): void {
    const { minBlockMs, slotMs } = this.#config.parameters;
    const after = (paceMs: number): number =>
      this.#enteredAtMs + Math.min(paceMs, Math.max(0, this.#tip.timeMs + paceMs - this.#enteredWallMs));
    const hurried =
      this.#tip.txCount > 0
        ? after(minBlockMs)
        : this.#oldestWorkMs === null
          ? after(slotMs)
          : Math.max(after(minBlockMs), this.#oldestWorkMs);
    const due = Math.max(this.#notBeforeMs, Math.min(hurried, after(slotMs)));
    if (due > clock.monotonicMs) {
      if (due !== this.#timerAtMs) effects.push({ kind: 'SET_TIMER', timer: 'PROPOSE', atMonotonicMs: due });
      this.#timerAtMs = due;
      return;
    }
    this.#phase = { kind: 'BUILDING' };
    effects.push({
      kind: 'BUILD_PROPOSAL',
      view: this.#view,
      parent: this.#tip,
      certificates: this.#certificate === null ? [] : [this.#certificate],
      timeMs: Math.max(clock.wallMs, this.#tip.timeMs + 1),
      empty: false,
    });
  }

  #onBuilt(view: number, block: BlockRef | null, clock: ClockReading, effects: Effect[]): string | undefined {
    if (this.#phase.kind !== 'BUILDING' || view !== this.#view) return 'not asked for';
    if (block === null) {
      this.#retry(clock);
      return undefined;
    }
    this.#phase = { kind: 'JUDGING', block };
    effects.push({ kind: 'EVALUATE_PROPOSAL', view, block, parent: this.#tip });
    return undefined;
  }

  #onJudged(blockHash: string, outcome: EvaluationOutcome, clock: ClockReading, effects: Effect[]): string | undefined {
    if (this.#phase.kind !== 'JUDGING' || this.#phase.block.hash !== blockHash) return 'not asked for';
    const { block } = this.#phase;
    switch (outcome) {
      case 'VALID':
        this.#phase = { kind: 'SIGNING', block };
        effects.push({
          kind: 'SIGN',
          vote: { type: VoteType.COMMIT, epoch: this.#config.epoch, view: block.view, blockHash },
          rest: { block, certificates: [] },
        });
        return undefined;
      case 'NOT_YET':
      case 'DETACHED':
        return 'not yet';
      case 'ILLICIT':
        this.#retry(clock);
        return 'the own block breaks a rule: built anew';
      case 'DIVERGENT':
        throw new Error('the own block diverges from the own state');
    }
  }

  #retry(clock: ClockReading): void {
    this.#phase = { kind: 'IDLE' };
    this.#notBeforeMs = clock.monotonicMs + RETRY_MS;
  }

  #certify(signed: SignedVote, clock: ClockReading, effects: Effect[]): void {
    const certificate = assembleCertificate([signed], 1);
    const block =
      this.#phase.kind === 'SIGNING'
        ? this.#phase.block
        : certificate?.kind === 'C'
          ? this.#blocks.get(certificate.blockHash)
          : undefined;
    if (certificate?.kind !== 'C' || block?.hash !== certificate.blockHash)
      throw new Error('solo signs COMMIT for its own block only');
    this.#tip = block;
    this.#certificate = certificate;
    this.#view = Math.max(this.#view, block.view + 1);
    this.#phase = { kind: 'IDLE' };
    this.#unfinished = null;
    this.#blocks.clear();
    this.#enter(clock);
    effects.push(
      { kind: 'APPEND_CERTIFICATE', certificate, block },
      { kind: 'RAISE_FLOOR', epoch: certificate.epoch, view: certificate.view },
      { kind: 'PUBLISH', message: { kind: 'VALIDATE', certificate, block }, to: [], observers: true },
      { kind: 'DELIVER', blocks: [block], certificate },
      { kind: 'PRUNE', throughView: certificate.view },
    );
  }
}
