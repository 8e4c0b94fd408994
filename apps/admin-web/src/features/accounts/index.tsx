import { IconSignature } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

/** The organisation's account on the ledger, and what waits for several signatures. */
export const feature: Feature = {
  name: 'accounts',
  routes: [
    {
      path: '/consortium/signatures',
      titleKey: 'title',
      permission: 'read',
      page: () => import('./signatures-page.js'),
    },
    {
      path: '/consortium/account',
      titleKey: 'account.title',
      permission: 'read',
      page: () => import('./account-page.js'),
    },
  ],
  navigation: [
    { to: '/consortium/signatures', labelKey: 'title', icon: IconSignature, permission: 'keys', group: 'consortium' },
  ],
  palette: [
    {
      id: 'signatures',
      labelKey: 'title',
      hintKey: 'hint',
      icon: IconSignature,
      permission: 'read',
      to: '/consortium/signatures',
    },
    {
      id: 'account',
      labelKey: 'account.title',
      hintKey: 'account.hint',
      icon: IconSignature,
      permission: 'read',
      to: '/consortium/account',
    },
  ],
};
