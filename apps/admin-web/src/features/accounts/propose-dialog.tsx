import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { LedgerTicket, MotionListBoardsItem } from '../../client/api.schemas.js';
import { useGetLedgerAccount } from '../../client/ledger-accounts/ledger-accounts.js';
import { proposeMotion } from '../../client/motions/motions.js';
import { ErrorBox, useDraft, useSession } from '../../shared/index.js';
import { useWords } from './words.js';

const DAY_MS = 86_400_000;

/** What an account may propose on its own permissions, with a beginning of what each says. */
const BEGINNINGS: Readonly<Record<string, unknown>> = {
  'account.link': { kind: 'epcis.*', permission: 'active' },
  'account.delegate': { kinds: ['epcis.*'], permission: 'active', to: '', untilMs: 0 },
  'account.revokeDelegation': { permission: 'active', to: '' },
  'account.update': {
    permissions: {
      active: {
        accounts: [{ account: '', permission: 'active', weight: 1 }],
        keys: [{ key: '', weight: 1 }],
        parent: 'owner',
        threshold: 2,
      },
    },
  },
};

interface Draft {
  readonly on: string;
  readonly title: string;
  readonly kind: string;
  readonly content: string;
  readonly days: number;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  ['on', 'title', 'kind', 'content'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string') &&
  typeof (value as Draft).days === 'number';

const shown = (value: unknown): string => JSON.stringify(value, null, 2);
const FIRST = 'account.link';

/** The content as JSON; undefined: it is none. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The form says that it is no JSON.
    return undefined;
  }
}

/** Proposes one body: to propose is to sign first. */
export function ProposeDialog({
  boards,
  onClose,
  send,
}: {
  readonly boards: readonly MotionListBoardsItem[];
  readonly onClose: () => void;
  readonly send: (command: () => Promise<LedgerTicket>) => Promise<void>;
}) {
  const { t } = useWords();
  const { organisation } = useSession();
  const account = useGetLedgerAccount(organisation);
  const draft = useDraft<Draft>(
    'motion-propose',
    { on: 'permission:active', title: '', kind: FIRST, content: shown(BEGINNINGS[FIRST]), days: 7 },
    isDraft,
  );
  const { on, title, kind, content, days } = draft.value;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const said = parsed(content);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (said === undefined) return;
    setBusy(true);
    setError(undefined);
    const [what = '', name = ''] = on.split(':');
    try {
      await send(() =>
        proposeMotion({
          on: what === 'board' ? { board: name } : { account: organisation, permission: name },
          title,
          bodies: [{ kind, content: said.value }],
          expiresAt: new Date(Date.now() + days * DAY_MS).toISOString(),
        }),
      );
      draft.discard();
      onClose();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  const set = (change: Partial<Draft>) => draft.set((before) => ({ ...before, ...change }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('propose')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      <form onSubmit={(event) => void submit(event)} aria-label={t('propose')}>
        <Stack gap="md">
          {error !== undefined && <ErrorBox error={error} />}
          <NativeSelect
            label={t('decides')}
            description={t('propose.on.hint')}
            value={on}
            onChange={(event) => set({ on: event.currentTarget.value })}
            data={[
              ...(account.data?.permissions ?? []).map(({ name }) => ({
                value: `permission:${name}`,
                label: t('decides.permission', { account: organisation, permission: name }),
              })),
              ...boards
                .filter(({ members }) => members.includes(organisation))
                .map(({ board, threshold }) => ({
                  value: `board:${board}`,
                  label: t('decides.board', { board, needed: threshold }),
                })),
            ]}
          />
          <TextInput
            label={t('propose.title')}
            description={t('propose.title.hint')}
            required
            maxLength={200}
            data-autofocus
            value={title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            label={t('propose.kind')}
            description={t('propose.kind.hint', { kinds: Object.keys(BEGINNINGS).join(', ') })}
            required
            maxLength={64}
            value={kind}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set(
                Object.hasOwn(BEGINNINGS, value) ? { kind: value, content: shown(BEGINNINGS[value]) } : { kind: value },
              );
            }}
          />
          <Textarea
            label={t('propose.content')}
            description={t('propose.content.hint')}
            required
            autosize
            minRows={6}
            maxRows={20}
            spellCheck={false}
            value={content}
            error={said === undefined ? t('propose.content.wrong') : undefined}
            onChange={(event) => set({ content: event.currentTarget.value })}
          />
          <NumberInput
            label={t('propose.days')}
            min={1}
            max={30}
            value={days}
            onChange={(value) => set({ days: Number(value) || 7 })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={title.trim() === '' || said === undefined}>
              {t('propose.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
