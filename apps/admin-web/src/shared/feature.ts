import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Permission } from './permissions.js';

/** Languages of the console. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text for each key; `{{name}}` is a place for a value. Plurals as i18next spells them (`_one`, `_other`). */
export type Messages = Readonly<Record<string, string>>;

/** Groups of the navigation, in the order in which they are shown. */
export const NAVIGATION_GROUPS = ['work', 'regulator', 'consortium', 'settings'] as const;
export type NavigationGroup = (typeof NAVIGATION_GROUPS)[number];

/** One address of the console. The page's code is loaded when somebody goes there. */
export interface FeatureRoute {
  /** As TanStack Router writes them: `/capture/jobs/$id`. */
  readonly path: string;
  /** Message key of the page's title (in the browser's tab), of the feature's own messages. */
  readonly titleKey: string;
  /** Without it the page says who could open it. Absent: every signed-in person. */
  readonly permission?: Permission;
  /** `() => import('./item-page.js')`: a module whose default export is the page. */
  readonly page: () => Promise<{ default: () => ReactNode }>;
}

export interface NavigationEntry {
  readonly to: string;
  readonly labelKey: string;
  readonly icon: Icon;
  readonly permission?: Permission;
  readonly group: NavigationGroup;
}

/** An entry of Ctrl-K that opens a page or does something at once. */
export interface PaletteEntry {
  readonly id: string;
  readonly labelKey: string;
  /** A sentence on what one finds there. */
  readonly hintKey?: string;
  readonly icon?: Icon;
  readonly permission?: Permission;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** What a folder under `src/features/` gives the console: listed in `src/app/features.ts`. */
export interface Feature {
  /** Its folder's name, and the namespace of its messages (`messages.en.json`, `messages.zh-CN.json` in the folder). */
  readonly name: string;
  readonly routes: readonly FeatureRoute[];
  readonly navigation: readonly NavigationEntry[];
  /** Beyond the navigation, which the palette offers anyway. */
  readonly palette?: readonly PaletteEntry[];
}
