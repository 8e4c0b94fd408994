import { IconQrcode } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'labels',
  routes: [{ path: '/labels', titleKey: 'title', permission: 'read', page: () => import('./labels-page.js') }],
  navigation: [{ to: '/labels', labelKey: 'nav', icon: IconQrcode, permission: 'read', group: 'work' }],
};
