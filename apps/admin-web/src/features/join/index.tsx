import { IconPlugConnected } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

/** Joining the running consortium with a node of one's own company. */
export const feature: Feature = {
  name: 'join',
  routes: [{ path: '/consortium/join', titleKey: 'title', permission: 'read', page: () => import('./join-page.js') }],
  navigation: [
    { to: '/consortium/join', labelKey: 'title', icon: IconPlugConnected, permission: 'keys', group: 'consortium' },
  ],
  palette: [
    {
      id: 'join',
      labelKey: 'title',
      hintKey: 'hint',
      icon: IconPlugConnected,
      permission: 'read',
      to: '/consortium/join',
    },
  ],
};
