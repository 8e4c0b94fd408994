import { Redis } from 'ioredis';
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

/** A job that failed as often as it is tried. Its data says where to look; the facts are in the tables. */
export interface DeadJob {
  readonly queue: string;
  readonly data: unknown;
  readonly error: string;
  readonly attempts: number;
}

/** How full a queue is. */
export interface QueueFacts {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  /** To be tried later: after a failure, or because they were asked for later. */
  readonly delayed: number;
  /** When the oldest waiting job was added, milliseconds since 1970; null: none waits. */
  readonly oldestMs: number | null;
}

/** A part that does not close in this time is left behind: its server may be gone, and others wait for us. */
const CLOSE_MS_MAX = 3_000;

/** BullMQ's tables live in their own Postgres schema. */
const QUEUE_SCHEMA = 'waymark_queue';

interface Closable {
  close(): Promise<void>;
}

/** Opens queues and workers on the configured backend and closes them in reverse. */
export class Queues {
  /** Closed in this order, all of a row together: what makes work, then what carries it. */
  private readonly open: { readonly busy: Closable[]; readonly carriers: Closable[] } = { busy: [], carriers: [] };
  private readonly inspected = new Map<string, Queue>();
  readonly backend: 'redis' | 'postgres';

  constructor(
    private readonly options: { readonly databaseUrl: string; readonly redisUrl: string | undefined },
    private readonly logger: Logger,
    /** Told of each job that is given up. Must not throw. */
    private readonly onDead: (job: DeadJob) => void = () => undefined,
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
    this.open.carriers.push(queue);
    this.open.busy.push(wakes);
    return { add, wake: (key, data) => wakes.wake(key, data) };
  }

  /** Runs `perform` for each job. A job that throws is tried again, later each time. */
  work<Data>(name: string, perform: (data: Data) => Promise<void>, options: WorkerOptions): void {
    const worker = this.makeWorker(name, (job: Job) => perform(job.data as Data), options.concurrency);
    worker.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
    worker.on('failed', (job: Job | undefined, error: Error) => {
      const attempts = job?.attemptsMade ?? 0;
      if (job === undefined || attempts < (job.opts.attempts ?? 1)) {
        this.logger.warn({ queue: name, job: job?.id, err: error }, 'a job failed and will be tried again');
        return;
      }
      this.logger.error({ queue: name, job: job.id, attempts, err: error }, 'a job failed as often as it is tried');
      this.onDead({ queue: name, data: job.data, error: error.message, attempts });
    });
    this.open.busy.push(worker);
  }

  /** Runs `perform` every `everyMs`, by one worker of the deployment at a time. */
  async repeat(name: string, everyMs: number, perform: () => Promise<void>): Promise<void> {
    const queue = this.makeQueue(name);
    queue.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
    this.open.carriers.push(queue);
    await queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { name, opts: { attempts: 1, removeOnComplete: true, removeOnFail: true } },
    );
    this.work(name, perform, { concurrency: 1 });
  }

  async close(): Promise<void> {
    for (const row of [this.open.busy, this.open.carriers])
      await Promise.all(row.splice(0).map((part) => this.closeInTime(part)));
    this.inspected.clear();
  }

  /** Counts of a queue, for people. Throws when the backend does not answer. */
  async facts(name: string): Promise<QueueFacts> {
    let queue = this.inspected.get(name);
    if (queue === undefined) {
      queue = this.makeQueue(name);
      queue.on('error', (error: Error) => this.logger.warn({ queue: name, err: error }, 'the queue does not answer'));
      this.open.carriers.push(queue);
      this.inspected.set(name, queue);
    }
    const [counts, [oldest]] = await Promise.all([
      queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
      queue.getJobs(['waiting'], 0, 0, true),
    ]);
    return {
      name,
      waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      oldestMs: oldest?.timestamp ?? null,
    };
  }

  /** Version of the server behind the queue; undefined: it is Postgres itself, or it does not say. */
  async redisVersion(): Promise<string | undefined> {
    if (this.options.redisUrl === undefined) return undefined;
    const redis = new Redis(this.options.redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest: 1,
      connectTimeout: 2_000,
    });
    redis.on('error', (error: Error) => this.logger.debug({ err: error }, 'Redis does not say its version'));
    try {
      return /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1];
    } finally {
      redis.disconnect();
    }
  }

  private async closeInTime(part: Closable): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS_MAX, 'late');
    });
    try {
      if ((await Promise.race([part.close(), late])) === 'late')
        this.logger.warn('a queue did not close in time and is left behind: its server does not answer');
    } catch (error) {
      this.logger.warn({ err: error }, 'a queue did not close in order');
    } finally {
      clearTimeout(timer);
    }
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
    const common = {
      concurrency,
      stalledInterval: 5_000,
      lockDuration: 15_000,
      maxStalledCount: 5,
      // BullMQ's own 15 s would leave work lying after every short absence of the server, and a closed worker's timers alive as long.
      runRetryDelay: 1_000,
    } as const;
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
