import { Button, Code, Drawer, List, Stack, Text } from '@mantine/core';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { saveBlob } from '../api/download.js';
import { ErrorBox, Notice } from '../parts/error-box.js';
import { Identifier } from '../parts/identifier.js';
import { ToneBadge } from '../parts/level-badge.js';
import { Progress } from '../parts/progress.js';
import { formatWhen } from '../parts/when.js';
import { useVocabulary } from '../vocabulary.js';
import { useSharedWords } from '../words.js';
import { checkRecord, type RecordPlace } from './check-record.js';

/** The proof of one record, checked by this page itself; `record` undefined: closed. */
export function ProofDrawer({
  record,
  title,
  onClose,
}: {
  readonly record: RecordPlace | undefined;
  /** What the record says, in a few words. */
  readonly title?: string | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useSharedWords();
  return (
    <Drawer
      opened={record !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={title === undefined ? t('proof.title') : `${t('proof.title')}: ${title}`}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {record !== undefined && <Proof record={record} />}
    </Drawer>
  );
}

function Proof({ record }: { readonly record: RecordPlace }) {
  const { t, language } = useSharedWords();
  const words = useVocabulary();
  const { data, error, refetch } = useQuery({
    queryKey: ['proof', record.eventKey, record.txId, record.bodyIndex],
    queryFn: () => checkRecord(record),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? 2_000 : false),
  });
  if (error !== null) return <ErrorBox error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Progress label={t('proof.checking')} done={0} total={undefined} />;
  if (data.state === 'pending') return <Progress label={t('proof.pending')} done={0} total={undefined} />;
  const save = () => saveBlob(data.file, `evidence-${record.eventKey.slice(0, 12)}.json`);
  return (
    <Stack gap="md">
      {data.state === 'failed' ? (
        <Notice tone="refused" title={t('proof.failed')}>
          <Text size="sm">{data.code === 'RECORD_MISSING' ? t('proof.other') : t('proof.failed.text')}</Text>
          <Code>{data.where === '' ? data.code : `${data.code} ${data.where}`}</Code>
        </Notice>
      ) : (
        <>
          <div role="status">
            <ToneBadge tone="final" icon={IconShieldCheck}>
              {t('proof.checked', { signed: data.signedBy.length, of: data.of })}
            </ToneBadge>
          </div>
          <List spacing="xs" size="sm">
            <List.Item>{t('proof.signedBy', { name: data.signer[language] })}</List.Item>
            <List.Item>
              {t('proof.accepted', { height: data.height, when: formatWhen(new Date(data.timeMs), language) })}
            </List.Item>
            <List.Item>
              {t('proof.supervisors', { signed: data.signedBy.length, of: data.of, quorum: data.quorum })}
            </List.Item>
            <List.Item>{t('proof.unchanged')}</List.Item>
            <List.Item>{t('proof.who', { who: words.visibility(data.visibility) })}</List.Item>
          </List>
          <details>
            <summary>{t('proof.signers')}</summary>
            <List size="sm" mt="xs">
              {data.signedBy.map((names) => (
                <List.Item key={names.en}>{names[language]}</List.Item>
              ))}
            </List>
            <Text size="sm" c="dimmed" mt="xs">
              {t('proof.fingerprint', { fingerprint: data.fingerprint })}
            </Text>
          </details>
          <details>
            <summary>{t('proof.words')}</summary>
            <Code block tabIndex={0} style={{ maxHeight: '20rem', overflow: 'auto' }}>
              {data.text}
            </Code>
          </details>
        </>
      )}
      <div>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          {t('proof.download')}
        </Button>
        <Text size="sm" c="dimmed" mt={6}>
          {t('proof.download.hint')}
        </Text>
      </div>
      <Text size="sm" component="div">
        {t('proof.record')}: <Identifier value={record.eventKey} charactersMax={24} />
      </Text>
    </Stack>
  );
}
