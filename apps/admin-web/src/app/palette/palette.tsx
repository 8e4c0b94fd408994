import { Modal } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { later } from '../later.js';
import { useShellWords } from '../words.js';

const Finder = later(() => import('./finder.js'));

const openers = new Set<() => void>();
/** Opens Ctrl-K from a button. */
export const openPalette = () => openers.forEach((open) => open());

/** Ctrl-K: any page, and anything on record. Arrow keys choose, Enter opens, Escape closes. */
export function Palette() {
  const { t } = useShellWords();
  const [opened, { open, close }] = useDisclosure();
  useEffect(() => {
    openers.add(open);
    return () => void openers.delete(open);
  }, [open]);
  useHotkeys([['mod+K', open]], [], true);
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      size="lg"
      yOffset="8vh"
      padding={0}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <Suspense>{opened && <Finder onDone={close} />}</Suspense>
    </Modal>
  );
}
