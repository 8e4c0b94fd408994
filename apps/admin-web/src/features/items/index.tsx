import { IconPackages } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'items',
  routes: [
    { path: '/items', titleKey: 'list.title', permission: 'read', page: () => import('./items-page.js') },
    { path: '/item', titleKey: 'item.title', permission: 'read', page: () => import('./item-page.js') },
  ],
  navigation: [{ to: '/items', labelKey: 'list.title', icon: IconPackages, permission: 'read', group: 'work' }],
};
