/**
 * Holds the consensus key and decides what it may still sign (R8), so that no caller has to be trusted with it. Order of
 * one signature (R0): decide, log record, flush, sign-state, flush, and only then the signature leaves this room. Requests
 * that come together share the two flushes.
 */
import type { Hashing } from '@waymark/accel/contract';
import { openNativeSigner, type NativeSigner } from '@waymark/accel/node';
import { voteSignBytes, type SignedVote, type Vote } from '@waymark/consensus/certificates';
import {
  decideSignature,
  encodeLoggedVote,
  LogFrameType,
  mergeRecovery,
  raiseFloor,
  votesOf,
  type LoggedVote,
  type QuarantineCause,
  type SignatureRefusal,
  type SignState,
} from '@waymark/consensus/signing';
import { toHex } from '@waymark/ledger/primitives';
import type { LogDamage, WriteAheadLog } from '../wal/write-ahead-log.js';
import { lockFolder } from './exclusive-lock.js';
import { readSignState, SignStateFiles } from './sign-state-files.js';

export type SigningAnswer =
  | { readonly kind: 'SIGNED'; readonly vote: SignedVote }
  | { readonly kind: 'REFUSED'; readonly vote: Vote; readonly code: SignatureRefusal | 'QUARANTINED' | 'PAUSED' };

export interface SignerOptions {
  readonly dir: string;
  readonly seed: Uint8Array;
  readonly genesisHash: Uint8Array;
  /** Committee index, and proposer index for proposals (null: does not propose). */
  readonly member: number;
  readonly proposer: number | null;
  readonly hashing: Hashing;
  readonly log: WriteAheadLog;
  /** Votes that the log gave back at start, and whether it was damaged. */
  readonly logged: readonly LoggedVote[];
  readonly logDamage: LogDamage;
}

interface Request {
  readonly vote: Vote;
  readonly answer: (answer: SigningAnswer) => void;
  readonly fail: (error: unknown) => void;
}

export class Signer {
  private queue: Request[] = [];
  private working: Promise<void> | null = null;
  private floorWanted = 0;
  private closed = false;
  /** Set while the disk is nearly full: nothing is signed, cleanly. */
  paused = false;

  private constructor(
    private readonly options: SignerOptions,
    private readonly key: NativeSigner,
    private readonly files: SignStateFiles,
    private readonly lock: { release(): Promise<void> },
    private state: SignState,
    /** Why nothing may be signed at start; null when all is well. Lifted by `leaveQuarantine`. */
    private quarantineCause: QuarantineCause | null,
  ) {}

