import { Button, Code, Group, PasswordInput, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { create as createQr } from 'qrcode';
import { useEffect, useState } from 'react';
import type { TotpBegun } from '../../../client/api.schemas.js';
import { beginTotp, confirmTotp, endTotp } from '../../../client/session/session.js';
import { ErrorBox, saveBlob, useSubmit } from '../../../shared/index.js';
import classes from '../settings.module.css';
import { useSettingsWords, type SettingsWords } from '../words.js';

const codeWords = (t: SettingsWords) => (code: string) =>
  code === 'ACCOUNT_CODE_WRONG' ? { what: t('totp.wrong'), fix: t('totp.wrong.fix') } : undefined;

/**
 * Asks for the password, shows the secret as a code for the phone, asks for the first six digits, then shows the recovery codes once.
 * Whoever has no password signed in a moment ago, or is told to.
 */
export function BeginSecondFactor({
  hasPassword,
  onDone,
}: {
  readonly hasPassword: boolean;
  readonly onDone: () => void;
}) {
  const [begun, setBegun] = useState<TotpBegun>();
  if (begun !== undefined) return <ConfirmSecondFactor begun={begun} onDone={onDone} />;
  return hasPassword ? <ProveFirst onBegun={setBegun} /> : <BeginAtOnce onBegun={setBegun} />;
}

/** The password once more: a session that was left open must not be tied to another's phone. */
function ProveFirst({ onBegun }: { readonly onBegun: (begun: TotpBegun) => void }) {
  const { t } = useSettingsWords();
  const [password, setPassword] = useState('');
  const { busy, error, onSubmit } = useSubmit(async () => {
    onBegun(await beginTotp({ password }));
  });
  return (
    <form onSubmit={onSubmit} aria-label={t('totp.begin')}>
      <Stack gap="md">
        {error !== undefined && <ErrorBox error={error} />}
        <Text size="sm">{t('totp.prove')}</Text>
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={password === ''}>
            {t('totp.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function BeginAtOnce({ onBegun }: { readonly onBegun: (begun: TotpBegun) => void }) {
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    beginTotp({}).then(
      (made) => {
        if (!gone) onBegun(made);
      },
      (cause: unknown) => {
        if (!gone) setError(cause);
      },
    );
    return () => {
      gone = true;
    };
  }, [onBegun]);
  return error === undefined ? <Skeleton height={192} width={192} /> : <ErrorBox error={error} />;
}

function ConfirmSecondFactor({ begun, onDone }: { readonly begun: TotpBegun; readonly onDone: () => void }) {
  const { t } = useSettingsWords();
  const [codes, setCodes] = useState<readonly string[]>();
  const [code, setCode] = useState('');
  const { busy, error, onSubmit } = useSubmit(async () => {
    setCodes((await confirmTotp({ code })).recoveryCodes);
  });
  if (codes !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm">{t('totp.recovery')}</Text>
        <div className={classes['codes']} data-testid="recovery-codes">
          {codes.map((one) => (
            <span key={one}>{one}</span>
          ))}
        </div>
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() =>
              saveBlob(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }), 'waymark-recovery-codes.txt')
            }
          >
            {t('totp.recovery.save')}
          </Button>
          <Button onClick={onDone}>{t('totp.recovery.done')}</Button>
        </Group>
      </Stack>
    );
  return (
    <form onSubmit={onSubmit} aria-label={t('totp.begin')}>
      <Stack gap="md">
        {error !== undefined && <ErrorBox error={error} words={codeWords(t)} />}
        <Text size="sm">{t('totp.scan')}</Text>
        <Group align="start" gap="lg">
          <QrCode text={begun.uri} label={t('totp.qr')} />
          <Stack gap={4} flex={1} miw="12rem">
            <Text size="sm" c="dimmed">
              {t('totp.type')}
            </Text>
            <Code data-testid="totp-secret">{begun.secret.match(/.{1,4}/g)?.join(' ')}</Code>
          </Stack>
        </Group>
        <TextInput
          label={t('totp.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={code.length !== 6}>
            {t('totp.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function EndSecondFactor({
  hasPassword,
  onDone,
}: {
  readonly hasPassword: boolean;
  readonly onDone: () => void;
}) {
  const { t } = useSettingsWords();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { busy, error, onSubmit } = useSubmit(async () => {
    await endTotp({ code, ...(hasPassword && { password }) });
    onDone();
  });
  return (
    <form onSubmit={onSubmit} aria-label={t('totp.end')}>
      <Stack gap="md">
        {error !== undefined && <ErrorBox error={error} words={codeWords(t)} />}
        <Text size="sm">{t('totp.end.text')}</Text>
        {hasPassword && (
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          />
        )}
        <TextInput
          label={t('totp.codeOrRecovery')}
          autoComplete="one-time-code"
          required
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" color="red.8" loading={busy} disabled={code.trim().length < 6}>
            {t('totp.end')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Dark modules on white, with the quiet zone that readers need, in both appearances. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = createQr(text, { errorCorrectionLevel: 'M' });
  const path: string[] = [];
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column) === 1) path.push(`M${column + 4} ${row + 4}h1v1h-1z`);
  const side = modules.size + 8;
  return (
    <svg
      className={classes['qr']}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path.join('')} fill="black" />
    </svg>
  );
}
