import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { DATABASE } from '../../platform/tokens.js';
import type { CaptureJobAnswer, captureJobQuery } from './dto/capture-answers.js';
import { CaptureJobEntity } from './entities/capture-job.entity.js';

export type { CaptureJobAnswer } from './dto/capture-answers.js';

export type CaptureJobFilter = z.infer<typeof captureJobQuery>;

/** All that an answer needs: the command's bytes stay where they are. */
const ANSWERED = {
  id: true,
  seq: true,
  kind: true,
  label: true,
  fileName: true,
  uploadId: true,
  uploadPart: true,
  uploadParts: true,
  uploadFirstEvent: true,
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

  /** Those of these jobs that are the organisation's, for whoever follows several at once. */
  async several(ids: readonly string[], organisation: string): Promise<CaptureJobAnswer[]> {
    const jobs = await this.database
      .getRepository(CaptureJobEntity)
      .find({ select: ANSWERED, where: { id: In([...ids]), organisation } });
    return jobs.map(answerOf);
  }

  /** Newest first. `before`: the sequence number after which to go on. */
  async list(
    organisation: string,
    filter: CaptureJobFilter,
    before: string | undefined,
  ): Promise<{ jobs: CaptureJobAnswer[]; next: string | undefined }> {
    if (before !== undefined && !/^\d{1,18}$/.test(before))
      throw new ProblemError('query-parameter', {
        code: 'QUERY_PARAMETER_INVALID',
        detail: 'The nextPageToken does not belong to this query.',
        howToFix: 'Follow the Link header of the page before without changing it.',
        facts: { parameter: 'nextPageToken' },
      });
    const select = this.database
      .getRepository(CaptureJobEntity)
      .createQueryBuilder('j')
      .select(Object.keys(ANSWERED).map((column) => `j.${column}`))
      .where('j.organisation = :organisation', { organisation });
    if (before !== undefined) select.andWhere('j.seq < :before', { before });
    if (filter.state !== undefined) select.andWhere(STATES[filter.state]);
    if (filter.from !== undefined) select.andWhere('j.createdAt >= :from', { from: new Date(filter.from) });
    if (filter.to !== undefined) select.andWhere('j.createdAt < :to', { to: new Date(filter.to) });
    if (filter.upload !== undefined) select.andWhere('j.uploadId = :upload', { upload: filter.upload });
    if (filter.text !== undefined)
      select.andWhere(`(j.label ILIKE :text OR j.fileName ILIKE :text)`, {
        text: `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`,
      });
    const found = await select
      .orderBy('j.seq', 'DESC')
      .take(filter.perPage + 1)
      .getMany();
    const page = found.slice(0, filter.perPage);
    return { jobs: page.map(answerOf), next: found.length > filter.perPage ? page.at(-1)?.seq : undefined };
  }
}

/** Mirrors the `state` of {@link answerOf}. */
const REFUSED = `(j.finishedAt IS NOT NULL AND NOT j.success AND (j.height IS NULL OR NOT j.proceed))`;
const STATES: Readonly<Record<NonNullable<CaptureJobFilter['state']>, string>> = {
  running: 'j.finishedAt IS NULL',
  queued: `j.finishedAt IS NULL AND j.state = 'queued'`,
  signed: `j.finishedAt IS NULL AND j.state = 'signed'`,
  final: `j.finishedAt IS NOT NULL AND NOT ${REFUSED}`,
  refused: REFUSED,
  remarks: `j.finishedAt IS NOT NULL AND (j.errors <> '[]'::jsonb OR j.warnings <> '[]'::jsonb)`,
};

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
    kind: job.kind === 'capture' ? 'capture' : 'command',
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
    ...(job.label !== null && { label: job.label }),
    ...(job.fileName !== null && { fileName: job.fileName }),
    ...(job.uploadId !== null && {
      upload: {
        id: job.uploadId,
        part: job.uploadPart ?? 1,
        parts: job.uploadParts ?? 1,
        firstEvent: job.uploadFirstEvent ?? 0,
      },
    }),
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
