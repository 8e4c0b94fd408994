import { Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CaptureCheck, CaptureCheckedEvent, CaptureCheckRemark } from '../../../client/api.schemas.js';
import {
  type Column,
  DataList,
  Notice,
  ToneBadge,
  type Tone,
  useLocalPaging,
  useVocabulary,
  When,
} from '../../../shared/index.js';
import { shortName } from '@waymark/epcis/gs1';
import { useRemarkWords } from '../remark-words.js';
import { useWords } from '../words.js';
import classes from './check.module.css';
import { Choice } from './choice.js';
import { Excerpt } from './excerpt.js';

const TONES: Readonly<Record<CaptureCheckedEvent['verdict'], Tone>> = {
  fine: 'final',
  warning: 'provisional',
  refused: 'refused',
};
const VERDICTS = ['refused', 'warning', 'fine'] as const;
const SUMMARIES = {
  fine: ['check.fine', 'final'],
  warning: ['check.warning', 'provisional'],
  'some-refused': ['check.someRefused', 'refused'],
  refused: ['check.refused', 'refused'],
} as const;
const PER_PAGE = 25;

/** What the check said: the whole first, then every event with the place of each remark beside the text. */
export function CheckResult({ check, text }: { readonly check: CaptureCheck; readonly text: string }) {
  const { t } = useWords();
  const words = useVocabulary();
  const lines = useMemo(() => text.split('\n'), [text]);
  const [only, setOnly] = useState<(typeof VERDICTS)[number] | 'all'>(check.counts.refused > 0 ? 'refused' : 'all');
  const chosen = useMemo(
    () => check.events.filter(({ verdict }) => only === 'all' || verdict === only),
    [check.events, only],
  );
  const { shown, foot, toFirst } = useLocalPaging(chosen, PER_PAGE);
  const [summary, tone] = SUMMARIES[check.verdict];
  const columns: readonly Column<CaptureCheckedEvent>[] = [
    {
      key: 'number',
      header: t('check.col.number'),
      lead: true,
      cell: ({ index }) => t('check.number', { number: index + 1 }),
    },
    {
      key: 'verdict',
      header: t('check.col.verdict'),
      cell: ({ verdict }) => <ToneBadge tone={TONES[verdict]}>{t(`check.verdict.${verdict}`)}</ToneBadge>,
    },
    {
      key: 'what',
      header: t('check.col.what'),
      cell: (event) => (
        <>
          {event.bizStep === undefined ? words.eventKind(event.type, event.action) : words.step(event.bizStep)}
          {event.bizStep !== undefined && (
            <Text size="xs" c="dimmed">
              {words.eventKind(event.type, event.action)}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'when',
      header: t('check.col.when'),
      cell: ({ eventTime }) => <When at={eventTime} />,
    },
    {
      key: 'where',
      header: t('check.col.where'),
      cell: ({ bizLocation, readPoint }) => {
        const place = bizLocation ?? readPoint;
        return place === undefined ? t('check.where.none') : <span title={place}>{shortName(place)}</span>;
      },
    },
    {
      key: 'items',
      header: t('check.col.items'),
      numeric: true,
      cell: ({ itemCount, firstItem }) => <span title={firstItem}>{itemCount}</span>,
    },
    {
      key: 'remarks',
      header: t('check.col.remarks'),
      cell: ({ remarks }) =>
        remarks.map((remark, i) => <Remark key={`${i}-${remark.code}`} remark={remark} lines={lines} />),
    },
  ];
  return (
    <Stack gap="md">
      <div className={classes['verdict']} role="status">
        <ToneBadge tone={tone}>{t(summary)}</ToneBadge>
        <Text size="sm" c="dimmed">
          {VERDICTS.map((verdict) => t(`check.count.${verdict}`, { count: check.counts[verdict] })).join(' · ')}
        </Text>
      </div>
      {check.parts > 1 && <Text size="sm">{t('check.parts', { count: check.parts })}</Text>}
      {check.verdict !== 'refused' && check.ledger !== 'asked' && (
        <Text size="sm" c="dimmed">
          {t(check.ledger === 'partly-asked' ? 'check.ledger.partly' : 'check.ledger.none')}
        </Text>
      )}
      {check.document.length > 0 && (
        <Notice
          tone={check.document.some(({ severity }) => severity === 'error') ? 'refused' : 'provisional'}
          title={t('check.document')}
        >
          {check.document.map((remark, i) => (
            <Remark key={`${i}-${remark.code}`} remark={remark} lines={lines} open />
          ))}
        </Notice>
      )}
      {check.events.length > 0 && (
        <DataList
          id="capture.check"
          label={t('check.events')}
          columns={columns}
          rows={shown}
          rowKey={({ index }) => String(index)}
          empty={<Text p="md">{t('check.none')}</Text>}
          filters={
            <Choice
              label={t('check.col.verdict')}
              values={['all', ...VERDICTS] as const}
              chosen={only}
              wordOf={(verdict) =>
                verdict === 'all'
                  ? t('check.all', { count: check.eventCount })
                  : t(`check.count.${verdict}`, { count: check.counts[verdict] })
              }
              onChoose={(verdict) => {
                setOnly(verdict);
                toFirst();
              }}
            />
          }
          {...foot}
        />
      )}
    </Stack>
  );
}

function Remark({
  remark,
  lines,
  open = false,
}: {
  readonly remark: CaptureCheckRemark;
  readonly lines: readonly string[];
  readonly open?: boolean;
}) {
  const { t } = useWords();
  const { detail, howToFix } = useRemarkWords()(remark);
  const [shown, setShown] = useState(open);
  const place = t('check.place', { line: remark.line, column: remark.column });
  return (
    <div className={classes['remark']}>
      <Text size="sm" fw={600} c={remark.severity === 'error' ? 'var(--wm-refused)' : 'var(--wm-provisional)'}>
        {detail}
      </Text>
      <Text size="sm">{howToFix}</Text>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {place}
        </Text>
        {!shown && (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(true)}>
            {t('check.show')}
          </Button>
        )}
      </Group>
      {shown && <Excerpt lines={lines} line={remark.line} column={remark.column} label={place} />}
    </div>
  );
}
