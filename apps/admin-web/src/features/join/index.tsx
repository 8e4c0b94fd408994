import { IconPlugConnected } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';
import en from './messages.en.json' with { type: 'json' };
import zh from './messages.zh-CN.json' with { type: 'json' };

/** Joining the running consortium with a node of one's own company. */
export const feature: Feature = {
  name: 'join',
  messages: { en, 'zh-CN': zh },
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
