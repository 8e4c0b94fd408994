import type { Input } from '@waymark/consensus/lbft';

/** An input before its clock is read. */
export type Unclocked = Input extends infer Each
  ? Each extends { readonly clock: unknown }
    ? Omit<Each, 'clock'>
    : never
  : never;

const INBOX_MAX = 32_768;
const TAKEN_IN_ONE_TURN = 256;

/**
 * The one bounded inbox and the one loop of a node: inputs are taken one at a time, in order. What peers send is lost when it
 * is full (they repeat what matters); answers to the core's own effects never are.
 */
export class Inbox {
  private inputs: Unclocked[] = [];
  private running = false;
  private closed = false;
  /** Inputs of peers that were lost because the inbox was full. */
  lost = 0;

  constructor(private readonly take: (input: Unclocked) => void) {}

  post(input: Unclocked): void {
    if (this.closed) return;
    if (input.kind === 'MESSAGE' && this.inputs.length >= INBOX_MAX) {
      this.lost += 1;
      return;
    }
    this.inputs.push(input);
    if (this.running) return;
    this.running = true;
    queueMicrotask(() => this.run());
  }

  private run(): void {
    for (let taken = 0; taken < TAKEN_IN_ONE_TURN; taken += 1) {
      const input = this.inputs.shift();
      if (input === undefined || this.closed) {
        this.running = false;
        return;
      }
      this.take(input);
    }
    setImmediate(() => this.run()); // sockets and files get their turn
  }

  close(): void {
    this.closed = true;
    this.inputs = [];
  }
}
