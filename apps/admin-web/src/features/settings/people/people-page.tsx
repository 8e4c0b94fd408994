import { ActionIcon, Button, Menu, SegmentedControl, Text, TextInput, Title } from '@mantine/core';
import {
  IconDots,
  IconLink,
  IconPencil,
  IconUserOff,
  IconUserPlus,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import { keepPreviousData, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Invitation, OneTimeLink, Person } from '../../../client/api.schemas.js';
import {
  activatePerson,
  deactivatePerson,
  getListInvitationsQueryKey,
  resetPerson,
  useListInvitations,
  useListPeople,
  withdrawInvitation,
} from '../../../client/people/people.js';
import {
  AppLink,
  ConfirmDialog,
  DataList,
  EmptyState,
  RecordHeader,
  ToneBadge,
  useSearchTexts,
  useSession,
  useTokenPaging,
  When,
  type Column,
} from '../../../shared/index.js';
import classes from '../settings.module.css';
import { useSettingsWords, type SettingsWords } from '../words.js';
import { InviteDialog } from './invite-dialog.js';
import { LinkDialog } from './link-dialog.js';
import { PersonDialog } from './person-dialog.js';

const ROWS = 50;
type Ask = { readonly act: 'deactivate' | 'activate' | 'reset'; readonly person: Person };

/** People of one's organisation: who is in, what they may do, and links for those who come. */
export default function PeoplePage() {
  const { t } = useSettingsWords();
  const session = useSession();
  const client = useQueryClient();
  const [search, change] = useSearchTexts();
  const text = search['text'] ?? '';
  const state = search['state'] === 'active' || search['state'] === 'deactivated' ? search['state'] : 'all';
  const paging = useTokenPaging(JSON.stringify([text, state, session.organisation]));
  const people = useListPeople(
    {
      perPage: ROWS,
      state,
      ...(text !== '' && { text }),
      ...(paging.token !== undefined && { nextPageToken: paging.token }),
    },
    { query: { placeholderData: keepPreviousData } },
  );
  const invitations = useListInvitations();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<OneTimeLink>();
  const [editing, setEditing] = useState<Person>();
  const [ask, setAsk] = useState<Ask>();
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const reload = async () => {
    await Promise.all([people.refetch(), client.invalidateQueries({ queryKey: getListInvitationsQueryKey() })]);
  };
  const perform = async ({ act, person }: Ask) => {
    if (act === 'reset') setLink(await resetPerson(person.id));
    else if (act === 'activate') await activatePerson(person.id, { version: person.version });
    else await deactivatePerson(person.id, { version: person.version });
    await reload();
  };
  const waiting = invitations.data?.invitations ?? [];
  return (
    <div className={classes['stack']}>
      <RecordHeader
        title={t('people.title')}
        subtitle={t('people.text')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconUserShield size={16} aria-hidden />}
              renderRoot={(given) => <AppLink {...(given as { children: ReactNode })} to="/settings/roles" />}
            >
              {t('roles.nav')}
            </Button>
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
              {t('invite.open')}
            </Button>
          </>
        }
      />
      <DataList
        id="people"
        label={t('people.title')}
        columns={columns(t, session.user.id, { edit: setEditing, ask: setAsk })}
        rows={people.data?.people}
        rowKey={({ id }) => id}
        error={people.error}
        onRetry={() => void people.refetch()}
        paging={paging.paging(people.data?.nextPageToken, people.data?.total)}
        chips={text === '' ? [] : [{ key: 'text', label: text, onRemove: () => change({ text: undefined }) }]}
        onClearFilters={() => change({ text: undefined, state: undefined })}
        filters={
          <>
            <SearchBox label={t('people.search')} value={text} onChange={(value) => change({ text: value })} />
            <SegmentedControl
              size="xs"
              aria-label={t('people.state')}
              value={state}
              onChange={(value) => change({ state: value === 'all' ? undefined : value })}
              data={[
                { value: 'all', label: t('people.all') },
                { value: 'active', label: t('people.active') },
                { value: 'deactivated', label: t('people.deactivated') },
              ]}
            />
          </>
        }
        empty={
          <EmptyState icon={IconUsers} title={t('people.empty')}>
            {t('people.empty.text')}
          </EmptyState>
        }
      />
      {waiting.length > 0 && (
        <>
          <Title order={2} size="h4" mt="md">
            {t('waiting.title')}
          </Title>
          <DataList
            id="invitations"
            label={t('waiting.title')}
            columns={waitingColumns(t, setWithdrawing)}
            rows={waiting}
            rowKey={({ id }) => id}
          />
        </>
      )}
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(made) => {
            setInviting(false);
            setLink(made);
            void reload();
          }}
        />
      )}
      {editing !== undefined && (
        <PersonDialog
          key={editing.id}
          person={editing}
          onClose={() => {
            setEditing(undefined);
            void reload();
          }}
          onSaved={() => {
            setEditing(undefined);
            void reload();
          }}
        />
      )}
      {ask !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setAsk(undefined)}
          title={t(`ask.${ask.act}`, { name: ask.person.name })}
          confirmLabel={t(`ask.${ask.act}.confirm`)}
          danger={ask.act === 'deactivate'}
          onConfirm={() => perform(ask)}
        >
          {t(`ask.${ask.act}.text`, { email: ask.person.email })}
        </ConfirmDialog>
      )}
      {withdrawing !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setWithdrawing(undefined)}
          title={t('waiting.withdraw.ask', { email: withdrawing.email })}
          confirmLabel={t('waiting.withdraw')}
          danger
          onConfirm={async () => {
            await withdrawInvitation(withdrawing.id);
            await reload();
          }}
        >
          {t('waiting.withdraw.text')}
        </ConfirmDialog>
      )}
      {link !== undefined && <LinkDialog link={link} onClose={() => setLink(undefined)} />}
    </div>
  );
}

