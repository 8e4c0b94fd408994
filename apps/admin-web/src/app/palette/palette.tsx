import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session/use-session.js';
import { FEATURES } from '../features.js';
import { useShellWords } from '../words.js';

export const openPalette = () => spotlight.open();

/** Ctrl-K: any page, and anything on record. */
export function Palette() {
  const { t } = useShellWords();
  const { t: translate } = useTranslation();
  const { permissions } = useSession();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const pages = FEATURES.flatMap(({ name, navigation, palette }) =>
    [...navigation.map((entry) => ({ ...entry, id: entry.to })), ...(palette ?? [])]
      .filter(({ permission }) => permission === undefined || permissions.includes(permission))
      .map((entry) => ({ ...entry, label: translate(entry.labelKey, { ns: name }) })),
  ).filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={['mod + K']}>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.pages')}>
            {pages.map(({ id, label, to, icon: Drawn }) => (
              <Spotlight.Action
                key={id}
                label={label}
                leftSection={Drawn && <Drawn size={18} aria-hidden />}
                onClick={() => void navigate({ to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
