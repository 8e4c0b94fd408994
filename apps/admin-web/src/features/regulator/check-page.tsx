import { Button, Group, NumberInput, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useRegulatorOverview } from '../../client/regulator/regulator.js';
import { ErrorBox, RecordHeader, useSearchTexts, useSession } from '../../shared/index.js';
import { CheckResult } from './check-result.js';
import type { CheckSubject } from './check/check-store.js';
import { useOwnTrust } from './check/own-trust.js';
import { useCheckRun } from './check/use-check-run.js';
import { EvidenceFiles } from './evidence-files.js';
import classes from './regulator.module.css';
import { TrustPanel } from './trust-panel.js';
import { useRegulatorWords } from './words.js';

/** Check everything: every proof of an item, or of a range of blocks, verified in this browser. */
export default function CheckPage() {
  const { t } = useRegulatorWords();
  const [search, change] = useSearchTexts();
  const session = useSession();
  const own = useOwnTrust();
  const overview = useRegulatorOverview();
  const { run, view } = useCheckRun(`${session.user.id}/${session.organisation}`);
  const [failed, setFailed] = useState<unknown>();
  const height = overview.data?.height;
  const isRange = search['from'] !== undefined || search['to'] !== undefined || search['kind'] === 'range';
  const kind = isRange ? 'range' : 'item';
  const subject = subjectOf(kind, search, height);
  const ownOfThisChain =
    own !== undefined && (overview.data === undefined || own.trust.genesisHash === overview.data.genesisHash);

  const start = (event: FormEvent) => {
    event.preventDefault();
    if (own === undefined || subject === undefined) return;
    setFailed(undefined);
    run.start(subject, own.trust, own.fingerprint).catch(setFailed);
  };
  return (
    <div className={classes['stack']}>
      <RecordHeader title={t('check.title')} subtitle={t('check.text')} />
      <TrustPanel />
      {own !== undefined && !ownOfThisChain && (
        <Text c="red.8" role="alert">
          {t('trust.otherChain', { chain: own.trust.chainId })}
        </Text>
      )}
      <section className={classes['card']} aria-label={t('check.what')}>
        <form onSubmit={start}>
          <SegmentedControl
            value={kind}
            onChange={(value) =>
              change(
                value === 'range'
                  ? { item: undefined, kind: 'range' }
                  : { kind: undefined, from: undefined, to: undefined },
              )
            }
            data={[
              { value: 'item', label: t('check.item') },
              { value: 'range', label: t('check.range') },
            ]}
            aria-label={t('check.what')}
          />
          <Group align="end" gap="sm" mt="sm">
            {kind === 'item' ? (
              <TextInput
                className={classes['grow']}
                label={t('check.item.label')}
                description={t('check.item.hint')}
                placeholder="https://id.gs1.org/01/09521005001010/21/C0001"
                value={search['item'] ?? ''}
                onChange={(event) => change({ item: event.currentTarget.value })}
              />
            ) : (
              <>
                <NumberInput
                  label={t('check.from')}
                  min={1}
                  {...(height !== undefined && { max: height })}
                  allowDecimal={false}
                  allowNegative={false}
                  value={search['from'] ?? 1}
                  onChange={(value) => change({ from: String(value), kind: 'range' })}
                />
                <NumberInput
                  label={t('check.to')}
                  min={1}
                  {...(height !== undefined && { max: height })}
                  allowDecimal={false}
                  allowNegative={false}
                  value={search['to'] ?? height ?? ''}
                  onChange={(value) => change({ to: String(value), kind: 'range' })}
                />
                <Text size="sm" c="dimmed">
                  {height === undefined ? '' : t('check.height', { height })}
                </Text>
              </>
            )}
            <Button type="submit" disabled={own === undefined || !ownOfThisChain || subject === undefined || view.live}>
              {t('check.start')}
            </Button>
          </Group>
          {own === undefined && (
            <Text size="sm" c="dimmed" mt="xs">
              {t('check.trustFirst')}
            </Text>
          )}
        </form>
        {failed !== undefined && <ErrorBox error={failed} />}
      </section>
      <CheckResult run={run} view={view} trust={own?.trust} />
      <EvidenceFiles subject={subject} />
    </div>
  );
}

function subjectOf(
  kind: 'item' | 'range',
  search: Readonly<Record<string, string>>,
  height: number | undefined,
): CheckSubject | undefined {
  if (kind === 'item') {
    const id = search['item']?.trim() ?? '';
    return id === '' ? undefined : { kind, id };
  }
  const from = Number(search['from'] ?? 1);
  const to = Number(search['to'] ?? height ?? 0);
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && to >= from
    ? { kind, from, to }
    : undefined;
}
