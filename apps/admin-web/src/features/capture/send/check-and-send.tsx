import { Button, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconChecklist, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { CaptureCheck } from '../../../client/api.schemas.js';
import { getCaptureCheckUrl } from '../../../client/capture/capture.js';
import { callJson, ErrorBox, Notice, Progress } from '../../../shared/index.js';
import { CheckResult } from '../check/check-result.js';
import { useWords } from '../words.js';
import { documentStore, type Sending } from './document-store.js';
import { newId, type Part, partsOf, sendParts, type SendingMoment } from './send-parts.js';

interface CheckAndSendProps {
  /** The bytes as they are checked and sent. */
  readonly content: Blob;
  /** The same as text, for the places beside the remarks. */
  readonly text: string;
  readonly fileName: string | undefined;
  /** Under which the document lies in this browser while it is being sent. */
  readonly storedAs: string;
  /** A sending that a reload interrupted. */
  readonly interrupted?: Sending | undefined;
  /** Everything was taken; the draft may go. */
  readonly onSent: () => void;
}

const VISIBILITIES = ['own', 'partners', 'public'] as const;

const checkDocument = (content: Blob, signal: AbortSignal) =>
  callJson<CaptureCheck>(getCaptureCheckUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/ld+json' },
    body: content,
    signal,
  });

