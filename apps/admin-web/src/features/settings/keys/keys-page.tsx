import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { issueApiKey, revokeApiKey, useListApiKeys } from '../../../client/api-keys/api-keys.js';
import type { ApiKey, IssuedKey, KeyScope } from '../../../client/api.schemas.js';
import { useListRoles } from '../../../client/people/people.js';
import {
  ConfirmDialog,
  DataList,
  EmptyState,
  ErrorBox,
  RecordHeader,
  ToneBadge,
  useDraft,
  useSubmit,
  When,
  type Column,
} from '../../../shared/index.js';
import { SecretShown } from '../secret-shown.js';
import classes from '../settings.module.css';
import { useSettingsWords, type SettingsWords } from '../words.js';

/** Keys with which the organisation's own systems call the API. */
export default function KeysPage() {
  const { t } = useSettingsWords();
  const keys = useListApiKeys();
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<IssuedKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const open = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIssuing(true)}>
      {t('keys.issue')}
    </Button>
  );
  return (
    <div className={classes['stack']}>
      <RecordHeader title={t('keys.title')} subtitle={t('keys.text')} actions={open} />
      <DataList
        id="api-keys"
        label={t('keys.title')}
        columns={columns(t, setRevoking)}
        rows={keys.data?.keys}
        rowKey={({ id }) => id}
        error={keys.error}
        onRetry={() => void keys.refetch()}
        empty={
          <EmptyState icon={IconKey} title={t('keys.empty')} action={open}>
            {t('keys.empty.text')}
          </EmptyState>
        }
      />
      {issuing && (
        <IssueDialog
          onClose={() => setIssuing(false)}
          onIssued={(made) => {
            setIssuing(false);
            setIssued(made);
            void keys.refetch();
          }}
        />
      )}
      {issued !== undefined && (
        <Modal
          opened
          onClose={() => setIssued(undefined)}
          title={t('keys.issued', { label: issued.apiKey.label })}
          closeButtonProps={{ 'aria-label': t('close') }}
          closeOnClickOutside={false}
          centered
          size="lg"
        >
          <Stack gap="md">
            <Text size="sm">{t('keys.issued.text')}</Text>
            <SecretShown value={issued.key} label={t('keys.key')} />
            <SecretShown
              value={`curl -H 'Authorization: Bearer ${issued.key}' ${window.location.origin}/api/epcis/events`}
              label={t('keys.try')}
            />
            <Group justify="flex-end">
              <Button onClick={() => setIssued(undefined)}>{t('link.done')}</Button>
            </Group>
          </Stack>
        </Modal>
      )}
      {revoking !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setRevoking(undefined)}
          title={t('keys.revoke.ask', { label: nameOf(t, revoking) })}
          confirmLabel={t('keys.revoke.confirm')}
          danger
          onConfirm={async () => {
            await revokeApiKey(revoking.id);
            await keys.refetch();
          }}
        >
          {t('keys.revoke.text')}
        </ConfirmDialog>
      )}
    </div>
  );
}

/** Who issued a key of a deployment's command line, as the API tells it. */
const BY_OPERATOR = 'operator';

interface Draft {
  readonly label: string;
  readonly scopes: readonly KeyScope[];
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Draft).label === 'string' &&
  Array.isArray((value as Draft).scopes);

function IssueDialog({
  onClose,
  onIssued,
}: {
  readonly onClose: () => void;
  readonly onIssued: (issued: IssuedKey) => void;
}) {
  const { t } = useSettingsWords();
  const roles = useListRoles();
  const draft = useDraft<Draft>('key-issue', { label: '', scopes: [] }, isDraft);
  const { label, scopes } = draft.value;
  const { busy, error, onSubmit } = useSubmit(async () => {
    const made = await issueApiKey({ label, scopes: [...scopes] });
    draft.discard();
    onIssued(made);
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.issue')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      <form onSubmit={onSubmit} aria-label={t('keys.issue')}>
        <Stack gap="md">
          {error !== undefined && <ErrorBox error={error} />}
          <TextInput
            label={t('keys.label')}
            description={t('keys.label.hint')}
            required
            maxLength={120}
            data-autofocus
            value={label}
            onChange={(event) => {
              const { value } = event.currentTarget;
              draft.set((before) => ({ ...before, label: value }));
            }}
          />
          <Checkbox.Group
            label={t('keys.scopes')}
            description={t('keys.scopes.hint')}
            value={[...scopes]}
            onChange={(chosen) => draft.set((before) => ({ ...before, scopes: chosen }))}
          >
            <Stack gap="xs" mt="xs">
              {(roles.data?.scopes ?? []).map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`scope.${scope}`)}
                  description={t(`scope.${scope}.text`)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={scopes.length === 0 || label.trim() === ''}>
              {t('keys.issue.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Who makes a key at the command line may leave its name out. */
const nameOf = (t: SettingsWords, { id, label }: Pick<ApiKey, 'id' | 'label'>) =>
  label.trim() === '' ? t('keys.unnamed', { start: id.slice(0, 8) }) : label;

function columns(t: SettingsWords, revoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    { key: 'label', header: t('keys.label'), lead: true, cell: (key) => <strong>{nameOf(t, key)}</strong> },
    {
      key: 'scopes',
      header: t('keys.scopes'),
      cell: ({ scopes }) => (
        <div className={classes['tags']}>
          {scopes.map((scope) => (
            <span key={scope} className={classes['tag']}>
              {t(`scope.${scope}`)}
            </span>
          ))}
        </div>
      ),
    },
    {
      key: 'lastUsed',
      header: t('keys.lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : <When at={lastUsedAt} />),
    },
    {
      key: 'created',
      header: t('keys.created'),
      cell: ({ createdAt, createdBy }) => (
        <div className={classes['who']}>
          <When at={createdAt} />
          <Text size="xs" c="dimmed" component="span">
            {createdBy === BY_OPERATOR ? t('actor.system') : createdBy}
          </Text>
        </div>
      ),
    },
    {
      key: 'state',
      header: t('people.state'),
      cell: ({ revokedAt, revokedBy }) =>
        revokedAt === null ? (
          <ToneBadge tone="final">{t('keys.stands')}</ToneBadge>
        ) : (
          <div className={classes['who']}>
            <ToneBadge tone="refused">{t('keys.revoked')}</ToneBadge>
            <Text size="xs" c="dimmed" component="span">
              <When at={revokedAt} /> · {revokedBy}
            </Text>
          </div>
        ),
    },
    {
      key: 'acts',
      header: t('acts'),
      cell: (key) =>
        key.revokedAt === null ? (
          <Button size="compact-sm" variant="default" onClick={() => revoke(key)}>
            {t('keys.revoke')}
          </Button>
        ) : null,
    },
  ];
}
