import { Button, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { startOidc, useSignInWays } from '../../client/session/session.js';
import { ErrorBox } from '../../shared/parts/error-box.js';
import { useShellWords } from '../words.js';

/** Sign-in with the organisation's own identity provider; nothing where none is set up. */
export function ProviderButton({
  invitation,
  before,
}: {
  /** The secret of a one-time link, to be accepted on the way. */
  readonly invitation?: string;
  readonly before?: ReactNode;
}) {
  const { t } = useShellWords();
  const ways = useSignInWays();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const provider = ways.data?.oidc;
  if (provider === undefined || provider === null) return null;
  const go = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { location } = await startOidc(invitation === undefined ? {} : { invitation });
      window.location.assign(location);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Stack gap="md">
      {before}
      {error !== undefined && <ErrorBox error={error} />}
      <Button variant="default" fullWidth loading={busy} onClick={() => void go()}>
        {t('signIn.provider', { name: provider.label })}
      </Button>
    </Stack>
  );
}