  /** Locks the folder, merges sign-state and log, and writes the merged state to both copies. @throws FolderInUse, DurabilityError */
  static async open(options: SignerOptions): Promise<Signer> {
    const key = openNativeSigner(options.seed);
    const lock = await lockFolder(options.dir);
    try {
      const expected = { keyId: toHex(options.hashing.sha256(key.publicKey)), genesisHash: toHex(options.genesisHash) };
      const copies = await readSignState(options.dir, expected, options.hashing);
      const recovery = mergeRecovery(copies.a, copies.b, options.logged, options.logDamage !== 'NONE');
      const files = await SignStateFiles.open(options.dir, options.hashing);
      if (recovery.kind === 'READY') {
        await files.writeBoth(recovery.state);
        return new Signer(options, key, files, lock, recovery.state, null);
      }
      const blank: SignState = { ...expected, serial: 0, epoch: 0, floor: 0, entries: [] };
      return new Signer(options, key, files, lock, recovery.state ?? blank, recovery.cause);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get publicKey(): Uint8Array {
    return this.key.publicKey;
  }

  /** Why the key is silenced since start; null when it may sign. */
  get quarantine(): QuarantineCause | null {
    return this.quarantineCause;
  }

  /** Both copies of the sign-state carry this serial or a later one; -1 when that is not known (quarantine). */
  get storedSerial(): number {
    return this.files.lowerSerial;
  }

  get floor(): number {
    return this.state.floor;
  }

  /** The votes on record above the floor, signed again: the same bytes as the first time. */
  ownVotes(): SignedVote[] {
    return votesOf(this.state).map((vote) => this.sign(vote));
  }

  /** Asks for one signature. Answers after both flushes. Rejects with DurabilityError: end the process. */
  request(vote: Vote): Promise<SigningAnswer> {
    return new Promise((answer, fail) => {
      this.queue.push({ vote, answer, fail });
      this.wake();
    });
  }

  /** Raises the floor with the next write (R9). */
  raiseFloor(view: number): void {
    this.floorWanted = Math.max(this.floorWanted, view);
  }

  /** Silences the key until `leaveQuarantine`. */
  enterQuarantine(cause: QuarantineCause): void {
    this.quarantineCause = cause;
  }

  /** Writes the floor to both copies, durably, and lets the key sign again above it. */
  async leaveQuarantine(floor: number): Promise<void> {
    while (this.working !== null) await this.working;
    const raised = raiseFloor(this.state, floor);
    await this.files.writeBoth(raised);
    this.state = raised;
    this.quarantineCause = null;
  }

  private wake(): void {
    if (this.working !== null || this.queue.length === 0) return;
    this.working = this.drain().finally(() => {
      this.working = null;
      this.wake(); // what came after the last look at the queue
    });
  }

  private async drain(): Promise<void> {
    await Promise.resolve(); // what is asked for in the same turn of the loop shares the flushes
    while (this.queue.length > 0) {
      const batch = this.queue;
      this.queue = [];
      try {
        for (const settle of await this.decideAndStore(batch)) settle();
      } catch (error) {
        for (const { fail } of [...batch, ...this.queue]) fail(error);
        this.queue = [];
        return;
      }
    }
  }

  private async decideAndStore(batch: readonly Request[]): Promise<(() => void)[]> {
    if (this.closed) throw new Error('the signer is closed');
    const settle: (() => void)[] = [];
    let next: SignState = this.state;
    for (const { vote, answer } of batch) {
      if (this.quarantineCause !== null || this.paused) {
        const code = this.paused ? 'PAUSED' : 'QUARANTINED';
        settle.push(() => answer({ kind: 'REFUSED', vote, code }));
        continue;
      }
      const decision = decideSignature(next, vote);
      if (decision.kind === 'REFUSE') {
        settle.push(() => answer({ kind: 'REFUSED', vote, code: decision.code }));
        continue;
      }
      if (decision.kind === 'SIGN') {
        next = decision.next;
        this.options.log.append(LogFrameType.VOTE, encodeLoggedVote({ serial: next.serial, vote }));
      }
      settle.push(() => answer({ kind: 'SIGNED', vote: this.sign(vote) }));
    }
    // What votes rest on stands in the log before them; a vote given AGAIN may rest on something newly appended, too.
    await this.options.log.flush();
    if (next !== this.state) {
      const stored = raiseFloor(next, Math.min(this.floorWanted, lowestOf(batch) - 1));
      await this.files.write(stored);
      this.state = stored;
    }
    return settle;
  }

  private sign(vote: Vote): SignedVote {
    const { member, proposer, genesisHash } = this.options;
    const sender = vote.type === 0x01 ? proposer : member;
    if (sender === null) throw new Error('a validator that is no proposer was asked to sign a proposal');
    return { vote, sender, signature: this.key.sign(voteSignBytes(vote, toHex(genesisHash))) };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    while (this.working !== null) await this.working;
    this.closed = true;
    await this.files.close();
    await this.lock.release();
  }
}

/** A floor never passes a view that is being signed in the same batch. */
function lowestOf(batch: readonly Request[]): number {
  return batch.reduce((lowest, { vote }) => Math.min(lowest, vote.view), Number.MAX_SAFE_INTEGER);
}