/** The one way by which a document goes: checked, chosen how, sent, and then followed on the page of its job. */
export function CheckAndSend({ content, text, fileName, storedAs, interrupted, onSent }: CheckAndSendProps) {
  const { t } = useWords();
  const check = useMutation({ mutationFn: (signal: AbortSignal) => checkDocument(content, signal) });
  const [proceed, setProceed] = useState(interrupted?.proceed ?? false);
  const [visibility, setVisibility] = useState<Sending['visibility']>(interrupted?.visibility ?? 'partners');
  const [label, setLabel] = useState(interrupted?.label ?? '');
  const sending = useSending({ content, fileName, storedAs, interrupted, onSent });
  const { mutate } = check;
  useEffect(() => {
    if (interrupted !== undefined) return undefined;
    const ending = new AbortController();
    mutate(ending.signal);
    return () => ending.abort();
  }, [content, mutate, interrupted]);

  const result = check.data;
  const blocked = result?.verdict === 'some-refused' && !proceed;
  const sendable = result !== undefined && result.verdict !== 'refused' && !blocked;
  const events = result === undefined ? 0 : proceed ? result.eventCount - result.counts.refused : result.eventCount;
  const busy = sending.moment !== undefined;
  const again = () => mutate(new AbortController().signal);
  return (
    <Stack gap="lg" mt="lg">
      {interrupted === undefined && (
        <section aria-labelledby="check-title">
          <Group justify="space-between" mb="sm">
            <Title order={2} size="h4" id="check-title">
              {t('check.title')}
            </Title>
            <Button
              variant="default"
              leftSection={<IconChecklist size={16} aria-hidden />}
              loading={check.isPending}
              disabled={busy}
              onClick={again}
            >
              {t(result === undefined ? 'check.act' : 'check.again')}
            </Button>
          </Group>
          {check.isPending && <Progress label={t('check.running')} done={0} total={undefined} />}
          {check.isError && !isAbort(check.error) && <ErrorBox error={check.error} onRetry={again} />}
          {result !== undefined && !check.isPending && <CheckResult check={result} text={text} />}
        </section>
      )}
      {((result !== undefined && result.verdict !== 'refused' && !check.isPending) || busy || interrupted) && (
        <section className="wm-card" aria-labelledby="send-title">
          <Title order={2} size="h4" id="send-title" mb="sm">
            {t('send.title')}
          </Title>
          <Stack gap="md">
            <Radio.Group
              label={t('send.behaviour')}
              value={proceed ? 'proceed' : 'rollback'}
              onChange={(value) => setProceed(value === 'proceed')}
            >
              <Stack gap="xs" mt="xs">
                <Radio
                  value="rollback"
                  label={t('send.rollback')}
                  description={t('send.rollback.hint')}
                  disabled={busy}
                />
                <Radio value="proceed" label={t('send.proceed')} description={t('send.proceed.hint')} disabled={busy} />
              </Stack>
            </Radio.Group>
            <Radio.Group
              label={t('send.visibility')}
              value={visibility}
              onChange={(value) => setVisibility(VISIBILITIES.find((each) => each === value) ?? 'partners')}
            >
              <Stack gap="xs" mt="xs">
                {VISIBILITIES.map((each) => (
                  <Radio
                    key={each}
                    value={each}
                    label={t(`send.${each}`)}
                    description={t(`send.${each}.hint`)}
                    disabled={busy}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <TextInput
              label={t('send.label')}
              description={t('send.label.hint')}
              value={label}
              maxLength={200}
              maw="32rem"
              disabled={busy}
              onChange={({ currentTarget }) => setLabel(currentTarget.value)}
            />
            {blocked && <Text c="var(--wm-refused)">{t('send.blocked')}</Text>}
            {sending.error !== undefined && <ErrorBox error={sending.error} />}
            {sending.stopped !== undefined && <Notice tone="provisional" title={t('send.stopped', sending.stopped)} />}
            {sending.moment !== undefined && <Moment moment={sending.moment} />}
            <Group>
              <Button
                leftSection={<IconSend size={16} aria-hidden />}
                disabled={(!sendable && sending.stopped === undefined) || busy}
                loading={busy}
                onClick={() => sending.send({ proceed, visibility, label: label.trim() })}
              >
                {sending.stopped !== undefined
                  ? t('send.goOn')
                  : events > 0
                    ? t('send.act', { count: events })
                    : t('send.actMaster')}
              </Button>
              {busy && (
                <Button variant="default" onClick={sending.cancel}>
                  {t('send.cancel')}
                </Button>
              )}
            </Group>
          </Stack>
        </section>
      )}
    </Stack>
  );
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

function Moment({ moment }: { readonly moment: SendingMoment }) {
  const { t } = useWords();
  return (
    <>
      <Progress
        label={moment.parts === 1 ? t('send.sending') : t('send.part', { part: moment.part, parts: moment.parts })}
        done={moment.part - 1}
        total={moment.parts === 1 ? undefined : moment.parts}
      />
      {moment.kind === 'waiting' && (
        <Notice tone="provisional" title={t('send.waiting', { seconds: moment.seconds })} />
      )}
    </>
  );
}

type Choice = Pick<Sending, 'proceed' | 'visibility' | 'label'>;

function useSending({
  content,
  fileName,
  storedAs,
  interrupted,
  onSent,
}: Pick<CheckAndSendProps, 'content' | 'fileName' | 'storedAs' | 'interrupted' | 'onSent'>) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [moment, setMoment] = useState<SendingMoment>();
  const [error, setError] = useState<unknown>();
  const [stopped, setStopped] = useState<{ done: number; parts: number }>();
  const state = useRef<Sending | undefined>(interrupted);
  const ending = useRef<AbortController | undefined>(undefined);

  const run = async (sending: Sending) => {
    if (ending.current !== undefined) return;
    const abort = new AbortController();
    ending.current = abort;
    setError(undefined);
    setStopped(undefined);
    setMoment({ kind: 'sending', part: sending.taken.length + 1, parts: Math.max(1, sending.taken.length + 1) });
    let parts: readonly Part[] = [];
    const keep = async (now: Sending) => {
      state.current = now;
      await documentStore.write(storedAs, { savedAt: Date.now(), content, fileName, sending: now });
    };
    try {
      await keep(sending);
      parts = await partsOf(content);
      const done = await sendParts(parts, sending, fileName, setMoment, keep, abort.signal);
      state.current = undefined;
      await documentStore.remove(storedAs);
      onSent();
      await client.invalidateQueries({ queryKey: ['capture'] });
      await navigate({ to: '/capture/jobs/$id', params: { id: done.taken[0] ?? '' } });
    } catch (cause) {
      if (isAbort(cause)) setStopped({ done: state.current?.taken.length ?? 0, parts: parts.length });
      else {
        setError(cause);
        // What was refused is not sent again under its key by itself: the person decides.
        if ((state.current?.taken.length ?? 0) === 0) {
          state.current = undefined;
          await documentStore.write(storedAs, { savedAt: Date.now(), content, fileName, sending: undefined });
        } else setStopped({ done: state.current?.taken.length ?? 0, parts: parts.length });
      }
    } finally {
      ending.current = undefined;
      setMoment(undefined);
    }
  };
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (interrupted !== undefined) void latest.current(interrupted);
  }, [interrupted]);
  return {
    moment,
    error,
    stopped,
    send: (choice: Choice) => void run(state.current ?? { id: newId(), taken: [], ...choice }),
    cancel: () => ending.current?.abort(),
  };
}
