import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAct } from '../use-submit.js';
import { useSharedWords } from '../words.js';
import { ErrorBox } from './error-box.js';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The question. */
  readonly title: string;
  /** What will happen, and what cannot be undone. */
  readonly children: ReactNode;
  /** The act in its own words ("Revoke the key"), never "OK". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** Something in `children` is still missing. */
  readonly disabled?: boolean;
  /** The dialogue stays open with the error when it throws, and closes when it succeeds. */
  readonly onConfirm: () => Promise<void> | void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, confirmLabel, danger = false, disabled = false, onConfirm } = props;
  const { t } = useSharedWords();
  const { busy, error, run } = useAct(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <Stack gap="md">
        <Text component="div">{children}</Text>
        {error !== undefined && <ErrorBox error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button {...(danger && { color: 'red.8' })} loading={busy} disabled={disabled} onClick={() => run()}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
