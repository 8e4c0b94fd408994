import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Notices } from '../../platform/database/notices.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { type CaptureJobAnswer, CaptureJobsQuery } from './capture-jobs.query.js';

/** Postgres channel on which migration 0003 announces organisations whose jobs changed. */
const CHANNEL = 'capture_job';
/** Streams that one organisation may keep open in this process. */
export const STREAMS_PER_ORGANISATION_MAX = 20;
/** A sign of life, so that no proxy takes the stream for dead; the job is looked at then too. */
const HEARTBEAT_MS = 15_000;
/** After this a stream ends and the follower asks again, with whatever rights it has by then. */
const STREAM_MS_MAX = 60_000;
/** Milliseconds after which a follower that lost the stream asks again. */
const RETRY_MS = 1_000;

interface Stream {
  readonly organisation: string;
  readonly jobId: string;
  readonly response: ServerResponse;
  readonly until: number;
  /** What was sent last, so that nothing is sent twice. */
  told: string;
  /** An earlier answer that arrives after a later one is dropped. */
  asked: number;
}

/**
 * Server-sent events about capture jobs: each change of a job, as Postgres announces it, becomes one `job` event with the whole job;
 * `end` says that nothing more will come.
 */
@Injectable()
export class CaptureProgress implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private readonly notices: Notices;
  private readonly heartbeat: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly jobs: CaptureJobsQuery,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.notices = new Notices(config.databaseUrl, CHANNEL, (organisation) => this.look(organisation), logger);
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  onApplicationBootstrap(): void {
    this.notices.start();
  }

  /** Before the server waits for its connections to end. */
  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    clearInterval(this.heartbeat);
    for (const stream of this.streams) this.end(stream, 'later');
    await this.notices.close();
  }

  /**
   * Follows a job on this response until it is finished. The first event is the job as it is. Throws a problem, before `takeOver` makes
   * the response ours (and gives the headers set so far), for a job that is not the organisation's and where too many streams are open.
   */
  async follow(
    organisation: string,
    jobId: string,
    response: ServerResponse,
    takeOver: () => Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const open = [...this.streams].filter((stream) => stream.organisation === organisation).length;
    if (open >= STREAMS_PER_ORGANISATION_MAX)
      throw new ProblemError('unavailable', {
        code: 'CAPTURE_TOO_MANY_FOLLOWERS',
        detail: `Your organisation follows ${open} captures already.`,
        howToFix: 'Close pages that you no longer need, or ask for the job from time to time.',
        facts: { streamsMax: STREAMS_PER_ORGANISATION_MAX },
        retryAfterSeconds: 10,
      });
    const job = await this.jobs.one(jobId, organisation);
    for (const [name, value] of Object.entries(takeOver()))
      if (typeof value === 'string' || typeof value === 'number') response.setHeader(name, value);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // nginx and its kin keep nothing back then.
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    const stream = { organisation, jobId, response, until: Date.now() + STREAM_MS_MAX, told: '', asked: 0 };
    this.streams.add(stream);
    response.on('close', () => this.streams.delete(stream));
    if (this.closed) this.end(stream, 'later');
    else {
      this.tell(stream, job);
      // What changed between the question and now was announced to nobody.
      this.look(organisation);
    }
  }

  /** Undefined: of all organisations. */
  private look(organisation: string | undefined): void {
    const concerned = new Map<string, Stream[]>();
    for (const stream of this.streams)
      if (organisation === undefined || stream.organisation === organisation) {
        const list = concerned.get(stream.organisation);
        if (list === undefined) concerned.set(stream.organisation, [stream]);
        else list.push(stream);
      }
    for (const [account, streams] of concerned) void this.lookAt(account, streams);
  }

  private async lookAt(organisation: string, streams: readonly Stream[]): Promise<void> {
    const asked = streams.map((stream) => ({ stream, asked: ++stream.asked }));
    try {
      const jobs = await this.jobs.several([...new Set(streams.map(({ jobId }) => jobId))], organisation);
      const byId = new Map(jobs.map((job) => [job.captureID, job]));
      for (const { stream, asked: number } of asked) {
        const job = byId.get(stream.jobId);
        if (job !== undefined && number === stream.asked) this.tell(stream, job);
      }
    } catch (error) {
      this.logger.warn({ organisation, err: error }, 'followers of captures wait: the database does not answer');
    }
  }

  private tell(stream: Stream, job: CaptureJobAnswer): void {
    if (!this.streams.has(stream)) return;
    const data = JSON.stringify(job);
    if (data !== stream.told) {
      stream.told = data;
      stream.response.write(`event: job\ndata: ${data}\n\n`);
    }
    if (!job.running) this.end(stream, 'finished');
  }

  private end(stream: Stream, why: 'finished' | 'later'): void {
    if (!this.streams.delete(stream)) return;
    stream.response.end(`event: end\ndata: ${JSON.stringify({ why })}\n\n`);
  }

  private beat(): void {
    const now = Date.now();
    for (const stream of this.streams)
      if (now > stream.until) this.end(stream, 'later');
      else stream.response.write(': still here\n\n');
    this.look(undefined);
  }
}
