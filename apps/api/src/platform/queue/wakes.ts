import { randomUUID } from 'node:crypto';
import { pause } from '../pause.js';

/** How long a key rests after it was announced, in milliseconds. What comes meanwhile is announced once, at the end. */
export const WAKE_PAUSE_MS = 100;

/**
 * Announces "there is work under this key" to a queue without one job for each piece of work: the first call of a key at once,
 * all that follow within the pause together. The work itself lies in the tables; an announcement that fails is found by the sweeper.
 */
export class Wakes<Data> {
  private readonly resting = new Map<string, { again: Data | undefined; done: Promise<void> }>();
  private readonly closing = new AbortController();

  constructor(
    private readonly add: (jobId: string, data: Data) => Promise<void>,
    private readonly failed: (error: unknown, key: string) => void,
  ) {}

  wake(key: string, data: Data): void {
    const rest = this.resting.get(key);
    if (rest === undefined) this.announce(key, data);
    else rest.again = data;
  }

  /** Announces what still waits, and waits for what is under way. */
  async close(): Promise<void> {
    this.closing.abort();
    while (this.resting.size > 0) await Promise.all([...this.resting.values()].map(({ done }) => done));
  }

  private announce(key: string, data: Data): void {
    const rest = { again: undefined as Data | undefined, done: Promise.resolve() };
    this.resting.set(key, rest);
    rest.done = Promise.all([this.addOne(key, data), pause(WAKE_PAUSE_MS, this.closing.signal)]).then(() => {
      this.resting.delete(key);
      if (rest.again !== undefined) this.announce(key, rest.again);
    });
  }

  private async addOne(key: string, data: Data): Promise<void> {
    try {
      await this.add(`${key}-${randomUUID()}`, data);
    } catch (error) {
      this.failed(error, key);
    }
  }
}
