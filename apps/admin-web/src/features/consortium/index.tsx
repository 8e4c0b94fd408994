import { IconHeartbeat, IconListCheck, IconStack2, IconTable, IconVersions } from '@tabler/icons-react';
import type { Feature } from '../../shared/index.js';

/** What an operator looks after: nodes, the chain itself, work that waits, the views, versions. */
export const feature: Feature = {
  name: 'consortium',
  routes: [
    {
      path: '/consortium',
      titleKey: 'nodes.title',
      permission: 'operate',
      page: () => import('./nodes/nodes-page.js'),
    },
    {
      path: '/consortium/blocks',
      titleKey: 'blocks.title',
      permission: 'read',
      page: () => import('./explorer/blocks-page.js'),
    },
    {
      path: '/consortium/blocks/$height',
      titleKey: 'block.title',
      permission: 'read',
      page: () => import('./explorer/block-page.js'),
    },
    {
      path: '/consortium/transactions/$txId',
      titleKey: 'transaction.title',
      permission: 'read',
      page: () => import('./explorer/transaction-page.js'),
    },
    {
      path: '/consortium/work',
      titleKey: 'work.title',
      permission: 'operate',
      page: () => import('./work/work-page.js'),
    },
    {
      path: '/consortium/projections',
      titleKey: 'views.title',
      permission: 'operate',
      page: () => import('./views/views-page.js'),
    },
    {
      path: '/consortium/versions',
      titleKey: 'versions.title',
      permission: 'operate',
      page: () => import('./versions/versions-page.js'),
    },
  ],
  navigation: [
    { to: '/consortium', labelKey: 'nodes.title', icon: IconHeartbeat, permission: 'operate', group: 'consortium' },
    {
      to: '/consortium/blocks',
      labelKey: 'blocks.title',
      icon: IconStack2,
      permission: 'operate',
      group: 'consortium',
    },
    { to: '/consortium/work', labelKey: 'work.title', icon: IconListCheck, permission: 'operate', group: 'consortium' },
    {
      to: '/consortium/projections',
      labelKey: 'views.title',
      icon: IconTable,
      permission: 'operate',
      group: 'consortium',
    },
    {
      to: '/consortium/versions',
      labelKey: 'versions.title',
      icon: IconVersions,
      permission: 'operate',
      group: 'consortium',
    },
  ],
  palette: [
    {
      id: 'consortium-blocks',
      labelKey: 'blocks.title',
      hintKey: 'blocks.hint',
      icon: IconStack2,
      permission: 'read',
      to: '/consortium/blocks',
    },
  ],
};
