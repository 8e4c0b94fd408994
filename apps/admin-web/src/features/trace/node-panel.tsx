import { Button, CloseButton, Group, Title } from '@mantine/core';
import { useState } from 'react';
import type { TraceGraph, TraceGraphNode } from '../../client/api.schemas.js';
import {
  Identifier,
  PlainLink,
  ProofDrawer,
  stateTone,
  ToneBadge,
  useVocabulary,
  When,
  type RecordPlace,
} from '../../shared/index.js';
import classes from './trace.module.css';
import { useTraceWords } from './words.js';

/** What is known of the thing or event that was chosen in the drawing. */
export function NodePanel({
  node,
  graph,
  onClose,
}: {
  readonly node: TraceGraphNode;
  readonly graph: TraceGraph;
  readonly onClose: () => void;
}) {
  const { t } = useTraceWords();
  const words = useVocabulary();
  const isItem = node.type === 'item';
  const name = isItem ? words.nameOf(graph.names, node.product ?? node.id) : words.step(node.bizStep ?? node.kind);
  const record = graph.steps.find((step) => step.record?.eventKey === node.eventKey)?.record;
  const [opened, setOpened] = useState<RecordPlace>();
  return (
    <aside className={classes['panel']} aria-label={t('panel.title')}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h5">
          {name === '' ? node.shortName : name}
        </Title>
        <CloseButton onClick={onClose} aria-label={t('panel.close')} />
      </Group>
      {isItem && <Identifier value={node.id} charactersMax={30} />}
      <dl>
        {isItem && (
          <>
            <dt>{t('panel.state')}</dt>
            <dd>
              <ToneBadge {...stateTone(node.state)}>
                {node.state === undefined ? t('graph.noState') : words.disposition(node.state)}
              </ToneBadge>
            </dd>
          </>
        )}
        {node.quantity !== undefined && (
          <>
            <dt>{t('panel.quantity')}</dt>
            <dd>{words.quantity(node.quantity, node.unit)}</dd>
          </>
        )}
        <dt>{t('panel.place')}</dt>
        <dd>{node.place === undefined ? t('graph.noPlace') : words.nameOf(graph.names, node.place, node.place)}</dd>
        <dt>{t('panel.when')}</dt>
        <dd>
          <When at={node.time} />
        </dd>
        <dt>{t('panel.who')}</dt>
        <dd>{words.nameOf(graph.organisations, node.signer, node.signer)}</dd>
      </dl>
      <Group gap="xs">
        {isItem && (
          <>
            <Button
              size="xs"
              variant="default"
              renderRoot={(given: object) => <PlainLink {...given} to="/item" search={{ id: node.id }} />}
            >
              {t('panel.open')}
            </Button>
            {node.id !== graph.item && (
              <Button
                size="xs"
                variant="default"
                renderRoot={(given: object) => <PlainLink {...given} to="/trace" search={{ id: node.id }} />}
              >
                {t('panel.trace')}
              </Button>
            )}
          </>
        )}
        {record !== undefined && (
          <Button size="xs" variant="default" onClick={() => setOpened(record)}>
            {t('panel.proof')}
          </Button>
        )}
      </Group>
      <ProofDrawer record={opened} title={name} onClose={() => setOpened(undefined)} />
    </aside>
  );
}
