import { Divider, Stack, Text } from '@mantine/core';
import { Navigate } from '@tanstack/react-router';
import { Notice } from '../../shared/parts/error-box.js';
import { useSessionState } from '../../shared/session/use-session.js';
import { useSearchTexts } from '../../shared/use-search.js';
import { useShellWords } from '../words.js';
import { Front } from './front.js';
import { ProviderButton } from './provider-button.js';
import { ProviderConfirm } from './provider-confirm.js';
import { SignInForm } from './sign-in-form.js';

/** Only addresses of this console: a link may not lead somebody elsewhere after they signed in. */
const innerAddress = (text: string | undefined): string =>
  text !== undefined && /^\/(?![/\\])/.test(text) ? text : '/';

/** Why the identity provider's answer was not taken: the API names it in the address when it sends the browser back. */
const PROBLEMS = {
  OIDC_NO_ACCOUNT: 'signIn.provider.noAccount',
  OIDC_OTHER_IDENTITY: 'signIn.provider.otherIdentity',
  PEOPLE_OTHER_EMAIL: 'signIn.provider.otherEmail',
  PEOPLE_NO_SUCH_LINK: 'welcome.noSuchLink',
} as const;

export default function SignInPage() {
  const { t } = useShellWords();
  const [{ next, problem, provider }] = useSearchTexts();
  const state = useSessionState();
  if (state.kind === 'open') return <Navigate to={innerAddress(next)} replace />;
  if (provider === 'confirm')
    return (
      <Front title={t('confirmProvider.title')} text={t('confirmProvider.text')}>
        <ProviderConfirm />
      </Front>
    );
  const told =
    problem === undefined
      ? undefined
      : problem in PROBLEMS
        ? PROBLEMS[problem as keyof typeof PROBLEMS]
        : 'signIn.provider.refused';
  return (
    <Front title={t('signIn.title')} text={t('signIn.text')}>
      <Stack gap="md">
        {told !== undefined && (
          <Notice tone="refused" title={t(told)}>
            <Text size="sm">{t(`${told}.fix`)}</Text>
          </Notice>
        )}
        <SignInForm onDone={() => undefined} />
        <ProviderButton before={<Divider label={t('signIn.or')} />} />
      </Stack>
    </Front>
  );
}
