import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PlainLink } from '../../shared/parts/app-link.js';
import { useSession } from '../../shared/session/use-session.js';
import { FEATURES } from '../features.js';
import { signOut } from '../session/session-calls.js';
import { useShellWords } from '../words.js';

const ACCOUNT = '/settings/account';
const hasAccountPage = FEATURES.some(({ routes }) => routes.some(({ path }) => path === ACCOUNT));

export function AccountMenu() {
  const { t } = useShellWords();
  const { user } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('layout.account')}
          title={t('layout.account')}
        >
          <IconUserCircle size={22} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} component="div" style={{ overflowWrap: 'anywhere' }}>
            {user.name}
          </Text>
          <Text size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
            {user.email}
          </Text>
        </Menu.Label>
        {hasAccountPage && (
          <Menu.Item renderRoot={(given) => <PlainLink to={ACCOUNT} {...given} />}>
            {t('layout.accountSettings')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {t('session.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
