import { Button, Center, Code, Group, Loader, Text } from '@mantine/core';
import { IconHome, IconLock, IconMapQuestion, IconSearch } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { PlainLink } from '../shared/parts/app-link.js';
import { EmptyState } from '../shared/parts/empty-state.js';
import { shortenMiddle } from '../shared/parts/shorten-middle.js';
import type { Permission } from '../shared/permissions.js';
import { useSessionState } from '../shared/session/use-session.js';
import { Layout } from './layout/layout.js';
import { openPalette } from './palette/palette.js';
import { useShellWords } from './words.js';

/** An address that is none. Signed-in people keep everything around it: navigation, search, their organisation. */
export function MissingPage() {
  const { t } = useShellWords();
  const state = useSessionState();
  const { pathname } = useLocation();
  if (state.kind === 'unknown')
    return (
      <Center h="50vh">
        <Loader />
      </Center>
    );
  const signedIn = state.kind !== 'none';
  const said = (
    <EmptyState
      wholePage
      icon={IconMapQuestion}
      title={t('missing.title')}
      action={
        <Group gap="sm" justify="center">
          <Button
            leftSection={<IconHome size={16} aria-hidden />}
            renderRoot={(given: object) => <PlainLink to="/" {...given} />}
          >
            {t('missing.home')}
          </Button>
          {signedIn && (
            <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} onClick={openPalette}>
              {t('palette.open')}
            </Button>
          )}
        </Group>
      }
    >
      <Text mb="xs">{t('missing.text')}</Text>
      <Code>{shortenMiddle(pathname, 80)}</Code>
    </EmptyState>
  );
  return signedIn ? <Layout>{said}</Layout> : <main>{said}</main>;
}

/** An address whose page needs a permission that this person lacks here. */
export function NotForYou({ permission }: { readonly permission: Permission }) {
  const { t } = useShellWords();
  return (
    <EmptyState
      wholePage
      icon={IconLock}
      title={t('forbidden.title')}
      action={<Button renderRoot={(given: object) => <PlainLink to="/" {...given} />}>{t('missing.home')}</Button>}
    >
      {t('forbidden.text', { permission: t(`permission.${permission}`) })}
    </EmptyState>
  );
}
