import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { OwnSession } from '../../../client/api.schemas.js';
import {
  changeAccount,
  changePassword,
  endOtherSessions,
  endOwnSession,
  useCurrentSession,
  useListOwnSessions,
  useSignInWays,
} from '../../../client/session/session.js';
import {
  ApiError,
  ConfirmDialog,
  ErrorBox,
  Notice,
  RecordHeader,
  sessionStore,
  ToneBadge,
  useSession,
  useSubmit,
  When,
} from '../../../shared/index.js';
import classes from '../settings.module.css';
import { useSettingsWords } from '../words.js';
import { BeginSecondFactor, EndSecondFactor } from './second-factor.js';

/** One's own account: name, password, second factor, and where one is signed in. */
export default function AccountPage() {
  const { t } = useSettingsWords();
  const current = useCurrentSession();
  const ways = useSignInWays();
  const reload = async () => {
    await Promise.all([current.refetch(), sessionStore.refresh()]);
  };
  const user = current.data?.user;
  return (
    <div className={classes['stack']}>
      <RecordHeader title={t('account.title')} subtitle={user?.email ?? ''} />
      {current.error !== null && <ErrorBox error={current.error} onRetry={() => void current.refetch()} />}
      {user !== undefined && (
        <>
          <NameCard key={user.version} name={user.name} version={user.version} onSaved={reload} />
          <PasswordCard hasPassword={user.password} onChanged={reload} />
          {(ways.data?.totp === true || user.totp) && (
            <SecondFactorCard on={user.totp} hasPassword={user.password} onChanged={reload} />
          )}
          <SessionsCard />
        </>
      )}
    </div>
  );
}

function Card({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes['card']}>
      <Title order={2} size="h4" mb={4}>
        {title}
      </Title>
      {text !== undefined && (
        <Text size="sm" c="dimmed" mb="md" maw="46rem">
          {text}
        </Text>
      )}
      {children}
    </section>
  );
}

