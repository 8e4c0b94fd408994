import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { OneTimeLink } from '../../../client/api.schemas.js';
import { formatWhen } from '../../../shared/index.js';
import { SecretShown } from '../secret-shown.js';
import { useSettingsWords } from '../words.js';

/** A one-time link, shown once: it is nowhere else. */
export function LinkDialog({ link, onClose }: { readonly link: OneTimeLink; readonly onClose: () => void }) {
  const { t, language } = useSettingsWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(link.invitation.kind === 'reset' ? 'link.reset' : 'link.invite', { email: link.invitation.email })}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
      centered
      size="lg"
    >
      <Stack gap="md">
        <Text size="sm">{t('link.text')}</Text>
        <SecretShown value={link.link} label={t('link.label')} />
        <Text size="sm" c="dimmed">
          {t('link.until', { when: formatWhen(new Date(link.expiresAt), language) })}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('link.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
