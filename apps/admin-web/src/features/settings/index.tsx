import { IconHistory, IconKey, IconUserCircle, IconUserShield, IconUsers } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'settings',
  routes: [
    {
      path: '/settings/people',
      titleKey: 'people.title',
      permission: 'people',
      page: () => import('./people/people-page.js'),
    },
    {
      path: '/settings/roles',
      titleKey: 'roles.title',
      permission: 'read',
      page: () => import('./people/roles-page.js'),
    },
    { path: '/settings/keys', titleKey: 'keys.title', permission: 'keys', page: () => import('./keys/keys-page.js') },
    {
      path: '/settings/audit',
      titleKey: 'audit.title',
      permission: 'audit',
      page: () => import('./audit/audit-page.js'),
    },
    { path: '/settings/account', titleKey: 'account.title', page: () => import('./account/account-page.js') },
  ],
  navigation: [
    { to: '/settings/people', labelKey: 'people.nav', icon: IconUsers, permission: 'people', group: 'settings' },
    { to: '/settings/roles', labelKey: 'roles.nav', icon: IconUserShield, permission: 'read', group: 'settings' },
    { to: '/settings/keys', labelKey: 'keys.nav', icon: IconKey, permission: 'keys', group: 'settings' },
    { to: '/settings/audit', labelKey: 'audit.nav', icon: IconHistory, permission: 'audit', group: 'settings' },
    { to: '/settings/account', labelKey: 'account.nav', icon: IconUserCircle, group: 'settings' },
  ],
};
