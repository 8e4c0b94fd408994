import { Button, Center, Divider, List, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { InvitationFacts } from '../../client/api.schemas.js';
import { acceptInvitation, lookAtInvitation } from '../../client/people/people.js';
import { ApiError } from '../../shared/api/problem.js';
import { PlainLink } from '../../shared/parts/app-link.js';
import { ErrorBox, Notice } from '../../shared/parts/error-box.js';
import { sessionStore } from '../../shared/session/session-store.js';
import { useLanguage } from '../../shared/translations.js';
import { useSubmit } from '../../shared/use-submit.js';
import { useShellWords } from '../words.js';
import { Front } from './front.js';
import { ProviderButton } from './provider-button.js';
import { SecondStep } from './second-step.js';

/** Refusals that the page says in its own words. */
const WORDS = {
  AUTH_SIGN_IN_REFUSED: 'welcome.wrong',
  AUTH_TOTP_WRONG: 'signIn.totpWrong',
  HTTP_TOO_MANY_REQUESTS: 'signIn.tooMany',
  PASSWORD_TOO_SHORT: 'welcome.tooShort',
  PASSWORD_TOO_LONG: 'welcome.tooLong',
  PASSWORD_TOO_PLAIN: 'welcome.tooPlain',
  PASSWORD_COMMON: 'welcome.common',
  PASSWORD_ABOUT_YOU: 'welcome.aboutYou',
} as const;

/** The token is in the fragment, so that no server log has it; it leaves the address bar as soon as it is read. */
function takeToken(): string {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  if (token !== '') window.history.replaceState(window.history.state, '', '/welcome');
  return token;
}

/** Behind a one-time link: a new person chooses a password, somebody known joins another organisation or gets a new password. */
export default function WelcomePage() {
  const { t } = useShellWords();
  const [token] = useState(takeToken);
  const link = useQuery({
    queryKey: ['invitation'],
    queryFn: () => lookAtInvitation({ token }),
    enabled: token !== '',
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  if (token === '' || link.error !== null)
    return (
      <Front title={t('welcome.title')}>
        <Stack>
          {link.error !== null && !(link.error instanceof ApiError && link.error.status === 404) ? (
            <ErrorBox error={link.error} onRetry={() => void link.refetch()} />
          ) : (
            <Notice tone="provisional" title={t('welcome.noSuchLink')}>
              <Text size="sm">{t('welcome.noSuchLink.fix')}</Text>
            </Notice>
          )}
          <Button variant="default" renderRoot={(given) => <PlainLink to="/sign-in" {...given} />}>
            {t('welcome.toSignIn')}
          </Button>
        </Stack>
      </Front>
    );
  if (link.data === undefined)
    return (
      <Front title={t('welcome.title')}>
        <Center p="xl">
          <Loader />
        </Center>
      </Front>
    );
  return <Accept facts={link.data} token={token} />;
}

function Accept({ facts, token }: { readonly facts: InvitationFacts; readonly token: string }) {
  const { t } = useShellWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const isNew = facts.account === 'new' && facts.kind === 'invite';
  const chooses = facts.account === 'new' || facts.kind === 'reset';
  const organisation = facts.organisation.names[language];

  const wordsOf = (code: string) => {
    const key = code in WORDS ? WORDS[code as keyof typeof WORDS] : undefined;
    return key === undefined ? undefined : { what: t(key), fix: t(`${key}.fix`) };
  };

  const { busy, error, onSubmit } = useSubmit(async () => {
    sessionStore.open(
      await acceptInvitation({
        token,
        password,
        ...(isNew && { name: name.trim() }),
        ...(facts.totp && totp !== '' && { totp }),
      }),
    );
    await navigate({ to: '/', replace: true });
  });
  return (
    <Front
      title={facts.kind === 'reset' ? t('welcome.reset') : t('welcome.joinTitle', { organisation })}
      text={t(facts.kind === 'reset' ? 'welcome.reset.text' : isNew ? 'welcome.newText' : 'welcome.knownText', {
        email: facts.email,
      })}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {error !== undefined && <ErrorBox error={error} words={wordsOf} />}
          {/* For password managers: to whom the password belongs. */}
          <input type="text" name="email" autoComplete="username" value={facts.email} readOnly hidden />
          {isNew && (
            <TextInput
              label={t('welcome.name')}
              description={t('welcome.name.hint')}
              name="name"
              autoComplete="name"
              required
              autoFocus
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <PasswordInput
            label={chooses ? t('welcome.newPassword') : t('signIn.password')}
            {...(chooses && { description: t('welcome.newPassword.hint') })}
            name="password"
            autoComplete={chooses ? 'new-password' : 'current-password'}
            required
            autoFocus={!isNew}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          />
          {facts.totp && <SecondStep value={totp} onChange={setTotp} first={false} />}
          {isNew && (
            <div>
              <Text size="sm">{t('welcome.roles')}</Text>
              <List size="sm">
                {facts.roles.map((role) => (
                  <List.Item key={role}>{t(`role.${role}`)}</List.Item>
                ))}
              </List>
            </div>
          )}
          <Button type="submit" loading={busy}>
            {t(chooses ? 'welcome.submit' : 'signIn.submit')}
          </Button>
        </Stack>
      </form>
      {facts.kind === 'invite' && (
        <ProviderButton invitation={token} before={<Divider label={t('signIn.or')} mt="md" />} />
      )}
    </Front>
  );
}
