import { Anchor, Button, Text } from '@mantine/core';
import { IconDownload, IconFileTypeHtml } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { VERIFIER_FILES } from '@waymark/verifier';
import { getRegulatorBlocksEvidenceFileUrl, getRegulatorEvidenceUrl } from '../../client/regulator/regulator.js';
import { download, ErrorBox, useAct } from '../../shared/index.js';
import type { CheckSubject } from './check/check-store.js';
import classes from './regulator.module.css';
import { useRegulatorWords } from './words.js';

type VerifierFacts = Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;

/** Evidence to take home, and beside it the one file that checks it without us. */
export function EvidenceFiles({ subject }: { readonly subject: CheckSubject | undefined }) {
  const { t, language } = useRegulatorWords();
  const facts = useQuery({
    queryKey: ['verifier-files'],
    queryFn: async (): Promise<VerifierFacts> => {
      const response = await fetch('/verifier/verifier.json');
      if (!response.ok) throw new Error(`The verifier is not there: ${response.status}.`);
      return (await response.json()) as VerifierFacts;
    },
    staleTime: Infinity,
  });
  const {
    busy,
    error: failed,
    run: save,
  } = useAct(async () => {
    if (subject === undefined) return;
    if (subject.kind === 'item') {
      await download(getRegulatorEvidenceUrl({ id: subject.id }), 'evidence-item.json');
      return;
    }
    const { from, to } = subject;
    await download(getRegulatorBlocksEvidenceFileUrl({ from, to }), `evidence-blocks-${from}-${to}.jsonl`);
  });
  const number = new Intl.NumberFormat(language);
  return (
    <section className={classes['card']} aria-labelledby="files-title">
      <Text fw={600} component="h2" id="files-title">
        {t('files.title')}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('files.text')}
      </Text>
      {failed !== undefined && <ErrorBox error={failed} />}
      <div className={classes['pair']}>
        <div>
          <Button
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => save()}
            loading={busy}
            disabled={subject === undefined}
          >
            {t('files.evidence')}
          </Button>
          <Text size="sm" c="dimmed" mt="xs">
            {subject === undefined
              ? t('files.evidence.none')
              : subject.kind === 'item'
                ? t('files.evidence.item')
                : t('files.evidence.range', { from: subject.from, to: subject.to })}
          </Text>
        </div>
        <div>
          <Button
            component="a"
            href={`/verifier/${VERIFIER_FILES.page}`}
            download={VERIFIER_FILES.page}
            variant="default"
            leftSection={<IconFileTypeHtml size={16} aria-hidden />}
          >
            {t('files.page')}
          </Button>
          <Text size="sm" c="dimmed" mt="xs">
            {t('files.page.text')}{' '}
            <Anchor
              href={`/verifier/${VERIFIER_FILES.command}`}
              download={VERIFIER_FILES.command}
              size="sm"
              underline="always"
            >
              {t('files.command')}
            </Anchor>
          </Text>
        </div>
      </div>
      {facts.data !== undefined && (
        <>
          <Text size="sm" mt="md">
            {t('files.hash')}
          </Text>
          {Object.entries(facts.data).map(([name, { bytes, sha256 }]) => (
            <div key={name} className={classes['hash']}>
              {sha256} {name} ({number.format(bytes)})
            </div>
          ))}
        </>
      )}
    </section>
  );
}
