import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSearch } from '../../client/items/items.js';
import { shortenMiddle } from '../../shared/parts/shorten-middle.js';
import { formatWhen } from '../../shared/parts/when.js';
import { usePermission } from '../../shared/session/use-session.js';
import { useLanguage } from '../../shared/translations.js';
import { useShellWords } from '../words.js';
import classes from './palette.module.css';
import { addressOf } from './found.js';
import { FOUND_ICONS } from './found-icons.js';
import { usePageEntries } from './use-page-entries.js';

/** What is typed in Ctrl-K, and what fits it: pages and anything on record. */
export default function Finder({ onDone }: { readonly onDone: () => void }) {
  const { t } = useShellWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const mayRead = usePermission('read');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 180);
  const combobox = useCombobox({ opened: true });
  const pages = usePageEntries(text);
  const found = useSearch(
    { q: wanted },
    { query: { enabled: mayRead && wanted.length > 1, placeholderData: keepPreviousData } },
  );
  const groups = wanted.length > 1 ? (found.data?.groups.filter(({ hits }) => hits.length > 0) ?? []) : [];
  const nothing = pages.length === 0 && groups.length === 0;
  const searching = found.isFetching || wanted !== text.trim();

  useEffect(() => {
    combobox.selectFirstOption();
  }, [pages.length, found.data, wanted]);

  const targets = new Map<string, () => Promise<void>>();
  for (const page of pages)
    targets.set(page.id, () => navigate({ to: page.to, ...(page.search !== undefined && { search: page.search }) }));
  for (const { kind, hits } of groups)
    for (const hit of hits) targets.set(`${kind} ${hit.id}`, () => navigate(addressOf(kind, hit) as never));

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        onDone();
        void targets.get(value)?.();
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          autoFocus
          size="lg"
          variant="unstyled"
          className={classes['input'] ?? ''}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          leftSection={<IconSearch size={20} aria-hidden />}
          rightSection={searching && wanted.length > 1 ? <Loader size="xs" /> : null}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
          // The list takes Escape for itself; here it closes the whole.
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDone();
          }}
        />
      </Combobox.EventsTarget>
      <div className={classes['results']}>
        <Combobox.Options aria-label={t('palette.open')}>
          {groups.map(({ kind, hits }) => {
            const Drawn = FOUND_ICONS[kind];
            return (
              <Combobox.Group key={kind} label={t(`palette.${kind}`)}>
                {hits.map((hit) => (
                  <Combobox.Option key={hit.id} value={`${kind} ${hit.id}`} className={classes['option'] ?? ''}>
                    <Drawn size={18} stroke={1.7} aria-hidden />
                    <span className={classes['title']}>
                      {hit.name?.[language] ?? shortenMiddle(hit.title, 44)}
                      {hit.name !== undefined && (
                        <span className={classes['detail']}>{shortenMiddle(hit.title, 30)}</span>
                      )}
                    </span>
                    {hit.time !== undefined && kind !== 'days' && (
                      <span className={classes['detail']}>{formatWhen(new Date(hit.time), language, 'day')}</span>
                    )}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
          {pages.length > 0 && (
            <Combobox.Group label={t('palette.pages')}>
              {pages.map(({ id, label, icon: Drawn }) => (
                <Combobox.Option key={id} value={id} className={classes['option'] ?? ''}>
                  {Drawn && <Drawn size={18} stroke={1.7} aria-hidden />}
                  <span className={classes['title']}>{label}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
        </Combobox.Options>
        <Text size="sm" c="dimmed" role="status" p={nothing ? 'md' : 0}>
          {nothing ? (searching ? t('palette.searching') : t('palette.nothing')) : ''}
        </Text>
      </div>
    </Combobox>
  );
}
