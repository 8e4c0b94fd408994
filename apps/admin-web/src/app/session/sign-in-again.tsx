import { Anchor, Button, Loader, Modal, Stack, Text } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useSignInWays } from '../../client/session/session.js';
import { sessionStore, type Session } from '../../shared/session/session-store.js';
import { useSessionState } from '../../shared/session/use-session.js';
import { useLanguage } from '../../shared/translations.js';
import { later } from '../later.js';
import { useShellWords } from '../words.js';

const SignInForm = later(async () => ({ default: (await import('./sign-in-form.js')).SignInForm }));

/** Over the page when the session has ended: what was typed stays below, and the call that noticed goes on afterwards. */
export function SignInAgain() {
  const { t } = useShellWords();
  const state = useSessionState();
  const ended = state.kind === 'ended' ? state.session : undefined;
  const changed = state.kind === 'changed' ? state.session : undefined;
  return (
    <Modal
      opened={ended !== undefined || changed !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t(changed === undefined ? 'signInAgain.title' : 'actorChanged.title')}
      centered
      zIndex={1000}
    >
      {ended !== undefined && (
        <Stack gap="md">
          <Text size="sm">{t('signInAgain.text')}</Text>
          <Suspense fallback={<Loader />}>
            <SignInForm email={ended.user.email} organisation={ended.organisation} onDone={() => undefined} />
          </Suspense>
          <ByProvider />
          <Button variant="subtle" color="gray" onClick={() => sessionStore.close()}>
            {t('signInAgain.leave')}
          </Button>
        </Stack>
      )}
      {changed !== undefined && <ActorChanged session={changed} />}
    </Modal>
  );
}

/**
 * For people whose identity provider signs them in: it needs a page of its own, and this one must stay as it is. They sign in in another
 * tab; when they come back here, the cookie that they got there opens this page too.
 */
function ByProvider() {
  const { t } = useShellWords();
  const ways = useSignInWays();
  const provider = ways.data?.oidc ?? undefined;
  useEffect(() => {
    if (provider === undefined) return;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      void sessionStore.refresh().catch((cause: unknown) => {
        // No network at this moment: the dialogue stays, and the next return looks again.
        if (!(cause instanceof TypeError)) throw cause;
      });
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [provider]);
  if (provider === undefined) return null;
  return (
    <Text size="sm">
      <Anchor href="/sign-in" target="_blank" rel="noopener">
        {t('signInAgain.provider', { name: provider.label })}
      </Anchor>{' '}
      {t('signInAgain.provider.text')}
    </Text>
  );
}

/** The page was made for an organisation that its person does not act for any more: it is left whole, nothing of it goes on as another. */
function ActorChanged({ session }: { readonly session: Session }) {
  const { t } = useShellWords();
  const language = useLanguage();
  const name =
    session.organisations.find(({ account }) => account === session.organisation)?.name[language] ??
    session.organisation;
  return (
    <Stack gap="md">
      <Text size="sm">{t('actorChanged.text', { name, email: session.user.email })}</Text>
      {/* A new page: nothing that was loaded for the one is ever shown to the other. */}
      <Button onClick={() => window.location.assign('/')}>{t('actorChanged.go')}</Button>
    </Stack>
  );
}
