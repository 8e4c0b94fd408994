import { Button, Code, Group, Modal, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { LedgerAccount, LedgerTicket } from '../../client/api.schemas.js';
import { rotateLedgerKey, useGetLedgerAccount } from '../../client/ledger-accounts/ledger-accounts.js';
import { ErrorBox, RecordHeader, shortenMiddle, usePermission, useSession, When } from '../../shared/index.js';
import classes from './accounts.module.css';
import { TicketNotice } from './ticket-notice.js';
import { useTicket } from './use-ticket.js';
import { useWords } from './words.js';

/** The organisation's account as the ledger keeps it: who may sign what, and the way to a new key. */
export default function AccountPage() {
  const { t } = useWords();
  const { organisation } = useSession();
  const account = useGetLedgerAccount(organisation);
  const maySign = usePermission('keys');
  const ticket = useTicket();
  const [rotating, setRotating] = useState(false);
  return (
    <div className={classes['stack']}>
      <RecordHeader
        title={t('account.title')}
        subtitle={t('account.subtitle')}
        actions={
          maySign && (
            <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setRotating(true)}>
              {t('rotate')}
            </Button>
          )
        }
      />
      <TicketNotice state={ticket.state} />
      {account.data === undefined ? (
        account.error === null ? (
          <Skeleton height={320} radius="md" />
        ) : (
          <ErrorBox error={account.error} onRetry={() => void account.refetch()} />
        )
      ) : (
        <Facts account={account.data} />
      )}
      {rotating && account.data !== undefined && (
        <RotateDialog
          account={account.data}
          onClose={() => setRotating(false)}
          send={async (command) => {
            await ticket.send(command);
            await account.refetch();
          }}
        />
      )}
    </div>
  );
}

function Facts({ account }: { readonly account: LedgerAccount }) {
  const { t } = useWords();
  return (
    <ul className={classes['list']}>
      <li className={classes['card']}>
        <h2>{account.account}</h2>
        <dl className={classes['facts']}>
          <dt>{t('account.class')}</dt>
          <dd>{account.class}</dd>
          <dt>{t('account.prefixes')}</dt>
          <dd>{account.companyPrefixes.length === 0 ? t('account.none') : account.companyPrefixes.join(', ')}</dd>
          <dt>{t('account.balance')}</dt>
          <dd>{account.balance}</dd>
        </dl>
      </li>
      {account.permissions.map(({ name, threshold, parent, keys, accounts }) => (
        <li key={name} className={classes['card']}>
          <h2>{name}</h2>
          <Text size="sm">
            {t('permission.threshold', { threshold })}
            {parent === '' ? '' : ` · ${t('permission.parent', { parent })}`}
          </Text>
          <dl className={classes['facts']}>
            {keys.map(({ key, weight }) => (
              <Entry key={key} name={t('permission.key')} weight={weight}>
                <Code title={key}>{shortenMiddle(key, 24)}</Code>
              </Entry>
            ))}
            {accounts.map((entry) => (
              <Entry key={`${entry.account}@${entry.permission}`} name={t('permission.account')} weight={entry.weight}>
                {entry.account} ({entry.permission})
              </Entry>
            ))}
          </dl>
        </li>
      ))}
      <li className={classes['card']}>
        <h2>{t('links')}</h2>
        {account.links.length === 0 ? (
          <Text size="sm">{t('links.none')}</Text>
        ) : (
          <dl className={classes['facts']}>
            {account.links.map(({ kind, permission }) => (
              <Entry key={kind} name={kind}>
                {permission}
              </Entry>
            ))}
          </dl>
        )}
      </li>
      <li className={classes['card']}>
        <h2>{t('delegations')}</h2>
        {account.delegations.length === 0 ? (
          <Text size="sm">{t('delegations.none')}</Text>
        ) : (
          <dl className={classes['facts']}>
            {account.delegations.map(({ to, permission, kinds, until }) => (
              <Entry key={`${to}@${permission}`} name={to}>
                {permission}: {kinds.join(', ')} · <When at={until} />
              </Entry>
            ))}
          </dl>
        )}
      </li>
    </ul>
  );
}

function Entry({
  name,
  weight,
  children,
}: {
  readonly name: string;
  readonly weight?: number;
  readonly children: React.ReactNode;
}) {
  const { t } = useWords();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children}
        {weight !== undefined && ` · ${t('permission.weight', { weight })}`}
      </dd>
    </>
  );
}

function RotateDialog({
  account,
  onClose,
  send,
}: {
  readonly account: LedgerAccount;
  readonly onClose: () => void;
  readonly send: (command: () => Promise<LedgerTicket>) => Promise<void>;
}) {
  const { t } = useWords();
  const keys = [...new Set(account.permissions.flatMap((permission) => permission.keys.map(({ key }) => key)))];
  const [from, setFrom] = useState(keys[0] ?? '');
  const [to, setTo] = useState('');
  const [proof, setProof] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await send(() => rotateLedgerKey({ from, to: to.trim(), proof: proof.trim() }));
      onClose();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('rotate')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      <form onSubmit={(event) => void submit(event)} aria-label={t('rotate')}>
        <Stack gap="md">
          {error !== undefined && <ErrorBox error={error} />}
          <Text size="sm">{t('rotate.text')}</Text>
          <Code
            block
          >{`npm run waymark -- key --account ${account.account} --secret <organisation.secret> --out ${account.account}.next.key.json`}</Code>
          <NativeSelect
            label={t('rotate.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            data={keys}
          />
          <TextInput
            label={t('rotate.to')}
            required
            pattern="[0-9a-f]{64}"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <TextInput
            label={t('rotate.proof')}
            required
            pattern="[0-9a-f]{128}"
            value={proof}
            onChange={(event) => setProof(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('rotate.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
