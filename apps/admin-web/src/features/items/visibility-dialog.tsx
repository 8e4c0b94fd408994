import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ItemPage } from '../../client/api.schemas.js';
import { changeVisibility } from '../../client/items/items.js';
import { AppLink, callJson, ErrorBox, Notice, Progress, ToneBadge, useAct, useVocabulary } from '../../shared/index.js';
import { useItemWords } from './words.js';

const CHOICES = ['public', 'partners', 'own'] as const;
type Choice = (typeof CHOICES)[number];

interface Job {
  readonly running: boolean;
  readonly success: boolean;
  readonly errors: readonly { readonly detail: string; readonly howToFix: string }[];
}

/** Asks who may see records, says what that means, signs the change, and follows it until it holds. */
export function VisibilityDialog({
  item,
  eventKeys,
  onClose,
  onSent,
}: {
  readonly item: ItemPage;
  readonly eventKeys: readonly string[];
  readonly onClose: () => void;
  readonly onSent: () => void;
}) {
  const { t, language } = useItemWords();
  const words = useVocabulary();
  // What was chosen when the dialogue opened; the list behind it may change.
  const [keys] = useState(eventKeys);
  const steps = item.history.filter(({ record }) => record !== undefined && keys.includes(record.eventKey));
  const [choice, setChoice] = useState<Choice>(() => steps[0]?.visibility ?? 'partners');
  const [sent, setSent] = useState<{ readonly job?: string; readonly changes: number }>();
  const named = [...new Set(steps.flatMap(({ readers = [] }) => readers))].map((account) =>
    words.nameOf(item.organisations, account, account),
  );
  const {
    busy,
    error,
    run: send,
  } = useAct(async () => setSent(await changeVisibility({ eventKeys: [...keys], visibility: choice })));
  const close = () => {
    if (sent !== undefined) onSent();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('visibility.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
      size="lg"
    >
      {sent === undefined ? (
        <Stack gap="md">
          <Radio.Group value={choice} onChange={(value) => setChoice(value)} aria-label={t('visibility.title')}>
            <Stack gap="sm">
              {CHOICES.map((one) => (
                <Radio key={one} value={one} label={t(`visibility.${one}`)} description={t(`visibility.${one}.text`)} />
              ))}
            </Stack>
          </Radio.Group>
          {named.length > 0 && choice === 'partners' && (
            <Text size="sm">{t('visibility.named', { names: named.join(language === 'en' ? ', ' : '、') })}</Text>
          )}
          <Notice tone="provisional" title={t('visibility.warning')} />
          {error !== undefined && <ErrorBox error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} disabled={busy}>
              {t('cancel')}
            </Button>
            <Button loading={busy} onClick={() => send()}>
              {t('visibility.confirm')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Sent {...sent} onClose={close} />
      )}
    </Modal>
  );
}

function Sent({ job, onClose }: { readonly job?: string; readonly changes: number; readonly onClose: () => void }) {
  const { t } = useItemWords();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['visibility-job', job],
    queryFn: () => callJson<Job>(`/epcis/capture/${encodeURIComponent(job ?? '')}`),
    enabled: job !== undefined,
    refetchInterval: ({ state }) => (state.data?.running === false ? false : 700),
  });
  const done = data?.running === false;
  useEffect(() => {
    if (done) void client.invalidateQueries();
  }, [done, client]);
  return (
    <Stack gap="md">
      {job === undefined ? (
        <Text>{t('visibility.same')}</Text>
      ) : error !== null ? (
        <ErrorBox error={error} onRetry={() => void refetch()} />
      ) : !done ? (
        <>
          <Progress label={t('visibility.sent')} done={0} total={undefined} />
          <Text size="sm">{t('visibility.sent.text')}</Text>
        </>
      ) : data.success ? (
        <div role="status">
          <ToneBadge tone="final">{t('visibility.done')}</ToneBadge>
        </div>
      ) : (
        <Notice tone="refused" title={t('visibility.refused')}>
          {data.errors.slice(0, 5).map(({ detail, howToFix }, i) => (
            <Text key={i} size="sm">
              {detail} {howToFix}
            </Text>
          ))}
        </Notice>
      )}
      <Group justify="flex-end">
        {job !== undefined && (
          <AppLink to="/capture/jobs/$id" params={{ id: job }}>
            {t('visibility.follow')}
          </AppLink>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </Stack>
  );
}
