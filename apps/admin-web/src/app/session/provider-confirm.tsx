import { Button, Loader, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { confirmOidc, useOidcWaiting } from '../../client/session/session.js';
import { ApiError } from '../../shared/api/problem.js';
import { AppLink } from '../../shared/parts/app-link.js';
import { ErrorBox, Notice } from '../../shared/parts/error-box.js';
import { sessionStore } from '../../shared/session/session-store.js';
import { useShellWords } from '../words.js';
import { SecondStep } from './second-step.js';

/** Codes that the form says in its own words. */
const WORDS: Readonly<Record<string, 'confirmProvider.wrong' | 'signIn.totpWrong' | 'signIn.tooMany'>> = {
  AUTH_SIGN_IN_REFUSED: 'confirmProvider.wrong',
  AUTH_TOTP_WRONG: 'signIn.totpWrong',
  HTTP_TOO_MANY_REQUESTS: 'signIn.tooMany',
};

/**
 * The identity provider has vouched for somebody, and their account asks for more: once its password, to tie the identity to it, and the
 * second step where it is turned on.
 */
export function ProviderConfirm() {
  const { t } = useShellWords();
  const waiting = useOidcWaiting({ query: { retry: false, refetchOnWindowFocus: false } });
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const asked = waiting.data;
  const over = waiting.error ?? (error instanceof ApiError && error.code === 'OIDC_REFUSED' ? error : null);
  if (over !== null)
    return (
      <Stack gap="md">
        {over instanceof ApiError && over.code === 'OIDC_REFUSED' ? (
          <Notice tone="refused" title={t('confirmProvider.over')}>
            <Text size="sm">{t('confirmProvider.over.fix')}</Text>
          </Notice>
        ) : (
          <ErrorBox error={over} />
        )}
        <AppLink to="/sign-in">{t('welcome.toSignIn')}</AppLink>
      </Stack>
    );
  if (asked === undefined) return <Loader />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      sessionStore.open(
        await confirmOidc({ ...(asked.password && { password }), ...(asked.totp && { totp: totp.trim() }) }),
      );
    } catch (cause) {
      setTotp('');
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('confirmProvider.title')}>
      <Stack gap="md">
        <Text size="sm">
          {t(asked.password ? 'confirmProvider.password.text' : 'confirmProvider.totp.text', { email: asked.email })}
        </Text>
        {error !== undefined && (
          <ErrorBox
            error={error}
            words={(code) => {
              const key = WORDS[code];
              return key === undefined ? undefined : { what: t(key), fix: t(`${key}.fix`) };
            }}
          />
        )}
        {/* For password managers: whose password it is. */}
        <input type="text" autoComplete="username" value={asked.email} readOnly hidden />
        {asked.password && (
          <PasswordInput
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            required
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          />
        )}
        {asked.totp && <SecondStep value={totp} onChange={setTotp} first={!asked.password} />}
        <Button type="submit" loading={busy} disabled={asked.totp && totp.trim().length < 6} fullWidth>
          {t('signIn.submit')}
        </Button>
        <AppLink to="/sign-in">{t('confirmProvider.otherWay')}</AppLink>
      </Stack>
    </form>
  );
}
