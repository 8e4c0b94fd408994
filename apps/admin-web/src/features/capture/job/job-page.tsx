import { Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CaptureJob } from '../../../client/api.schemas.js';
import { captureJobs } from '../../../client/capture/capture.js';
import {
  AppLink,
  type Column,
  DataList,
  ErrorBox,
  formatWhen,
  Identifier,
  Notice,
  PlainLink,
  Progress,
  RecordHeader,
  useLanguage,
  usePermission,
  When,
} from '../../../shared/index.js';
import classes from '../check/check.module.css';
import { useWords } from '../words.js';
import { EventTable } from './event-table.js';
import { retryPassing, useFollowedJob } from './follow-job.js';
import { JobRemark } from './job-remark.js';
import { JobState } from './job-state.js';

export default function JobPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return <Job key={id} id={id} />;
}

function Job({ id }: { readonly id: string }) {
  const { t } = useWords();
  const language = useLanguage();
  const mayCapture = usePermission('capture');
  const { query, live } = useFollowedJob(id);
  const job = query.data;
  if (job === undefined)
    return (
      <>
        <RecordHeader title={t('job.title')} />
        {query.isError ? (
          <ErrorBox error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Progress label={t('job.title')} done={0} total={undefined} />
        )}
      </>
    );
  const settled = job.events.filter(({ state }) => state !== 'pending').length;
  const whole = [...job.errors, ...job.warnings].filter(({ index }) => index === undefined);
  return (
    <>
      <RecordHeader
        title={job.label ?? job.fileName ?? t('job.title')}
        state={<JobState state={job.state} />}
        subtitle={t('job.text', { when: formatWhen(new Date(job.createdAt), language, 'second') })}
        actions={
          mayCapture && (
            <Button component={PlainLink} to="/capture/new">
              {t('job.again')}
            </Button>
          )
        }
      />
      <Stack gap="lg" mt="md">
        {!live && job.running && <Notice tone="provisional" title={t('job.away')} />}
        {job.running && job.eventCount > 0 && (
          <Progress label={t('job.progress')} done={settled} total={job.eventCount} />
        )}
        {whole.length > 0 && (
          <Notice
            tone={whole.some(({ type }) => type.startsWith('epcisException')) ? 'refused' : 'provisional'}
            title={t('job.documentRemarks')}
          >
            {whole.map((remark, i) => (
              <JobRemark key={`${i}-${remark.code}`} remark={remark} />
            ))}
          </Notice>
        )}
        {job.upload !== undefined && <Siblings job={job} />}
        {job.eventCount > 0 ? (
          <EventTable job={job} />
        ) : (
          job.kind === 'capture' && <Text c="dimmed">{t('job.events.none')}</Text>
        )}
        <Facts job={job} />
      </Stack>
    </>
  );
}

/** The other captures of a document that was larger than one. */
function Siblings({ job }: { readonly job: CaptureJob }) {
  const { t } = useWords();
  const upload = job.upload?.id ?? '';
  const parts = useQuery({
    queryKey: ['capture', 'upload', upload],
    queryFn: () => captureJobs({ upload, perPage: 100 }),
    retry: retryPassing,
    refetchInterval: ({ state }) => (state.data?.some(({ running }) => running) === true ? 3_000 : false),
  });
  const rows = [...(parts.data ?? [])].sort((a, b) => (a.upload?.part ?? 0) - (b.upload?.part ?? 0));
  const columns: readonly Column<CaptureJob>[] = [
    {
      key: 'part',
      header: t('history.name'),
      lead: true,
      cell: (part) => {
        const word = t('history.part', { part: part.upload?.part ?? 1, parts: part.upload?.parts ?? 1 });
        return part.captureID === job.captureID ? (
          <strong>{word}</strong>
        ) : (
          <AppLink to="/capture/jobs/$id" params={{ id: part.captureID }}>
            {word}
          </AppLink>
        );
      },
    },
    { key: 'state', header: t('history.state'), cell: ({ state }) => <JobState state={state} /> },
    { key: 'events', header: t('history.events'), numeric: true, cell: ({ eventCount }) => eventCount },
  ];
  return (
    <DataList
      id="capture.parts"
      label={t('job.parts')}
      columns={columns}
      rows={parts.data === undefined ? undefined : rows}
      rowKey={({ captureID }) => captureID}
      error={parts.error}
      onRetry={() => void parts.refetch()}
    />
  );
}

function Facts({ job }: { readonly job: CaptureJob }) {
  const { t } = useWords();
  return (
    <section className="wm-card" aria-labelledby="job-facts">
      <Title order={2} size="h5" id="job-facts" mb="xs">
        {t('job.facts')}
      </Title>
      <dl className={classes['facts']}>
        <dt>{t('job.fact.id')}</dt>
        <dd>
          <Identifier value={job.captureID} />
        </dd>
        {job.label !== undefined && (
          <>
            <dt>{t('job.fact.label')}</dt>
            <dd>{job.label}</dd>
          </>
        )}
        {job.fileName !== undefined && (
          <>
            <dt>{t('job.fact.file')}</dt>
            <dd>{job.fileName}</dd>
          </>
        )}
        <dt>{t('job.fact.counts')}</dt>
        <dd>{job.eventCount}</dd>
        <dt>{t('job.fact.behaviour')}</dt>
        <dd>{t(job.captureErrorBehaviour === 'proceed' ? 'send.proceed' : 'send.rollback')}</dd>
        <dt>{t('job.fact.finished')}</dt>
        <dd>{job.finishedAt === undefined ? t('job.notFinal') : <When at={job.finishedAt} exact="second" />}</dd>
        <dt>{t('job.fact.record')}</dt>
        <dd>{job.txId === undefined ? t('job.notFinal') : <Identifier value={job.txId} />}</dd>
        <dt>{t('job.fact.height')}</dt>
        <dd>{job.height === undefined ? t('job.notFinal') : job.height}</dd>
      </dl>
    </section>
  );
}
