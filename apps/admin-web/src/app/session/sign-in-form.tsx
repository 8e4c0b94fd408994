import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../shared/api/problem.js';
import { ErrorBox } from '../../shared/parts/error-box.js';
import { useShellWords } from '../words.js';
import { SecondStep } from './second-step.js';
import { signIn } from './session-calls.js';

interface SignInFormProps {
  /** Fixed where somebody signs in again. */
  readonly email?: string;
  readonly organisation?: string;
  readonly onDone: () => void;
}

/** Codes that the form says in its own words. */
const WORDS: Readonly<Record<string, 'signIn.wrong' | 'signIn.totpWrong' | 'signIn.tooMany'>> = {
  AUTH_SIGN_IN_REFUSED: 'signIn.wrong',
  AUTH_TOTP_WRONG: 'signIn.totpWrong',
  HTTP_TOO_MANY_REQUESTS: 'signIn.tooMany',
};

/** Name and password, then the second step where it is turned on. */
export function SignInForm({ email: fixedEmail, organisation, onDone }: SignInFormProps) {
  const { t } = useShellWords();
  const [email, setEmail] = useState(fixedEmail ?? '');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await signIn({
        email: email.trim(),
        password,
        ...(totp !== undefined && { totp: totp.trim() }),
        ...(organisation !== undefined && { organisation }),
      });
      onDone();
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === 'AUTH_TOTP_NEEDED') setTotp('');
      else {
        if (totp !== undefined) setTotp('');
        setError(cause);
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('signIn.title')}>
      <Stack gap="md">
        {error !== undefined && (
          <ErrorBox
            error={error}
            words={(code) => {
              const key = WORDS[code];
              return key === undefined ? undefined : { what: t(key), fix: t(`${key}.fix`) };
            }}
          />
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          readOnly={fixedEmail !== undefined}
          autoFocus={fixedEmail === undefined}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          data-autofocus={fixedEmail !== undefined ? true : undefined}
          autoFocus={fixedEmail !== undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
        {totp !== undefined && <SecondStep value={totp} onChange={setTotp} />}
        <Button type="submit" loading={busy} disabled={totp !== undefined && totp.trim().length < 6} fullWidth>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
