import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { SearchHit } from '../../client/api.schemas.js';
import { search } from '../../client/items/items.js';
import { AppLink, ErrorBox, RecordHeader, useSubmit, useVocabulary } from '../../shared/index.js';
import { useTraceWords } from './words.js';

/** Nothing chosen yet: ask for it. */
export function TraceStart() {
  const { t } = useTraceWords();
  const words = useVocabulary();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[]>();
  const { busy, error, onSubmit } = useSubmit(async () => {
    setHits(undefined);
    const { groups } = await search({ q: text.trim().slice(0, 200), limit: '12' });
    const found = groups.find(({ kind }) => kind === 'items')?.hits ?? [];
    const [only] = found;
    if (found.length === 1 && only !== undefined) await navigate({ to: '/trace', search: { id: only.id } });
    else setHits(found);
  });
  const go = (event: FormEvent) => (text.trim() === '' ? event.preventDefault() : onSubmit(event));
  return (
    <>
      <RecordHeader title={t('start.title')} subtitle={t('start.text')} />
      <form onSubmit={go}>
        <Group align="flex-end">
          <TextInput
            label={t('start.label')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={200}
            w={{ base: '100%', sm: 420 }}
            data-autofocus
          />
          <Button type="submit" loading={busy}>
            {t('start.go')}
          </Button>
        </Group>
      </form>
      {error !== undefined && <ErrorBox error={error} />}
      {hits !== undefined && (
        <Stack gap="xs" mt="lg" role="status">
          <Text>{hits.length === 0 ? t('start.none') : t('start.choose')}</Text>
          {hits.map((hit) => (
            <AppLink key={hit.id} to="/trace" search={{ id: hit.id }}>
              {hit.name === undefined ? hit.title : `${hit.name[words.language]} · ${hit.title}`}
            </AppLink>
          ))}
        </Stack>
      )}
    </>
  );
}
