import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { OneTimeLink, Role } from '../../../client/api.schemas.js';
import { invitePerson } from '../../../client/people/people.js';
import { ErrorBox, useDraft, useSubmit } from '../../../shared/index.js';
import { useSettingsWords } from '../words.js';
import { RoleChoice } from './role-choice.js';

interface Draft {
  readonly email: string;
  readonly jobTitle: string;
  readonly roles: readonly Role[];
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Draft).email === 'string' &&
  typeof (value as Draft).jobTitle === 'string' &&
  Array.isArray((value as Draft).roles);

export function InviteDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (link: OneTimeLink) => void;
}) {
  const { t } = useSettingsWords();
  const draft = useDraft<Draft>('people-invite', { email: '', jobTitle: '', roles: [] }, isDraft);
  const { email, jobTitle, roles } = draft.value;
  const set = (change: Partial<Draft>) => draft.set((before) => ({ ...before, ...change }));
  const { busy, error, onSubmit } = useSubmit(async () => {
    const made = await invitePerson({ email, jobTitle, roles: [...roles] });
    draft.discard();
    onMade(made);
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('invite.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      <form onSubmit={onSubmit} aria-label={t('invite.title')}>
        <Stack gap="md">
          {error !== undefined && <ErrorBox error={error} />}
          <TextInput
            label={t('people.email')}
            description={t('invite.email.hint')}
            type="email"
            autoComplete="off"
            required
            maxLength={254}
            data-autofocus
            value={email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
          <TextInput
            label={t('people.jobTitle')}
            maxLength={120}
            value={jobTitle}
            onChange={(event) => set({ jobTitle: event.currentTarget.value })}
          />
          <RoleChoice value={roles} onChange={(chosen) => set({ roles: chosen })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={roles.length === 0}>
              {t('invite.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
