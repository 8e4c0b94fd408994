import { IconListSearch, IconShieldCheck } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'regulator',
  routes: [
    {
      path: '/regulator/events',
      titleKey: 'events.title',
      permission: 'regulate',
      page: () => import('./events-page.js'),
    },
    {
      path: '/regulator/check',
      titleKey: 'check.title',
      permission: 'regulate',
      page: () => import('./check-page.js'),
    },
  ],
  navigation: [
    {
      to: '/regulator/events',
      labelKey: 'events.nav',
      icon: IconListSearch,
      permission: 'regulate',
      group: 'regulator',
    },
    {
      to: '/regulator/check',
      labelKey: 'check.nav',
      icon: IconShieldCheck,
      permission: 'regulate',
      group: 'regulator',
    },
  ],
};
