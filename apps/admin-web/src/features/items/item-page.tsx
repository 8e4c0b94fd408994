import { Button, Center, Loader, Text, Title } from '@mantine/core';
import { IconFileCertificate, IconPackage, IconRoute, IconTag } from '@tabler/icons-react';
import { lastPart } from '@waymark/epcis/gs1';
import { useState } from 'react';
import type { ItemFact, ItemPage as Item } from '../../client/api.schemas.js';
import { useGetItem } from '../../client/items/items.js';
import {
  ApiError,
  AppLink,
  download,
  EmptyState,
  ErrorBox,
  formatWhen,
  Identifier,
  LevelBadge,
  PlainLink,
  ProofDrawer,
  RecordHeader,
  stateTone,
  ToneBadge,
  useSearchTexts,
  useVocabulary,
  When,
  type RecordPlace,
} from '../../shared/index.js';
import { History } from './history.js';
import classes from './item.module.css';
import { useItemWords } from './words.js';

/** How soon the page looks again while captures of the item are on their way. */
const PENDING_EVERY_MS = 3_000;

export type Opened = RecordPlace & { readonly title: string };

export default function ItemPage() {
  const { t } = useItemWords();
  const [{ id }] = useSearchTexts();
  if (id === undefined || id === '')
    return (
      <EmptyState
        wholePage
        icon={IconPackage}
        title={t('item.noId')}
        action={<Button renderRoot={(given: object) => <PlainLink {...given} to="/items" />}>{t('list.title')}</Button>}
      >
        {t('item.noId.text')}
      </EmptyState>
    );
  return <ItemOf key={id} id={id} />;
}

function ItemOf({ id }: { readonly id: string }) {
  const { t } = useItemWords();
  const words = useVocabulary();
  const {
    data: item,
    error,
    refetch,
  } = useGetItem(
    { id },
    { query: { refetchInterval: ({ state }) => ((state.data?.pending.length ?? 0) > 0 ? PENDING_EVERY_MS : false) } },
  );
  const [opened, setOpened] = useState<Opened>();
  const [exportError, setExportError] = useState<unknown>();
  if (error !== null && item === undefined)
    return (
      <>
        <RecordHeader title={t('item.title')} subtitle={<Identifier value={id} />} />
        <ErrorBox
          error={error}
          onRetry={() => void refetch()}
          words={(code) =>
            code === 'TRACE_ITEM_UNKNOWN' ? { what: t('item.missing'), fix: t('item.missing.fix') } : undefined
          }
        />
      </>
    );
  if (item === undefined)
    return (
      <Center h="40vh">
        <Loader />
      </Center>
    );
  const name = words.nameOf(item.names, item.product ?? item.id);
  const stateFact = item.facts.find(({ kind, level }) => kind === 'disposition' && level === 'final');
  const state = stateFact?.value;
  const evidence = async () => {
    setExportError(undefined);
    try {
      await download(
        `/evidence?id=${encodeURIComponent(item.id)}`,
        `evidence-${item.serial ?? item.lot ?? 'item'}.json`,
      );
    } catch (cause) {
      setExportError(cause);
    }
  };
  return (
    <>
      <RecordHeader
        title={name === '' ? item.shortName : `${name} · ${item.serial ?? item.lot ?? item.shortName}`}
        state={
          <>
            {state === undefined ? (
              <ToneBadge tone="unknown">{t('item.state.none')}</ToneBadge>
            ) : (
              <ToneBadge
                {...stateTone(state)}
                hint={t('item.state.by', {
                  name: words.nameOf(item.organisations, stateFact?.signer, stateFact?.signer ?? ''),
                })}
              >
                {words.disposition(state)}
              </ToneBadge>
            )}
            {item.sample && <ToneBadge tone="unknown">{t('sample')}</ToneBadge>}
          </>
        }
        subtitle={
          <>
            {words.itemKind(item.kind)} · <Identifier value={item.id} charactersMax={48} />
          </>
        }
        actions={
          <>
            <Button
              leftSection={<IconRoute size={16} aria-hidden />}
              renderRoot={(given: object) => <PlainLink {...given} to="/trace" search={{ id: item.id }} />}
            >
              {t('item.trace')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconTag size={16} aria-hidden />}
              renderRoot={(given: object) => <PlainLink {...given} to="/labels" search={{ id: item.id }} />}
            >
              {t('item.labels')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFileCertificate size={16} aria-hidden />}
              onClick={() => void evidence()}
            >
              {t('item.evidence')}
            </Button>
          </>
        }
      />
      {exportError !== undefined && (
        <ErrorBox
          error={exportError instanceof ApiError || exportError instanceof Error ? exportError : new Error('download')}
          onRetry={() => void evidence()}
        />
      )}
      <div className={classes['columns']}>
        <div>
          {item.pending.length > 0 && <Pending item={item} />}
          <section className={classes['card']} aria-labelledby="facts">
            <Title order={2} size="h4" id="facts">
              {t('facts.title')}
            </Title>
            {item.facts.length === 0 ? (
              <Text c="dimmed">{t(item.history.length === 0 ? 'history.empty' : 'facts.empty')}</Text>
            ) : (
              <dl style={{ margin: 0 }}>
                {item.facts.map((fact) => (
                  <Fact
                    key={`${fact.kind} ${fact.level} ${fact.kind === 'said' ? fact.signer : ''}`}
                    fact={fact}
                    item={item}
                    onOpen={setOpened}
                  />
                ))}
              </dl>
            )}
          </section>
          {item.containers.length > 0 && (
            <Inside title={t('inside.title')} list={item.containers} item={item} truncated={false} />
          )}
          {item.contents.length > 0 && (
            <Inside
              title={t('contents.title', { count: item.contents.length })}
              list={item.contents}
              item={item}
              truncated={item.contentsTruncated}
            />
          )}
        </div>
        <section className={classes['card']} aria-labelledby="history">
          <Title order={2} size="h4" id="history">
            {t('history.title')}
          </Title>
          {item.history.length === 0 ? (
            <Text c="dimmed">{t('history.empty')}</Text>
          ) : (
            <History item={item} onOpen={setOpened} />
          )}
        </section>
      </div>
      <ProofDrawer record={opened} title={opened?.title} onClose={() => setOpened(undefined)} />
    </>
  );
}