/** Asks when somebody pauses: by Enter or on leaving the field. */
function SearchBox({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(value);
  const take = () => {
    if (typed.trim() !== value) onChange(typed.trim() === '' ? undefined : typed.trim());
  };
  return (
    <TextInput
      className={classes['filter'] ?? ''}
      type="search"
      placeholder={label}
      aria-label={label}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}

function columns(
  t: SettingsWords,
  self: string,
  on: { readonly edit: (person: Person) => void; readonly ask: (ask: Ask) => void },
): Column<Person>[] {
  return [
    {
      key: 'who',
      header: t('people.who'),
      lead: true,
      cell: ({ name, email, userId }) => (
        <div className={classes['who']}>
          <strong>{userId === self ? t('people.you', { name }) : name}</strong>
          <Text size="xs" c="dimmed" component="span">
            {email}
          </Text>
        </div>
      ),
    },
    { key: 'jobTitle', header: t('people.jobTitle'), cell: ({ jobTitle }) => jobTitle },
    {
      key: 'roles',
      header: t('people.roles'),
      cell: ({ roles }) => (
        <div className={classes['tags']}>
          {roles.map((role) => (
            <span key={role} className={classes['tag']}>
              {t(`role.${role}`)}
            </span>
          ))}
        </div>
      ),
    },
    {
      key: 'state',
      header: t('people.state'),
      cell: ({ active }) => (
        <ToneBadge tone={active ? 'final' : 'refused'}>
          {active ? t('people.state.active') : t('people.state.deactivated')}
        </ToneBadge>
      ),
    },
    {
      key: 'totp',
      header: t('people.totp'),
      cell: ({ totp }) => (totp ? t('people.totp.on') : t('people.totp.off')),
    },
    {
      key: 'lastSignInAt',
      header: t('people.lastSignIn'),
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? t('never') : <When at={lastSignInAt} />),
    },
    {
      key: 'changed',
      header: t('people.changed'),
      hidden: true,
      cell: ({ changedAt, changedBy }) => (
        <div className={classes['who']}>
          <When at={changedAt} />
          <Text size="xs" c="dimmed" component="span">
            {changedBy}
          </Text>
        </div>
      ),
    },
    {
      key: 'acts',
      header: t('acts'),
      cell: (person) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('people.acts', { name: person.name })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => on.edit(person)}>
              {t('people.edit')}
            </Menu.Item>
            {person.active && (
              <Menu.Item
                leftSection={<IconLink size={16} aria-hidden />}
                onClick={() => on.ask({ act: 'reset', person })}
              >
                {t('people.reset')}
              </Menu.Item>
            )}
            {person.active ? (
              person.userId !== self && (
                <Menu.Item
                  leftSection={<IconUserOff size={16} aria-hidden />}
                  onClick={() => on.ask({ act: 'deactivate', person })}
                >
                  {t('people.deactivate')}
                </Menu.Item>
              )
            ) : (
              <Menu.Item
                leftSection={<IconUserPlus size={16} aria-hidden />}
                onClick={() => on.ask({ act: 'activate', person })}
              >
                {t('people.activate')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
}

function waitingColumns(t: SettingsWords, withdraw: (invitation: Invitation) => void): Column<Invitation>[] {
  return [
    { key: 'email', header: t('people.email'), lead: true, cell: ({ email }) => email },
    { key: 'kind', header: t('waiting.kind'), cell: ({ kind }) => t(`waiting.kind.${kind}`) },
    {
      key: 'roles',
      header: t('people.roles'),
      cell: ({ roles }) => (
        <div className={classes['tags']}>
          {roles.map((role) => (
            <span key={role} className={classes['tag']}>
              {t(`role.${role}`)}
            </span>
          ))}
        </div>
      ),
    },
    { key: 'by', header: t('waiting.by'), cell: ({ createdBy }) => createdBy },
    { key: 'until', header: t('waiting.until'), cell: ({ expiresAt }) => <When at={expiresAt} /> },
    {
      key: 'acts',
      header: t('acts'),
      cell: (invitation) => (
        <Button size="compact-sm" variant="default" onClick={() => withdraw(invitation)}>
          {t('waiting.withdraw')}
        </Button>
      ),
    },
  ];
}
