import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keepPreviousData } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useSearch } from '../../client/items/items.js';
import { useLanguage } from '../../shared/translations.js';
import { useSession } from '../../shared/session/use-session.js';
import { FEATURES } from '../features.js';
import { useShellWords } from '../words.js';
import { addressOf } from './found.js';

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
  const language = useLanguage();
  const [asked] = useDebouncedValue(query.trim().slice(0, 200), 200);
  const mayRead = permissions.includes('read');
  const { data, isFetching } = useSearch(
    { q: asked, limit: '5' },
    { query: { enabled: mayRead && asked !== '', placeholderData: keepPreviousData, staleTime: 10_000 } },
  );
  const groups = mayRead && asked !== '' && wanted !== '' ? (data?.groups ?? []) : [];
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={['mod + K']}>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ kind, hits }) => (
          <Spotlight.ActionsGroup key={kind} label={t(`palette.${kind}`)}>
            {hits.map((hit) => {
              const { to, search } = addressOf(kind, hit);
              return (
                <Spotlight.Action
                  key={`${kind} ${hit.id}`}
                  label={hit.name?.[language] ?? hit.title}
                  {...(hit.name !== undefined && { description: hit.title })}
                  onClick={() => void navigate({ to, search: (search ?? {}) as never })}
                />
              );
            })}
          </Spotlight.ActionsGroup>
        ))}
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
        {pages.length === 0 && groups.length === 0 && !isFetching && (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
