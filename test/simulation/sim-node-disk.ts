import {
  decodeSignState,
  encodeLogFrame,
  encodeSignState,
  firstSignState,
  mergeRecovery,
  scanLog,
  type LogFrameType,
  type LoggedVote,
  type SignState,
} from '@waymark/consensus/signing';
import type { Hash } from '@waymark/consensus/certificates';
import type { Random } from './random.js';
import { genesisHash, sha256 } from './sim-crypto.js';
import { SimCell, SimLog, type Crash } from './sim-disk.js';

/** The disk of a validator: its log and the two cells of its sign-state, in the real formats. It survives a crash as a disk does. */
export class NodeDisk {
  /** As the signer has it in memory; what is on the disk may be behind. */
  signState!: SignState;
  readonly #log = new SimLog();
  readonly #cells = [new SimCell(), new SimCell()] as const;
  #seq = 0;

  constructor(readonly keyId: Hash) {
    this.#writeBoth(firstSignState(keyId, genesisHash));
  }

  crash(kind: Crash, random: Random): void {
    this.#log.crash(kind, random);
    for (const cell of this.#cells) cell.crash(kind, random);
  }

  /** Into the log; not flushed. */
  append(type: LogFrameType, payload: Uint8Array): void {
    this.#log.append(encodeLogFrame({ type, seq: this.#seq++, payload }));
  }

  /** How far a flush of the log that begins now reaches. */
  mark(): number {
    return this.#log.mark();
  }

  /** The flush that began at `mark` is done. */
  flushLog(mark: number): void {
    this.#log.flush(mark);
  }

  /** Writes the sign-state into the cell whose turn it is, which is then to be flushed. */
  writeSignState(): SimCell {
    const cell = this.#cells[this.signState.serial % 2]!;
    cell.write(encodeSignState(this.signState, sha256));
    return cell;
  }

  /** What the log holds after a start; a torn end is cut off. */
  readLog(): ReturnType<typeof scanLog> {
    const scan = scanLog(this.#log.read());
    this.#log.truncate(scan.validBytes);
    this.#seq = (scan.frames.at(-1)?.seq ?? -1) + 1;
    return scan;
  }

  /** Puts the sign-state together again from its cells and the log; why not, where it cannot be. */
  recoverSignState(votes: readonly LoggedVote[], logDamaged: boolean): string | null {
    const [first, second] = this.#cells.map((cell) =>
      decodeSignState(cell.read(), { keyId: this.keyId, genesisHash }, sha256),
    );
    const merged = mergeRecovery(first!, second!, votes, logDamaged);
    if (merged.kind === 'QUARANTINE' || merged.state === null) return merged.kind;
    this.signState = merged.state;
    this.#writeBoth(merged.state);
    return null;
  }

  #writeBoth(state: SignState): void {
    const bytes = encodeSignState(state, sha256);
    for (const cell of this.#cells) {
      cell.write(bytes);
      cell.flush();
    }
  }
}
