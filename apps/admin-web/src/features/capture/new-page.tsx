import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconFileText, IconUpload } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ClipboardEvent, type DragEvent } from 'react';
import { AppLink, formatWhen, Notice, RecordHeader, useLanguage } from '../../shared/index.js';
import classes from './check/check.module.css';
import { STEPS } from './form/build-document.js';
import { CheckAndSend } from './send/check-and-send.js';
import { documentStore, type Sending } from './send/document-store.js';
import { DOCUMENT_LIMITS } from './send/send-parts.js';
import { useWords, type Words } from './words.js';

const STORED_AS = 'new';
/** Longer texts are not shown whole: no field edits five megabytes. */
const EDITED_CHARACTERS_MAX = 200_000;

interface Chosen {
  readonly content: Blob;
  readonly text: string;
  readonly fileName: string | undefined;
  readonly restoredAt: Date | undefined;
  readonly interrupted: Sending | undefined;
}

function sizeWord(t: Words, bytes: number): string {
  return bytes < 1_000_000
    ? t('size.kb', { value: Math.max(1, Math.round(bytes / 1024)) })
    : t('size.mb', { value: (bytes / (1024 * 1024)).toFixed(1) });
}

export default function NewCapturePage() {
  const { t } = useWords();
  const language = useLanguage();
  const [chosen, setChosen] = useState<Chosen>();
  const [typed, setTyped] = useState('');
  const [tooLarge, setTooLarge] = useState<number>();
  const [over, setOver] = useState(false);
  /** Whether a kept document was looked for. Until then there is no field: what is typed must not give way to it. */
  const [looked, setLooked] = useState(false);

  const take = useCallback(async (content: Blob, fileName: string | undefined) => {
    setTooLarge(content.size > DOCUMENT_LIMITS.sizeBytesMax ? content.size : undefined);
    if (content.size > DOCUMENT_LIMITS.sizeBytesMax) return;
    // Read now: a file may change or go away while somebody looks at the page.
    const bytes = await content.arrayBuffer();
    const kept = new Blob([bytes]);
    setChosen({
      content: kept,
      text: new TextDecoder().decode(bytes),
      fileName,
      restoredAt: undefined,
      interrupted: undefined,
    });
    await documentStore.write(STORED_AS, { savedAt: Date.now(), content: kept, fileName, sending: undefined });
  }, []);

  useEffect(() => {
    let left = false;
    const look = async () => {
      const stored = await documentStore.read(STORED_AS);
      if (stored === undefined || left) return;
      const text = await stored.content.text();
      setChosen({
        content: stored.content,
        text,
        fileName: stored.fileName,
        restoredAt: new Date(stored.savedAt),
        interrupted: stored.sending,
      });
    };
    void look().finally(() => {
      if (!left) setLooked(true);
    });
    return () => {
      left = true;
    };
  }, []);

  const forget = () => {
    setChosen(undefined);
    setTyped('');
    void documentStore.remove(STORED_AS);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void take(file, file.name);
  };
  const onPaste = (event: ClipboardEvent) => {
    const file = event.clipboardData.files[0];
    const text = event.clipboardData.getData('text');
    if (file === undefined && text.length <= EDITED_CHARACTERS_MAX) return;
    event.preventDefault();
    void (file === undefined ? take(new Blob([text]), undefined) : take(file, file.name));
  };

  return (
    <>
      <RecordHeader title={t('new.title')} subtitle={t('new.text')} />
      {tooLarge !== undefined && (
        <Notice
          tone="refused"
          title={t('new.tooLarge', {
            size: sizeWord(t, tooLarge),
            max: sizeWord(t, DOCUMENT_LIMITS.sizeBytesMax),
          })}
        >
          <Text size="sm">{t('new.tooLarge.fix')}</Text>
        </Notice>
      )}
      {!looked ? null : chosen === undefined ? (
        <Stack gap="md" mt="md">
          <div
            className={classes['drop']}
            data-over={over}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={onDrop}
          >
            <IconUpload size={32} stroke={1.4} aria-hidden />
            <Text fw={600}>{t('new.drop')}</Text>
            <Text size="sm" c="dimmed" mb="sm">
              {t('new.drop.hint', { size: sizeWord(t, DOCUMENT_LIMITS.sizeBytesMax) })}
            </Text>
            <FileButton onChange={(file) => file !== null && void take(file, file.name)}>
              {(props) => <Button {...props}>{t('new.choose')}</Button>}
            </FileButton>
          </div>
          <Textarea
            label={t('new.paste')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            onPaste={onPaste}
            minRows={6}
            maxRows={16}
            autosize
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <Group>
            <Button disabled={typed.trim() === ''} onClick={() => void take(new Blob([typed]), undefined)}>
              {t('check.act')}
            </Button>
          </Group>
          <Group gap="sm">
            <Text size="sm">{t('new.noFile')}</Text>
            {STEPS.map((step) => (
              <AppLink key={step} to="/capture/form/$step" params={{ step }}>
                {t(`form.step.${step}`)}
              </AppLink>
            ))}
          </Group>
        </Stack>
      ) : (
        <>
          <Group mt="md" justify="space-between" className="wm-card">
            <Group gap="sm">
              <IconFileText size={20} aria-hidden />
              <Text fw={600}>
                {t('new.chosen', {
                  name: chosen.fileName ?? t('new.pasted'),
                  size: sizeWord(t, chosen.content.size),
                })}
              </Text>
            </Group>
            <Button variant="default" onClick={forget}>
              {t('new.other')}
            </Button>
          </Group>
          {chosen.restoredAt !== undefined && (
            <Text size="sm" c="dimmed" mt="xs" role="status">
              {chosen.interrupted === undefined
                ? t('new.restored', { when: formatWhen(chosen.restoredAt, language) })
                : t('send.resumed')}
            </Text>
          )}
          {chosen.fileName === undefined && chosen.text.length <= EDITED_CHARACTERS_MAX ? (
            <Edited chosen={chosen} onChange={(text) => void take(new Blob([text]), undefined)} />
          ) : (
            chosen.text.length > EDITED_CHARACTERS_MAX && (
              <Text size="sm" c="dimmed" mt="xs">
                {t('new.large')}
              </Text>
            )
          )}
          <CheckAndSend
            content={chosen.content}
            text={chosen.text}
            fileName={chosen.fileName}
            storedAs={STORED_AS}
            interrupted={chosen.interrupted}
            onSent={() => setChosen(undefined)}
          />
        </>
      )}
    </>
  );
}

/** What was pasted can be corrected here and checked again. */
function Edited({ chosen, onChange }: { readonly chosen: Chosen; readonly onChange: (text: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(chosen.text);
  useEffect(() => setText(chosen.text), [chosen.text]);
  return (
    <Stack gap="xs" mt="md">
      <Textarea
        label={t('new.pasted')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        minRows={4}
        maxRows={14}
        autosize
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      {text !== chosen.text && (
        <Group>
          <Button onClick={() => onChange(text)}>{t('check.again')}</Button>
        </Group>
      )}
    </Stack>
  );
}
