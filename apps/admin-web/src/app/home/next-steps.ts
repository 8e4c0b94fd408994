import {
  IconHeartbeat,
  IconListCheck,
  IconPackages,
  IconQrcode,
  IconRoute,
  IconShieldCheck,
  IconShieldLock,
  IconUpload,
  IconUsers,
  IconZoomCheck,
  type Icon,
} from '@tabler/icons-react';
import type { Permission } from '../../shared/permissions.js';
import type { Session } from '../../shared/session/session-store.js';
import { FEATURES } from '../features.js';

type StepKey =
  | 'capture'
  | 'captureMore'
  | 'items'
  | 'itemsNone'
  | 'trace'
  | 'labels'
  | 'people'
  | 'account'
  | 'regulator'
  | 'check'
  | 'nodes'
  | 'work';

export interface Step {
  readonly key: StepKey;
  readonly to: string;
  readonly icon: Icon;
}

interface Candidate extends Step {
  readonly permission?: Permission;
  /** Only where this is so; undefined while it is not known. */
  readonly when?: boolean | undefined;
}

const PATHS = new Set(FEATURES.flatMap(({ routes }) => routes.map(({ path }) => path)));
const FIRST_COUNT = 3;

/** Steps that this person can take now, the most useful first. `hasItems`: whether their organisation sees anything yet. */
export function nextSteps(
  { permissions, user }: Pick<Session, 'permissions' | 'user'>,
  hasItems: boolean | undefined,
): { first: Step[]; others: Step[] } {
  const candidates: Candidate[] = [
    { key: 'regulator', to: '/regulator/events', icon: IconShieldCheck, permission: 'regulate' },
    { key: 'check', to: '/regulator/check', icon: IconZoomCheck, permission: 'regulate' },
    { key: 'nodes', to: '/consortium', icon: IconHeartbeat, permission: 'operate' },
    { key: 'work', to: '/consortium/work', icon: IconListCheck, permission: 'operate' },
    { key: 'capture', to: '/capture/new', icon: IconUpload, permission: 'capture', when: hasItems === false },
    { key: 'captureMore', to: '/capture/new', icon: IconUpload, permission: 'capture', when: hasItems !== false },
    { key: 'items', to: '/items', icon: IconPackages, permission: 'read', when: hasItems !== false },
    { key: 'people', to: '/settings/people', icon: IconUsers, permission: 'people' },
    { key: 'trace', to: '/trace', icon: IconRoute, permission: 'read', when: hasItems === true },
    { key: 'account', to: '/settings/account', icon: IconShieldLock, when: user.totp !== true },
    { key: 'itemsNone', to: '/items', icon: IconPackages, permission: 'read', when: hasItems === false },
    { key: 'labels', to: '/labels', icon: IconQrcode, permission: 'read' },
  ];
  const open = candidates.filter(
    ({ to, permission, when }) =>
      PATHS.has(to) && (permission === undefined || permissions.includes(permission)) && when !== false,
  );
  return { first: open.slice(0, FIRST_COUNT), others: open.slice(FIRST_COUNT) };
}