function NameCard({
  name,
  version,
  onSaved,
}: {
  readonly name: string;
  readonly version: number;
  readonly onSaved: () => Promise<void>;
}) {
  const { t } = useSettingsWords();
  const [typed, setTyped] = useState(name);
  const [base, setBase] = useState(version);
  /** What was saved elsewhere while this was typed. */
  const [theirs, setTheirs] = useState<string>();
  const { busy, error, onSubmit } = useSubmit(async () => {
    try {
      await changeAccount({ version: base, name: typed });
      setTheirs(undefined);
      await onSaved();
    } catch (cause) {
      // Saved in another tab meanwhile: what was typed stays, and the person chooses.
      const current =
        cause instanceof ApiError
          ? (cause.problem.current as { version?: number; name?: string } | undefined)
          : undefined;
      if (current?.version === undefined) throw cause;
      setBase(current.version);
      setTheirs(current.name ?? '');
    }
  });
  return (
    <Card title={t('account.name')}>
      <form onSubmit={onSubmit} className={classes['narrow']} aria-label={t('account.name')}>
        <Stack gap="sm">
          {error !== undefined && <ErrorBox error={error} />}
          {theirs !== undefined && (
            <Notice
              tone="provisional"
              title={t('account.name.conflict')}
              action={
                <Group gap="xs">
                  <Button size="xs" type="submit" loading={busy}>
                    {t('conflict.keepYours')}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => void onSaved()}>
                    {t('conflict.takeTheirs')}
                  </Button>
                </Group>
              }
            >
              <Text size="sm">
                {t('conflict.theirs')}: <strong>{theirs}</strong>
              </Text>
            </Notice>
          )}
          <TextInput
            label={t('account.name.label')}
            autoComplete="name"
            required
            maxLength={120}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={busy} disabled={typed.trim() === '' || typed === name}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** Words of the page for refusals of a new password. */
const PASSWORD_WORDS = {
  PASSWORD_TOO_SHORT: 'password.tooShort',
  PASSWORD_TOO_LONG: 'password.tooLong',
  PASSWORD_TOO_PLAIN: 'password.tooPlain',
  PASSWORD_COMMON: 'password.common',
  PASSWORD_ABOUT_YOU: 'password.aboutYou',
  ACCOUNT_PASSWORD_WRONG: 'password.wrong',
} as const;

function PasswordCard({
  hasPassword,
  onChanged,
}: {
  readonly hasPassword: boolean;
  readonly onChanged: () => Promise<void>;
}) {
  const { t } = useSettingsWords();
  const [before, setBefore] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState<number>();
  const { busy, error, onSubmit } = useSubmit(async () => {
    setDone(undefined);
    const { ended } = await changePassword({ next, ...(hasPassword && { current: before }) });
    setDone(ended);
    setBefore('');
    setNext('');
    await onChanged();
  });
  const toggle = { 'aria-label': t('password.show') };
  return (
    <Card title={t('password.title')} text={t('password.text')}>
      <form onSubmit={onSubmit} className={classes['narrow']} aria-label={t('password.title')}>
        <Stack gap="sm">
          {error !== undefined && (
            <ErrorBox
              error={error}
              words={(code) =>
                code in PASSWORD_WORDS
                  ? { what: t(PASSWORD_WORDS[code as keyof typeof PASSWORD_WORDS]), fix: t('password.fix') }
                  : undefined
              }
            />
          )}
          {hasPassword && (
            <PasswordInput
              label={t('password.current')}
              autoComplete="current-password"
              required
              value={before}
              onChange={(event) => setBefore(event.currentTarget.value)}
              visibilityToggleButtonProps={toggle}
            />
          )}
          <PasswordInput
            label={t('password.next')}
            description={t('password.fix')}
            autoComplete="new-password"
            required
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            visibilityToggleButtonProps={toggle}
          />
          <Group>
            <Button type="submit" loading={busy} disabled={next === '' || (hasPassword && before === '')}>
              {t('password.submit')}
            </Button>
            <Text size="sm" role="status">
              {done === undefined ? '' : t('password.done', { count: done })}
            </Text>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function SecondFactorCard({
  on,
  hasPassword,
  onChanged,
}: {
  readonly on: boolean;
  readonly hasPassword: boolean;
  readonly onChanged: () => Promise<void>;
}) {
  const { t } = useSettingsWords();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Card title={t('totp.title')} text={t('totp.text')}>
      <Group>
        <ToneBadge tone={on ? 'final' : 'unknown'}>{on ? t('totp.on') : t('totp.off')}</ToneBadge>
        <Button variant="default" onClick={() => setOpen(true)}>
          {on ? t('totp.end') : t('totp.begin')}
        </Button>
      </Group>
      <Modal
        opened={open}
        onClose={close}
        title={on ? t('totp.end') : t('totp.begin')}
        closeButtonProps={{ 'aria-label': t('close') }}
        closeOnClickOutside={false}
        centered
        size="lg"
      >
        {on ? (
          <EndSecondFactor
            hasPassword={hasPassword}
            onDone={() => {
              close();
              void onChanged();
            }}
          />
        ) : (
          <BeginSecondFactor
            hasPassword={hasPassword}
            onDone={() => {
              close();
              void onChanged();
            }}
          />
        )}
      </Modal>
    </Card>
  );
}

function SessionsCard() {
  const { t, language } = useSettingsWords();
  const session = useSession();
  const sessions = useListOwnSessions();
  const [ending, setEnding] = useState<OwnSession | 'others'>();
  const nameOf = (account: string) =>
    session.organisations.find((one) => one.account === account)?.name[language] ?? account;
  const list = sessions.data?.sessions ?? [];
  return (
    <Card title={t('sessions.title')} text={t('sessions.text')}>
      {sessions.error !== null && <ErrorBox error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={classes['sessions']}>
        {list.map((one) => (
          <li key={one.id}>
            <div className={classes['who']}>
              <span>{browserOf(one.userAgent) ?? t('sessions.unknownBrowser')}</span>
              <Text size="sm" c="dimmed" component="span">
                {t('sessions.about', { organisation: nameOf(one.organisation), address: one.address })}
              </Text>
              <Text size="sm" c="dimmed" component="span">
                {t('sessions.lastUsed')} <When at={one.lastUsedAt} />
              </Text>
            </div>
            {one.current ? (
              <ToneBadge tone="final">{t('sessions.current')}</ToneBadge>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => setEnding(one)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.length > 1 && (
        <Button mt="md" variant="default" onClick={() => setEnding('others')}>
          {t('sessions.endOthers')}
        </Button>
      )}
      {ending !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setEnding(undefined)}
          title={ending === 'others' ? t('sessions.endOthers.ask') : t('sessions.end.ask')}
          confirmLabel={ending === 'others' ? t('sessions.endOthers') : t('sessions.end')}
          danger
          onConfirm={async () => {
            await (ending === 'others' ? endOtherSessions() : endOwnSession(ending.id));
            await sessions.refetch();
          }}
        >
          {t('sessions.end.text')}
        </ConfirmDialog>
      )}
    </Card>
  );
}

/** "Firefox, Windows": enough to know one's own machines again. */
function browserOf(userAgent: string): string | undefined {
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((name) => userAgent.includes(name));
  if (browser === undefined) return undefined;
  const known = { Edg: 'Edge', OPR: 'Opera' }[browser as 'Edg' | 'OPR'] ?? browser;
  return system === undefined ? known : `${known}, ${system === 'Mac OS X' ? 'macOS' : system}`;
}
