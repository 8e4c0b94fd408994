import { Button, Group, Text } from '@mantine/core';
import { IconDownload, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import type { RecordFinding, TrustRoot } from '@waymark/light-client';
import { codeText, describeRecord, isCheckCode, recordName } from '@waymark/verifier';
import { useState } from 'react';
import { ErrorBox, Identifier, Notice, Progress, saveBlob, ToneBadge, When, type Tone } from '../../shared/index.js';
import { allFindings, type CheckRecord } from './check/check-store.js';
import type { CheckRun, CheckView } from './check/check-run.js';
import classes from './regulator.module.css';
import { useRegulatorWords } from './words.js';

const TONES: Readonly<Record<RecordFinding['outcome'], Tone>> = {
  accepted: 'final',
  refused: 'provisional',
  wrong: 'refused',
};

/** How far the check is, and what it found, record by record. */
export function CheckResult({
  run,
  view,
  trust,
}: {
  readonly run: CheckRun;
  readonly view: CheckView;
  readonly trust: TrustRoot | undefined;
}) {
  const { t } = useRegulatorWords();
  const [failed, setFailed] = useState<unknown>();
  const { check, live } = view;
  if (check === null || check === undefined) return view.error === undefined ? null : <ErrorBox error={view.error} />;
  const attempt = (work: Promise<void>) => {
    setFailed(undefined);
    work.catch(setFailed);
  };
  return (
    <section
      className={classes['card']}
      aria-label={t('result.title')}
      data-testid="check-result"
      data-phase={phaseOf(check, live)}
    >
      <Group justify="space-between" align="start" mb="sm">
        <div>
          <Text fw={600}>{t('result.title')}</Text>
          <Text size="sm" c="dimmed" component="div">
            {check.subject.kind === 'range' ? (
              t('result.range', { from: check.subject.from, to: check.subject.to })
            ) : (
              <Identifier value={check.subject.id} />
            )}
          </Text>
        </div>
        <Group gap="xs">
          {live && (
            <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => run.stop()}>
              {t('result.stop')}
            </Button>
          )}
          {!live && check.phase !== 'done' && (
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              disabled={trust === undefined}
              onClick={() => trust !== undefined && attempt(run.goOn(trust))}
            >
              {t('result.goOn')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => attempt(exportResult(check))}
            disabled={live}
          >
            {t('result.export')}
          </Button>
          {!live && (
            <Button
              variant="subtle"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => attempt(run.discard())}
            >
              {t('result.discard')}
            </Button>
          )}
        </Group>
      </Group>
      {view.error !== undefined && <ErrorBox error={view.error} />}
      {failed !== undefined && <ErrorBox error={failed} />}
      <Verdict check={check} live={live} />
      <Numbers check={check} live={live} />
      {check.anchor !== undefined && <Anchor check={check} />}
      {check.wrong.length > 0 && (
        <>
          <Text fw={600} mt="md" component="h2">
            {t('result.wrong')}
          </Text>
          <ol className={classes['records']} data-testid="wrong-records">
            {check.wrong.map((finding, index) => (
              <FindingRow key={index} finding={finding} />
            ))}
          </ol>
        </>
      )}
      {check.recent.length > 0 && (
        <>
          <Text fw={600} mt="md" component="h2">
            {t('result.recent')}
          </Text>
          <ol className={classes['records']} data-testid="recent-records">
            {check.recent.map((finding) => (
              <FindingRow key={`${finding.txId ?? ''}/${finding.bodyIndex ?? ''}`} finding={finding} />
            ))}
          </ol>
          <Text size="sm" c="dimmed">
            {t('result.allInFile')}
          </Text>
        </>
      )}
    </section>
  );
}

const phaseOf = ({ phase, counts }: CheckRecord, live: boolean) =>
  live
    ? 'running'
    : phase !== 'done'
      ? 'stopped'
      : counts.wrong > 0 || counts.accepted + counts.refused === 0
        ? 'wrong'
        : 'verified';

function Verdict({ check, live }: { readonly check: CheckRecord; readonly live: boolean }) {
  const { t } = useRegulatorWords();
  const { counts, truncated } = check;
  const phase = phaseOf(check, live);
  if (counts.wrong > 0)
    return (
      <Notice tone="refused" title={t('verdict.wrong')}>
        {t('verdict.wrong.text', { count: counts.wrong })}
      </Notice>
    );
  if (phase === 'running') return null;
  if (phase === 'stopped')
    return (
      <Notice tone="provisional" title={t('verdict.stopped')}>
        {t('verdict.stopped.text')}
      </Notice>
    );
  if (phase === 'wrong')
    return (
      <Notice tone="provisional" title={t('verdict.nothing')}>
        {t('verdict.nothing.text')}
      </Notice>
    );
  return (
    <div role="status">
      <ToneBadge tone="final">{t('verdict.verified')}</ToneBadge>
      <Text mt={4}>
        {t(check.subject.kind === 'range' ? 'verdict.verified.range' : 'verdict.verified.item', {
          count: counts.accepted + counts.refused,
        })}
      </Text>
      {truncated && <Text c="dimmed">{t('verdict.truncated')}</Text>}
    </div>
  );
}

function Numbers({ check, live }: { readonly check: CheckRecord; readonly live: boolean }) {
  const { t } = useRegulatorWords();
  const { done, total, counts, workedMs } = check;
  const records = counts.accepted + counts.refused + counts.wrong;
  const seconds = workedMs / 1000;
  const rate = seconds > 0 ? records / seconds : 0;
  const left = total === undefined || done === 0 ? undefined : Math.ceil(((total - done) * seconds) / done);
  return (
    <>
      <div className={classes['numbers']} data-testid="check-numbers">
        <ToneBadge tone="final">{t('count.accepted', { count: counts.accepted })}</ToneBadge>
        <ToneBadge tone={counts.refused > 0 ? 'provisional' : 'unknown'}>
          {t('count.refused', { count: counts.refused })}
        </ToneBadge>
        <ToneBadge tone={counts.wrong > 0 ? 'refused' : 'unknown'}>
          {t('count.wrong', { count: counts.wrong })}
        </ToneBadge>
      </div>
      {live && (
        <Progress
          label={t(check.subject.kind === 'range' ? 'progress.blocks' : 'progress.records')}
          done={done}
          total={total}
          note={
            left === undefined
              ? t('progress.rate', { rate: Math.round(rate), records })
              : t('progress.left', { rate: Math.round(rate), records, seconds: left })
          }
        />
      )}
    </>
  );
}

function Anchor({ check }: { readonly check: CheckRecord }) {
  const { t, language } = useRegulatorWords();
  const { anchor } = check;
  if (anchor === undefined) return null;
  return (
    <Text size="sm" c="dimmed" component="div">
      {t('result.anchor', {
        signed: anchor.signed,
        of: anchor.of,
        height: anchor.height,
        names: anchor.names.map((names) => names[language]).join(language === 'en' ? ', ' : '、'),
      })}{' '}
      <When at={anchor.timeMs} exact="second" /> · {t('result.trust')}{' '}
      <span className={classes['fingerprint']}>{check.fingerprint}</span>
    </Text>
  );
}

function FindingRow({ finding }: { readonly finding: RecordFinding }) {
  const { t, language } = useRegulatorWords();
  const { defect, outcome, height, bodyIndex, timeMs, txId } = finding;
  const place =
    height === undefined
      ? undefined
      : bodyIndex === undefined
        ? t('finding.block', { height })
        : t('finding.place', { height, record: bodyIndex });
  return (
    <li data-outcome={outcome} {...(defect !== undefined && { 'data-code': defect.code })}>
      <Group gap="xs">
        <ToneBadge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</ToneBadge>
        <Text fw={500} component="span">
          {recordName(finding, language)}
        </Text>
      </Group>
      <Text size="sm">{describeRecord(finding, language)}</Text>
      {defect !== undefined && (
        <Text size="sm" fw={500}>
          {isCheckCode(defect.code) ? codeText(defect.code, language) : defect.code}
        </Text>
      )}
      <Text size="xs" c="dimmed" component="div">
        {timeMs !== undefined && (
          <>
            <When at={timeMs} exact="second" />{' '}
          </>
        )}
        {place}
        {defect !== undefined && ` · ${defect.code} ${defect.where}`}
        {txId !== undefined && (
          <span>
            {' '}
            · <Identifier value={txId} charactersMax={20} />
          </span>
        )}
      </Text>
    </li>
  );
}

/** Every record with what was found, as a file that others can read. */
async function exportResult(check: CheckRecord): Promise<void> {
  const { owner: _owner, recent: _recent, wrong: _wrong, batches: _batches, position: _position, ...facts } = check;
  const records = (await allFindings(check.owner)).map(({ value: _value, ...finding }) => finding);
  const report = { format: 'waymark-check/1', exportedAt: new Date().toISOString(), ...facts, records };
  saveBlob(
    new Blob([JSON.stringify(report, undefined, 1)], { type: 'application/json' }),
    check.subject.kind === 'range' ? `check-blocks-${check.subject.from}-${check.subject.to}.json` : 'check-item.json',
  );
}
