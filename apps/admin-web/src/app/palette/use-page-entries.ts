import { IconHome, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session/use-session.js';
import { FEATURES } from '../features.js';

export interface PageEntry {
  readonly id: string;
  readonly label: string;
  readonly to: string;
  readonly icon?: Icon;
  readonly search?: Readonly<Record<string, string>>;
}

const HOME = { feature: 'shell', id: 'page /', to: '/', labelKey: 'home.title', icon: IconHome, permission: undefined };
const ENTRIES = [
  HOME,
  ...FEATURES.flatMap(({ name, navigation, palette = [] }) => [
    ...navigation.map((entry) => ({ ...entry, id: `page ${entry.to}`, feature: name })),
    ...palette
      .filter((entry) => entry.search !== undefined || !navigation.some(({ to }) => to === entry.to))
      .map((entry) => ({ ...entry, id: `page ${name} ${entry.id}`, feature: name })),
  ]),
];

/** Pages that one may open and whose name has the words typed. */
export function usePageEntries(text: string): PageEntry[] {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ENTRIES.filter(({ permission }) => permission === undefined || permissions.includes(permission))
    .map(({ feature, labelKey, ...entry }) => ({ ...entry, label: t(labelKey, { ns: feature }) }))
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}
