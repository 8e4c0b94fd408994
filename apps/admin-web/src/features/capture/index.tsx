import { IconFilePlus, IconForms, IconUpload } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

export const feature: Feature = {
  name: 'capture',
  routes: [
    { path: '/capture', titleKey: 'history.title', permission: 'read', page: () => import('./job/history-page.js') },
    { path: '/capture/new', titleKey: 'new.title', permission: 'capture', page: () => import('./new-page.js') },
    {
      path: '/capture/form/$step',
      titleKey: 'form.steps',
      permission: 'capture',
      page: () => import('./form/form-page.js'),
    },
    { path: '/capture/jobs/$id', titleKey: 'job.title', permission: 'read', page: () => import('./job/job-page.js') },
  ],
  navigation: [{ to: '/capture', labelKey: 'nav', icon: IconUpload, permission: 'read', group: 'work' }],
  palette: [
    {
      id: 'capture.new',
      labelKey: 'palette.new',
      hintKey: 'palette.new.hint',
      icon: IconFilePlus,
      permission: 'capture',
      to: '/capture/new',
    },
    {
      id: 'capture.form',
      labelKey: 'palette.form',
      hintKey: 'palette.form.hint',
      icon: IconForms,
      permission: 'capture',
      to: '/capture/form/harvest',
    },
  ],
};
