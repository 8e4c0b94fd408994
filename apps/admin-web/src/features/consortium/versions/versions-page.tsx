import type { Versions } from '../../../client/api.schemas.js';
import { operationsVersions } from '../../../client/operation/operation.js';
import { DataList, Notice, RecordHeader, ToneBadge, When, type Column } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { usePolled } from '../use-polled.js';
import { useWords } from '../words.js';
import { CONSOLE_VERSION } from './console-version.js';

const EVERY_MS = 15_000;

type Row = Omit<Versions['parts'][number], 'part'> & { readonly part: Versions['parts'][number]['part'] | 'console' };
/** Parts that are released together. */
const OF_THE_PRODUCT: readonly Row['part'][] = ['api', 'worker', 'node', 'console'];

export default function VersionsPage() {
  const { t } = useWords();
  const { data, error, stale, again } = usePolled(
    ['operations', 'versions'],
    (signal) => operationsVersions({ signal }),
    EVERY_MS,
  );
  const here: Row = {
    part: 'console',
    name: t('versions.here'),
    version: CONSOLE_VERSION,
    runtime: null,
    since: null,
    answers: true,
  };
  const rows: Row[] | undefined = data === undefined ? undefined : [here, ...data.parts];
  const inUse = new Set(
    (rows ?? []).flatMap(({ part, version }) => (OF_THE_PRODUCT.includes(part) && version !== null ? [version] : [])),
  );
  const columns: Column<Row>[] = [
    { key: 'part', header: t('versions.part'), lead: true, cell: ({ part }) => t(`versions.${part}`) },
    { key: 'name', header: t('versions.name'), cell: ({ name }) => name },
    {
      key: 'version',
      header: t('versions.version'),
      cell: ({ version, answers, part }) =>
        !answers ? (
          <ToneBadge tone="refused">{t('versions.silent')}</ToneBadge>
        ) : (
          (version ?? (part === 'queue' ? t('versions.unknown') : t('unknown')))
        ),
    },
    {
      key: 'runtime',
      header: t('versions.runtime'),
      cell: ({ runtime }) => (runtime === null ? '–' : t('versions.runtimeValue', { version: runtime })),
    },
    { key: 'since', header: t('versions.since'), cell: ({ since }) => (since === null ? '–' : <When at={since} />) },
  ];
  return (
    <>
      <RecordHeader title={t('versions.title')} subtitle={t('versions.subtitle')} />
      {stale && <Notice tone="provisional" title={t('nodes.stale')} />}
      {inUse.size > 1 && <Notice tone="provisional" title={t('versions.differ')} />}
      {inUse.size === 1 && <p className={classes['quiet']}>{t('versions.same', { version: [...inUse].join() })}</p>}
      <DataList
        id="consortium.versions"
        label={t('versions.title')}
        columns={columns}
        rows={rows}
        rowKey={({ part, name }) => `${part} ${name}`}
        error={error}
        onRetry={again}
      />
    </>
  );
}
