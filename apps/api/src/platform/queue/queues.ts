import { createPostgresBackend, type Job, Queue, withBackend, Worker } from 'bullmq';
import type { Logger } from '../logging/logger.js';
import { Wakes } from './wakes.js';

/**
 * Work to be done, never facts: on Redis where there is one, else on the same Postgres. Both carry the same jobs; whatever a
 * queue loses, the sweeper puts back from the tables.
 */
export interface WorkQueue<Data> {
  /** A job with an id that waits or runs already is not added again. */
  add(jobId: string, data: Data, delayMs?: number): Promise<void>;
  /** Says that there is work under this key; many calls become few jobs. Never throws: see {@link Wakes}. */
  wake(key: string, data: Data): void;
}

export interface WorkerOptions {
  readonly concurrency: number;
}

/** BullMQ's tables live in their own Postgres schema. */
const QUEUE_SCHEMA = 'waymark_queue';

interface Closable {
  close(): Promise<void>;
}

/** Opens queues and workers on the configured backend and closes them in reverse. */
export class Queues {
  private readonly open: Closable[] = [];
  readonly backend: 'redis' | 'postgres';

  constructor(
    private readonly options: { readonly databaseUrl: string; readonly redisUrl: string | undefined },
    private readonly logger: Logger,
  ) {
    this.backend = options.redisUrl === undefined ? 'postgres' : 'redis';
  }

  /** For somebody who adds jobs. */
  queue<Data>(name: string): WorkQueue<Data> {
    const queue = this.makeQueue(name);
    queue.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
    const add = async (jobId: string, data: Data, delayMs?: number) => {
      await queue.add(name, data, { jobId, ...(delayMs !== undefined && { delay: delayMs }) });
    };
    const wakes = new Wakes<Data>(add, (error, key) =>
      this.logger.warn({ queue: name, key, err: error }, 'stored, but not announced; the sweeper will find it'),
    );
    this.open.push(queue, wakes);
    return { add, wake: (key, data) => wakes.wake(key, data) };
  }

  /** Runs `perform` for each job. A job that throws is tried again, later each time. */
  work<Data>(name: string, perform: (data: Data) => Promise<void>, options: WorkerOptions): void {
    const worker = this.makeWorker(name, (job: Job) => perform(job.data as Data), options.concurrency);
    worker.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
    worker.on('failed', (job: { id?: string } | undefined, error: Error) =>
      this.logger.warn({ queue: name, job: job?.id, err: error }, 'a job failed and will be tried again'),
    );
    this.open.push(worker);
  }

  /** Runs `perform` every `everyMs`, by one worker of the deployment at a time. */
  async repeat(name: string, everyMs: number, perform: () => Promise<void>): Promise<void> {
    const queue = this.makeQueue(name);
    queue.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
    this.open.push(queue);
    await queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { name, opts: { attempts: 1, removeOnComplete: true, removeOnFail: true } },
    );
    this.work(name, perform, { concurrency: 1 });
  }

  async close(): Promise<void> {
    for (const part of this.open.reverse()) await part.close();
    this.open.length = 0;
  }

  private makeQueue(name: string): Queue {
    const defaultJobOptions = {
      attempts: 8,
      backoff: { type: 'exponential', delay: 250 },
      removeOnComplete: true,
      removeOnFail: true,
    } as const;
    if (this.options.redisUrl !== undefined)
      return new Queue(name, {
        prefix: 'waymark',
        connection: { url: this.options.redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
        defaultJobOptions,
      });
    return new (withBackend(createPostgresBackend).Queue)(name, {
      connection: this.postgres(2),
      defaultJobOptions,
    }) as unknown as Queue;
  }

  private makeWorker(name: string, perform: (job: Job) => Promise<void>, concurrency: number): Worker {
    const common = { concurrency, stalledInterval: 5_000, lockDuration: 15_000, maxStalledCount: 5 } as const;
    if (this.options.redisUrl !== undefined)
      return new Worker(name, perform, {
        prefix: 'waymark',
        connection: { url: this.options.redisUrl, maxRetriesPerRequest: null },
        ...common,
      });
    return new (withBackend(createPostgresBackend).Worker)(name, perform, {
      connection: this.postgres(3),
      ...common,
    }) as unknown as Worker;
  }

  private postgres(max: number) {
    // migrate: without it a worker on an empty schema loops without pause.
    return {
      connectionString: this.options.databaseUrl,
      schema: QUEUE_SCHEMA,
      migrate: true,
      max,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    };
  }
}
