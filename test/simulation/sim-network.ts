import { decodeMessage, encodeMessage, type WireMessage } from '@waymark/consensus/wire';
import type { EventQueue } from './event-queue.js';
import type { Random } from './random.js';

/** How bad the links are. Probabilities in [0, 1], delays in milliseconds. */
export interface LinkFaults {
  readonly drop: number;
  readonly duplicate: number;
  readonly leastDelayMs: number;
  readonly mostDelayMs: number;
  /** Share of messages that take up to `tailMs` instead: reordering with a heavy tail. */
  readonly tail: number;
  readonly tailMs: number;
}

/** Links between the nodes: every message is encoded and decoded by the real codec on its way. */
export class SimNetwork {
  faults: LinkFaults;
  /** Group of each node; nodes of different groups do not reach each other. */
  #groups: readonly number[];
  /** One-way cuts: "from>to". */
  readonly #cuts = new Set<string>();
  readonly deliverTo = new Map<number, (from: number, message: WireMessage) => void>();
  sent = 0;

  constructor(
    private readonly queue: EventQueue,
    private readonly random: Random,
    private readonly size: number,
    faults: LinkFaults,
  ) {
    this.faults = faults;
    this.#groups = Array.from({ length: size }, () => 0);
  }

  send(from: number, to: number, message: WireMessage): void {
    this.sent += 1;
    if (this.random.chance(this.faults.drop)) return;
    const payload = encodeMessage(message);
    const copies = this.random.chance(this.faults.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      this.queue.after(this.#delayMs(), () => {
        if (!this.reaches(from, to)) return;
        const decoded = decodeMessage(message.type, payload);
        if ('malformed' in decoded) throw new Error(`a sent message does not decode: ${decoded.malformed}`);
        this.deliverTo.get(to)?.(from, decoded.message);
      });
    }
  }

  reaches(from: number, to: number): boolean {
    return this.#groups[from] === this.#groups[to] && !this.#cuts.has(`${from}>${to}`);
  }

  partition(): void {
    this.#groups = Array.from({ length: this.size }, () => this.random.int(0, this.random.chance(0.3) ? 2 : 1));
  }

  cutOneWay(): void {
    this.#cuts.add(`${this.random.int(0, this.size - 1)}>${this.random.int(0, this.size - 1)}`);
  }

  heal(): void {
    this.#groups = this.#groups.map(() => 0);
    this.#cuts.clear();
  }

  #delayMs(): number {
    const { leastDelayMs, mostDelayMs, tail, tailMs } = this.faults;
    return this.random.chance(tail)
      ? this.random.int(leastDelayMs, tailMs)
      : this.random.int(leastDelayMs, mostDelayMs);
  }
}
