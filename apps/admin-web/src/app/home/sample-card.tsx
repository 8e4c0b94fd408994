import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getSampleStateQueryKey, useLoadSample, useRemoveSample, useSampleState } from '../../client/sample/sample.js';
import type { SampleState } from '../../client/api.schemas.js';
import { AppLink, PlainLink } from '../../shared/parts/app-link.js';
import { ConfirmDialog } from '../../shared/parts/confirm-dialog.js';
import { ErrorBox } from '../../shared/parts/error-box.js';
import { Progress } from '../../shared/parts/progress.js';
import { useShellWords } from '../words.js';

const FOLLOW_MS = 700;
const isMoving = (state: SampleState['state'] | undefined) => state === 'loading' || state === 'removing';

/** Sample data of one's own: loaded, looked at, removed again. */
export function SampleCard() {
  const { t } = useShellWords();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure();
  const sample = useSampleState({
    query: { refetchInterval: ({ state }) => (isMoving(state.data?.state) ? FOLLOW_MS : false) },
  });
  const take = (data: SampleState) => queries.setQueryData(getSampleStateQueryKey(), data);
  const load = useLoadSample({ mutation: { onSuccess: take } });
  const remove = useRemoveSample({ mutation: { onSuccess: take } });
  const state = sample.data?.state;

  // What was loaded or removed shows everywhere else too.
  const before = useRef(state);
  useEffect(() => {
    if (isMoving(before.current) && !isMoving(state))
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== getSampleStateQueryKey()[0] });
    before.current = state;
  }, [state, queries]);

  if (sample.error !== null) return <ErrorBox error={sample.error} onRetry={() => void sample.refetch()} />;
  if (sample.data === undefined || !sample.data.hasPrefix) return null;
  const { items, captureID, canLoad, removedAt } = sample.data;
  /** It stands still: removing it was asked for and failed. */
  const removalFailed = state === 'failed' && removedAt !== null;
  return (
    <section className="wm-card" aria-labelledby="sample">
      <Stack gap="sm">
        <Title order={2} size="h4" id="sample">
          {state === 'loaded' ? t('sample.loaded.title') : t('sample.title')}
        </Title>
        <Text c="dimmed" maw="48rem">
          {state === 'loaded' ? t('sample.loaded.text') : t('sample.text')}
        </Text>
        {(state === 'removed' || state === 'failed') && (
          <Text role="status">
            {t(state === 'removed' ? 'sample.removed' : removalFailed ? 'sample.removalFailed' : 'sample.failed')}{' '}
            {state === 'failed' && captureID !== null && (
              <AppLink to="/capture/jobs/$id" params={{ id: captureID }}>
                {t('sample.capture')}
              </AppLink>
            )}
          </Text>
        )}
        {load.error !== null && <ErrorBox error={load.error} />}
        {isMoving(state) && (
          <Progress
            label={t(state === 'loading' ? 'sample.loading' : 'sample.removing')}
            done={0}
            total={undefined}
            note={t('sample.loading.note')}
          />
        )}
        <Group gap="sm">
          {canLoad && (
            <Button variant="light" loading={load.isPending} onClick={() => load.mutate()}>
              {t('sample.load')}
            </Button>
          )}
          {(state === 'loaded' || removalFailed) && items !== null && (
            <>
              <Button
                renderRoot={(given) => <PlainLink to="/item" search={{ id: items.product } as never} {...given} />}
              >
                {t('sample.look')}
              </Button>
              <Button
                variant="default"
                renderRoot={(given) => <PlainLink to="/trace" search={{ id: items.product } as never} {...given} />}
              >
                {t('sample.trace')}
              </Button>
              <Button variant="subtle" color="red.8" onClick={open}>
                {t(removalFailed ? 'sample.removeAgain' : 'sample.remove')}
              </Button>
            </>
          )}
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('sample.remove.title')}
        confirmLabel={t('sample.remove')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync();
        }}
      >
        {t('sample.remove.text')}
      </ConfirmDialog>
    </section>
  );
}
