import { Button, FileButton, Group, Text, TextInput } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { ErrorBox, formatWhen, Notice, ToneBadge } from '../../shared/index.js';
import { forgetTrust, isFingerprint, trustByFingerprint, trustFile, useOwnTrust } from './check/own-trust.js';
import classes from './regulator.module.css';
import { useRegulatorWords } from './words.js';

/** Whom the reader trusts: their own file, or what they compared with another hand. Nothing is taken from this server by itself. */
export function TrustPanel() {
  const { t, language } = useRegulatorWords();
  const own = useOwnTrust();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const take = async (file: File | null) => {
    if (file === null) return;
    setError(undefined);
    setProblem((await trustFile(file)) ? undefined : t('trust.notAFile'));
  };
  const compare = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setError(undefined);
    if (!isFingerprint(typed)) {
      setProblem(t('trust.notAFingerprint'));
      return;
    }
    setBusy(true);
    try {
      const compared = await trustByFingerprint(typed);
      if (!compared.same) setProblem(t('trust.differs', { found: compared.found ?? '–' }));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };

  if (own !== undefined)
    return (
      <section className={classes['card']} aria-labelledby="trust-title">
        <Group justify="space-between" align="start">
          <div>
            <Text fw={600} id="trust-title">
              {t('trust.title')}
            </Text>
            <Text className={classes['fingerprint']} data-testid="trust-fingerprint">
              {own.fingerprint}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`trust.source.${own.source}`, { when: formatWhen(new Date(own.since), language) })}
            </Text>
          </div>
          <ToneBadge tone="regulator">{t('trust.yours')}</ToneBadge>
        </Group>
        <Text size="sm" mt="xs">
          {t('trust.members', {
            chain: own.trust.chainId,
            names: own.trust.committee.members
              .map(({ memberId }) => own.trust.validatorNames[memberId]?.[language] ?? memberId.slice(0, 8))
              .join(language === 'en' ? ', ' : '、'),
          })}
        </Text>
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={forgetTrust}>
          {t('trust.forget')}
        </Button>
      </section>
    );
  return (
    <section className={classes['card']} aria-labelledby="trust-title">
      <Text fw={600} id="trust-title">
        {t('trust.ask')}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('trust.why')}
      </Text>
      {error !== undefined && <ErrorBox error={error} />}
      {problem !== undefined && (
        <Notice tone="refused" title={t('trust.refused')}>
          {problem}
        </Notice>
      )}
      <Group align="end" gap="md" mt="sm">
        <FileButton onChange={(file) => void take(file)} accept="application/json,.json">
          {(given) => (
            <Button {...given} variant="default" leftSection={<IconFileCertificate size={16} aria-hidden />}>
              {t('trust.file')}
            </Button>
          )}
        </FileButton>
        <form onSubmit={(event) => void compare(event)}>
          <Group align="end" gap="xs">
            <TextInput
              label={t('trust.fingerprint')}
              placeholder="3F2A-91C4-77B0-12DE"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
            />
            <Button type="submit" variant="default" loading={busy} disabled={typed.trim() === ''}>
              {t('trust.compare')}
            </Button>
          </Group>
        </form>
      </Group>
    </section>
  );
}
