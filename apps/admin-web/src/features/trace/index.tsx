import { IconRoute } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'trace',
  routes: [{ path: '/trace', titleKey: 'title', permission: 'read', page: () => import('./trace-page.js') }],
  navigation: [{ to: '/trace', labelKey: 'title', icon: IconRoute, permission: 'read', group: 'work' }],
};
