import { IconHome } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NAVIGATION_GROUPS, type NavigationEntry } from '../../shared/feature.js';
import { PlainLink } from '../../shared/parts/app-link.js';
import { useSession } from '../../shared/session/use-session.js';
import { FEATURES } from '../features.js';
import { useShellWords } from '../words.js';
import classes from './layout.module.css';

interface Entry extends NavigationEntry {
  readonly feature: string;
}

const HOME: Entry = { feature: 'shell', to: '/', labelKey: 'home.title', icon: IconHome, group: 'work' };
const ENTRIES: readonly Entry[] = [
  HOME,
  ...FEATURES.flatMap(({ name, navigation }) => navigation.map((entry) => ({ ...entry, feature: name }))),
];

/** The entry of the page that is open: the one whose address is the longest beginning of it. */
function currentOf(pathname: string, entries: readonly Entry[]): Entry | undefined {
  return entries
    .filter(({ to }) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .sort((a, b) => b.to.length - a.to.length)[0];
}

/** What one can do here: only what exists and what one may. */
export function Navigation() {
  const { t } = useShellWords();
  const { t: translate } = useTranslation();
  const { permissions } = useSession();
  const { pathname } = useLocation();
  const allowed = ENTRIES.filter(({ permission }) => permission === undefined || permissions.includes(permission));
  const current = currentOf(pathname, allowed);
  return (
    <>
      {NAVIGATION_GROUPS.map((group) => {
        const entries = allowed.filter((entry) => entry.group === group);
        if (entries.length === 0) return null;
        return (
          <div key={group} className={classes['group']}>
            <div className={classes['groupName']} id={`group-${group}`}>
              {t(`group.${group}`)}
            </div>
            <ul className={classes['entries']} aria-labelledby={`group-${group}`}>
              {entries.map((entry) => (
                <li key={entry.to}>
                  <PlainLink
                    to={entry.to}
                    className={classes['entry']}
                    activeProps={{}}
                    activeOptions={{ exact: true }}
                    {...(entry === current ? { 'aria-current': 'page' as const } : {})}
                  >
                    <entry.icon size={18} stroke={1.7} aria-hidden />
                    <span>{translate(entry.labelKey, { ns: entry.feature })}</span>
                  </PlainLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}
