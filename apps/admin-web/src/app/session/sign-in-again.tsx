import { Button, Loader, Modal, Stack, Text } from '@mantine/core';
import { Suspense } from 'react';
import { sessionStore } from '../../shared/session/session-store.js';
import { useSessionState } from '../../shared/session/use-session.js';
import { later } from '../later.js';
import { useShellWords } from '../words.js';

const SignInForm = later(async () => ({ default: (await import('./sign-in-form.js')).SignInForm }));

/** Over the page when the session has ended: what was typed stays below, and the call that noticed goes on afterwards. */
export function SignInAgain() {
  const { t } = useShellWords();
  const state = useSessionState();
  const ended = state.kind === 'ended' ? state.session : undefined;
  return (
    <Modal
      opened={ended !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('signInAgain.title')}
      centered
      zIndex={1000}
    >
      {ended !== undefined && (
        <Stack gap="md">
          <Text size="sm">{t('signInAgain.text')}</Text>
          <Suspense fallback={<Loader />}>
            <SignInForm email={ended.user.email} organisation={ended.organisation} onDone={() => undefined} />
          </Suspense>
          <Button variant="subtle" color="gray" onClick={() => sessionStore.close()}>
            {t('signInAgain.leave')}
          </Button>
        </Stack>
      )}
    </Modal>
  );
}