/** What the organisation itself has captured of the item and nobody has confirmed yet. */
function Pending({ item }: { readonly item: Item }) {
  const { t, language } = useItemWords();
  const words = useVocabulary();
  return (
    <section className={classes['card']} aria-labelledby="pending">
      <Title order={2} size="h4" id="pending">
        {t('pending.title', { count: item.pending.length })}
      </Title>
      <Text size="sm" c="dimmed">
        {t('pending.text')}
      </Text>
      <ol className={classes['history']}>
        {item.pending.map((one, index) => {
          const step = words.step(one.bizStep ?? one.type);
          const when = formatWhen(new Date(one.time), language);
          return (
            <li key={`${one.job} ${index}`} className={classes['pending']}>
              <div>
                <span className={classes['what']}>{step}</span>
                <Text size="sm">
                  <When at={one.time} />
                  {one.place !== undefined && ` · ${words.nameOf(item.names, one.place, one.place)}`}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`pending.${one.state}`)}
                </Text>
              </div>
              <div>
                <LevelBadge level="received" />
                <div>
                  <AppLink to={`/capture/jobs/${one.job}`} aria-label={t('pending.follow.of', { step, when })}>
                    {t('pending.follow')}
                  </AppLink>
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      {item.pendingMore && (
        <Text size="sm" c="dimmed">
          {t('pending.more')}
        </Text>
      )}
    </section>
  );
}

function Fact({
  fact,
  item,
  onOpen,
}: {
  readonly fact: ItemFact;
  readonly item: Item;
  readonly onOpen: (opened: Opened) => void;
}) {
  const { t, language } = useItemWords();
  const words = useVocabulary();
  const label = t(fact.kind === 'said' ? 'fact.saidBy' : `fact.${fact.kind}`);
  const value: Readonly<Record<ItemFact['kind'], () => string>> = {
    place: () => words.nameOf(item.names, fact.value, fact.value),
    origin: () => words.nameOf(item.names, fact.value, words.nameOf(item.organisations, fact.value, fact.value)),
    step: () => words.step(fact.value),
    disposition: () => words.disposition(fact.value),
    said: () =>
      t('fact.said.value', {
        name: words.nameOf(item.organisations, fact.signer, fact.signer),
        value: words.disposition(fact.value),
      }),
    quantity: () => words.quantity(fact.value, fact.unit),
  };
  const told = value[fact.kind]();
  const { record, job } = fact;
  return (
    <div className={classes['fact']}>
      <dt>{label}</dt>
      <dd>
        {told}
        <div className={classes['said']}>
          {t('fact.said', {
            name: words.nameOf(item.organisations, fact.signer, fact.signer),
            when: formatWhen(new Date(fact.time), language),
          })}
        </div>
      </dd>
      <dd>
        <LevelBadge level={fact.level} />
        <div>
          {record !== undefined && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('fact.proof', { fact: label })}
              onClick={() => onOpen({ ...record, title: `${label}: ${told}` })}
            >
              {t('history.proof.label')}
            </Button>
          )}
          {job !== undefined && (
            <AppLink to={`/capture/jobs/${job}`} aria-label={t('fact.follow', { fact: label })}>
              {t('pending.follow')}
            </AppLink>
          )}
        </div>
      </dd>
    </div>
  );
}

function Inside({
  title,
  list,
  item,
  truncated,
}: {
  readonly title: string;
  readonly list: Item['contents'];
  readonly item: Item;
  readonly truncated: boolean;
}) {
  const { t } = useItemWords();
  const words = useVocabulary();
  const product = (id: string) => /^https:\/\/id\.gs1\.org\/01\/\d{14}/.exec(id)?.[0] ?? id;
  return (
    <section className={classes['card']}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <ul className={classes['inside']}>
        {list.map((one) => (
          <li key={one.id}>
            <AppLink to="/item" search={{ id: one.id }}>
              {words.nameOf(item.names, product(one.id))} {lastPart(one.id)}
            </AppLink>{' '}
            {one.quantity !== undefined && words.quantity(one.quantity, one.unit)}{' '}
            <Text span size="sm" c="dimmed">
              <When at={one.since} exact="day" />
            </Text>
          </li>
        ))}
      </ul>
      {truncated && (
        <Text size="sm" c="dimmed">
          {t('contents.more')}
        </Text>
      )}
    </section>
  );
}
