import { SIGN_STATE_BYTES } from '@waymark/consensus/signing';
import type { Random } from './random.js';

/** How a machine stops. KILL: the process dies, written bytes are in the page cache. POWER: what was not flushed may be lost or torn. */
export type Crash = 'KILL' | 'POWER';

/** An append-only file: what is flushed stays, what is not is at the mercy of a power cut. */
export class SimLog {
  #chunks: Uint8Array[] = [];
  #flushed = 0;

  append(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
  }

  /** How many appends a flush that begins now makes durable. */
  mark(): number {
    return this.#chunks.length;
  }

  /** The flush that began at `mark` is done. */
  flush(mark: number): void {
    this.#flushed = Math.max(this.#flushed, mark);
  }

  crash(kind: Crash, random: Random): void {
    if (kind === 'POWER' && this.#chunks.length > this.#flushed) {
      const whole = random.int(this.#flushed, this.#chunks.length);
      const torn = this.#chunks[whole];
      this.#chunks.length = whole;
      if (torn !== undefined && random.chance(0.5))
        this.#chunks.push(damaged(torn.subarray(0, random.int(1, torn.length)), random));
    }
    this.#flushed = this.#chunks.length;
  }

  read(): Uint8Array {
    const size = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const bytes = new Uint8Array(size);
    let offset = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    return bytes;
  }

  /** Cut at `size` bytes: what recovery does with a damaged tail. Everything left is durable. */
  truncate(size: number): void {
    this.#chunks = [this.read().subarray(0, size)];
    this.#flushed = 1;
  }
}

function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  if (random.chance(0.3)) copy[random.int(0, copy.length - 1)]! ^= 1 << random.int(0, 7);
  return copy;
}

/** One 4,096-byte file that is overwritten in place. */
export class SimCell {
  #flushed = new Uint8Array(SIGN_STATE_BYTES);
  #written: Uint8Array | null = null;

  write(bytes: Uint8Array): void {
    this.#written = bytes.slice();
  }

  flush(): void {
    if (this.#written !== null) this.#flushed = this.#written.slice();
    this.#written = null;
  }

  crash(kind: Crash, random: Random): void {
    const written = this.#written;
    this.#written = null;
    if (written === null) return;
    if (kind === 'KILL' || random.chance(0.3)) {
      this.#flushed = written.slice();
      return;
    }
    if (random.chance(0.4)) return;
    // Torn in sectors of 512 bytes: each is the old or the new one.
    const torn = this.#flushed.slice();
    for (let at = 0; at < torn.length; at += 512) if (random.chance(0.5)) torn.set(written.subarray(at, at + 512), at);
    this.#flushed = torn;
  }

  read(): Uint8Array {
    return (this.#written ?? this.#flushed).slice();
  }
}
