import type { Logger } from 'pino';
import { RecordDamaged } from './segment-store.js';
import type { ChainStore } from './chain-store.js';

const BYTES_PER_TICK = 2 * 1024 * 1024;
const TICK_MS = 100;
const PAUSE_BETWEEN_ROUNDS_MS = 6 * 60 * 60_000;

/** Reads every stored block again, slowly, in rounds, and tells which are damaged (docs/protocol/consensus.md 2.11). */
export class Scrubber {
  private timer: NodeJS.Timeout | null = null;
  private next = 1;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly on: {
      readonly store: ChainStore;
      readonly damaged: (height: number) => void;
      readonly log: Logger;
      readonly failed: (error: unknown) => void;
    },
  ) {}

  start(): void {
    this.schedule(TICK_MS);
  }

  private schedule(afterMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().catch((error: unknown) => this.on.failed(error));
    }, afterMs);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    const { store, damaged } = this.on;
    let bytes = 0;
    this.next = Math.max(this.next, store.prunedTo + 1);
    while (!this.stopped && bytes < BYTES_PER_TICK && this.next <= store.finalHeight) {
      const height = this.next;
      this.next += 1;
      try {
        const block = await store.block(height);
        bytes += block.transactions.reduce((sum, transaction) => sum + transaction.length, 1_024);
      } catch (error) {
        if (!(error instanceof RecordDamaged)) throw error;
        damaged(height);
      }
    }
    if (this.next <= store.finalHeight) return this.schedule(TICK_MS);
    this.on.log.debug({ height: store.finalHeight }, 'every stored block was read again');
    this.next = 1;
    this.schedule(PAUSE_BETWEEN_ROUNDS_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }
}
