import { Button, Group, Skeleton, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { joining } from '../../client/joining/joining.js';
import type { Joining } from '../../client/api.schemas.js';
import { download, ErrorBox, Notice, RecordHeader, ToneBadge } from '../../shared/index.js';
import { Arrival } from './arrival.js';
import { CommandBlock } from './command-block.js';
import { FOLDER_COMMAND, joinCommandOf, plainFingerprint, RUN_COMMAND, settingsOf, START_COMMAND } from './commands.js';
import classes from './join.module.css';
import { useWords } from './words.js';

const EVERY_MS = 4_000;
const FINGERPRINT_DIGITS = 16;

/** Walks an administrator through joining the running consortium with a node of the company's own. */
export default function JoinPage() {
  const { t } = useWords();
  const query = useQuery({
    queryKey: ['joining'],
    queryFn: ({ signal }) => joining({ signal }),
    retry: false,
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
  });
  const { data: state } = query;
  return (
    <>
      <RecordHeader title={t('title')} subtitle={t('subtitle')} />
      {state === undefined ? (
        query.isError ? (
          <ErrorBox error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton height={420} radius="md" />
        )
      ) : (
        <>
          {query.isError && <Notice tone="provisional" title={t('check.stale')} />}
          <Steps state={state} />
        </>
      )}
    </>
  );
}

function Steps({ state }: { readonly state: Joining }) {
  const { t } = useWords();
  return (
    <ol className={classes['steps']}>
      <Step number={1} title={t('files.title')} text={t('files.text')}>
        <Files />
      </Step>
      <Step number={2} title={t('fingerprint.title')} text={t('fingerprint.text')}>
        <Fingerprint expected={state.trustFingerprint} />
      </Step>
      <Step number={3} title={t('key.title')} text={t('key.text')}>
        <CommandBlock label={t('key.command')} text={FOLDER_COMMAND} />
      </Step>
      <Step number={4} title={t('settings.title')} text={t('settings.text')}>
        {state.peers.length === 0 && <Notice tone="provisional" title={t('settings.noPeers')} />}
        {state.local && (
          <Notice tone="provisional" title={t('settings.local')}>
            <p>{t('settings.local.text')}</p>
          </Notice>
        )}
        <CommandBlock label={t('settings.label')} text={settingsOf(state)} />
      </Step>
      <Step number={5} title={t('start.title')} text={t('start.text')}>
        <CommandBlock label={t('start.label')} text={START_COMMAND} />
        <details>
          <summary>{t('start.bare')}</summary>
          <div className={classes['body']}>
            <p className={classes['quiet']}>{t('start.bare.text')}</p>
            <CommandBlock label={t('start.bare.join')} text={joinCommandOf(state)} />
            <CommandBlock label={t('start.bare.run')} text={RUN_COMMAND} />
          </div>
        </details>
      </Step>
      <Step number={6} title={t('check.title')} text={t('check.text')}>
        <Arrival state={state} />
      </Step>
    </ol>
  );
}

function Step(given: {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <li className={classes['step']}>
      <div className={classes['number']} role="img" aria-label={t('step', { number: given.number })}>
        {given.number}
      </div>
      <div className={classes['body']}>
        <h2>{given.title}</h2>
        <p className={classes['quiet']}>{given.text}</p>
        {given.children}
      </div>
    </li>
  );
}

function Files() {
  const { t } = useWords();
  const [error, setError] = useState<unknown>();
  const get = (name: 'genesis' | 'trust') => () => {
    setError(undefined);
    download(`/joining/${name}`, `${name}.json`).catch(setError);
  };
  return (
    <>
      <Group gap="sm">
        {(['genesis', 'trust'] as const).map((name) => (
          <Button key={name} variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={get(name)}>
            {t(`files.${name}`)}
          </Button>
        ))}
      </Group>
      {error !== undefined && <ErrorBox error={error} words={() => ({ what: t('files.failed') })} />}
    </>
  );
}

function Fingerprint({ expected }: { readonly expected: string }) {
  const { t } = useWords();
  const [told, setTold] = useState('');
  const typed = plainFingerprint(told);
  const isWhole = typed.length >= FINGERPRINT_DIGITS;
  const isSame = typed === plainFingerprint(expected);
  return (
    <>
      <div>
        <div className={classes['quiet']}>{t('fingerprint.label')}</div>
        <div className={classes['fingerprint']}>{expected}</div>
      </div>
      <TextInput
        label={t('fingerprint.told')}
        description={t('fingerprint.incomplete')}
        value={told}
        onChange={(event) => setTold(event.currentTarget.value)}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        maw="24rem"
        aria-invalid={isWhole && !isSame}
      />
      <div role="status">
        {isWhole && (
          <ToneBadge tone={isSame ? 'final' : 'refused'}>
            {isSame ? t('fingerprint.same') : t('fingerprint.differs')}
          </ToneBadge>
        )}
      </div>
    </>
  );
}
