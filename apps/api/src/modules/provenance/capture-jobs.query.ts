import { Inject, Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { DATABASE } from '../../platform/tokens.js';
import { CaptureJobEntity, type JobProblem } from './entities/capture-job.entity.js';

/** A capture job as EPCIS 2.0 gives it, with what the ledger adds. */
export interface CaptureJobAnswer {
  captureID: string;
  running: boolean;
  success: boolean;
  captureErrorBehaviour: 'rollback' | 'proceed';
  createdAt: string;
  finishedAt?: string;
  errors: JobProblem[];
  /** What was captured but does not add up. */
  warnings: JobProblem[];
  /** `queued`: to be judged and signed; `signed`: on its way to the ledger; `final`: in a block; `refused`: nothing of it is. */
  state: 'queued' | 'signed' | 'final' | 'refused';
  /** Name of the transaction that carries it, hex. */
  txId?: string;
  /** Block that carries it. */
  height?: number;
  eventCount: number;
  events: { index: number; state: 'pending' | 'final' | 'refused'; eventID?: string }[];
}

/** All that an answer needs: the command's bytes stay where they are. */
const ANSWERED = {
  id: true,
  seq: true,
  state: true,
  proceed: true,
  origins: true,
  eventCount: true,
  errors: true,
  warnings: true,
  success: true,
  txId: true,
  height: true,
  createdAt: true,
  finishedAt: true,
} as const;

/** Capture jobs for those who may see them: their organisation. */
@Injectable()
export class CaptureJobsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** A job of another organisation answers like one that does not exist. */
  async one(id: string, organisation: string): Promise<CaptureJobAnswer> {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    const job = uuid.test(id)
      ? await this.database.getRepository(CaptureJobEntity).findOne({ select: ANSWERED, where: { id, organisation } })
      : null;
    if (!job)
      throw notFound(
        'CAPTURE_JOB_UNKNOWN',
        `There is no capture job ${id}.`,
        'Use the address from the Location header of your capture.',
      );
    return answerOf(job);
  }

  /** Newest first. `before`: the sequence number after which to go on. */
  async list(
    organisation: string,
    perPage: number,
    before: string | undefined,
  ): Promise<{ jobs: CaptureJobAnswer[]; next: string | undefined }> {
    if (before !== undefined && !/^\d{1,18}$/.test(before))
      throw new ProblemError('query-parameter', {
        code: 'QUERY_PARAMETER_INVALID',
        detail: 'The nextPageToken does not belong to this query.',
        howToFix: 'Follow the Link header of the page before without changing it.',
        facts: { parameter: 'nextPageToken' },
      });
    const found = await this.database.getRepository(CaptureJobEntity).find({
      select: ANSWERED,
      where: { organisation, ...(before !== undefined && { seq: LessThan(before) }) },
      order: { seq: 'DESC' },
      take: perPage + 1,
    });
    const page = found.slice(0, perPage);
    return { jobs: page.map(answerOf), next: found.length > perPage ? page.at(-1)?.seq : undefined };
  }
}

function answerOf(job: Pick<CaptureJobEntity, keyof typeof ANSWERED>): CaptureJobAnswer {
  const running = job.finishedAt === null;
  const onChain = !running && job.height !== null;
  const refused = new Set(job.errors.flatMap(({ index }) => (index === undefined ? [] : [index])));
  const nothing = !running && !job.success && (!onChain || !job.proceed);
  const hashes = new Map(
    job.origins.flatMap(({ index, eventHash }) =>
      index === undefined || eventHash === undefined ? [] : [[index, eventHash] as const],
    ),
  );
  return {
    captureID: job.id,
    running,
    success: job.success,
    captureErrorBehaviour: job.proceed ? 'proceed' : 'rollback',
    createdAt: job.createdAt.toISOString(),
    ...(job.finishedAt !== null && { finishedAt: job.finishedAt.toISOString() }),
    errors: job.errors,
    warnings: job.warnings,
    state: running ? (job.state === 'signed' ? 'signed' : 'queued') : nothing ? 'refused' : 'final',
    ...(job.txId !== null && { txId: job.txId.toString('hex') }),
    ...(job.height !== null && { height: Number(job.height) }),
    eventCount: job.eventCount,
    events: Array.from({ length: job.eventCount }, (_, index) => {
      const hash = hashes.get(index);
      return {
        index,
        state:
          nothing || refused.has(index) ? ('refused' as const) : running ? ('pending' as const) : ('final' as const),
        ...(hash !== undefined && { eventID: `ni:///sha-256;${hash}?ver=CBV2.0` }),
      };
    }),
  };
}
