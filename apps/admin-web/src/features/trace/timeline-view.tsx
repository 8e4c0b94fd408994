import { Button, Text, Title } from '@mantine/core';
import { lastPart } from '@waymark/epcis/gs1';
import { useState } from 'react';
import type { TraceGraph, TraceGraphStep } from '../../client/api.schemas.js';
import { AppLink, formatWhen, LevelBadge, shortenMiddle, ToneBadge, useVocabulary } from '../../shared/index.js';
import classes from './trace.module.css';
import { useTraceWords } from './words.js';

const AT_ONCE = 200;

interface Group<T> {
  readonly key: string;
  readonly list: T[];
}

/** Runs of neighbours with the same key. */
function runsOf<T>(list: readonly T[], keyOf: (one: T) => string): Group<T>[] {
  const runs: Group<T>[] = [];
  for (const one of list) {
    const key = keyOf(one);
    const last = runs.at(-1);
    if (last?.key === key) last.list.push(one);
    else runs.push({ key, list: [one] });
  }
  return runs;
}

/** What happened, oldest first, by day and place. */
export function TimelineView({
  graph,
  onProof,
}: {
  readonly graph: TraceGraph;
  readonly onProof: (step: TraceGraphStep, title: string) => void;
}) {
  const { t, language } = useTraceWords();
  const words = useVocabulary();
  const [shown, setShown] = useState(AT_ONCE);
  const steps = graph.steps.slice(0, shown);
  const rest = graph.steps.length - steps.length;
  return (
    <>
      {runsOf(steps, ({ time }) => formatWhen(new Date(time), language, 'day')).map((day) => (
        <section key={day.list[0]?.step}>
          <Title order={2} size="h4" className={classes['day'] ?? ''}>
            {day.key}
          </Title>
          {runsOf(day.list, ({ place = '' }) => place).map((at) => (
            <div key={at.list[0]?.step}>
              <div className={classes['place']}>
                {at.key === '' ? t('timeline.none') : words.nameOf(graph.names, at.key, shortenMiddle(at.key, 40))}
              </div>
              <ol className={classes['steps']}>
                {at.list.map((step) => (
                  <Step key={step.step} step={step} graph={graph} onProof={onProof} />
                ))}
              </ol>
            </div>
          ))}
        </section>
      ))}
      {rest > 0 && (
        <Button mt="md" variant="default" onClick={() => setShown(shown + AT_ONCE)}>
          {t('timeline.more', { count: Math.min(rest, AT_ONCE) })}
        </Button>
      )}
    </>
  );
}

function Step({
  step,
  graph,
  onProof,
}: {
  readonly step: TraceGraphStep;
  readonly graph: TraceGraph;
  readonly onProof: (step: TraceGraphStep, title: string) => void;
}) {
  const { t, language } = useTraceWords();
  const words = useVocabulary();
  const what = step.bizStep === undefined ? words.kindOfStep(step.kind) : words.step(step.bizStep);
  const when = formatWhen(new Date(step.time), language);
  return (
    <li data-withdrawn={step.declaredInError === true || undefined}>
      <Text span size="sm" c="dimmed">
        {new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(step.time))}
      </Text>
      <div className={classes['grow']}>
        <span className={classes['what']}>{what}</span>{' '}
        <Text span size="sm" c="dimmed">
          {words.nameOf(graph.organisations, step.signer, step.signer)}
        </Text>{' '}
        {step.disclosure === 'step' && (
          <ToneBadge tone="unknown" hint={t('timeline.outline.hint')}>
            {t('timeline.outline')}
          </ToneBadge>
        )}
        {step.declaredInError === true && <ToneBadge tone="refused">{t('timeline.withdrawn')}</ToneBadge>}
        {isUnchanged(step) ? (
          <Things label="timeline.of" ids={step.itemsOut} graph={graph} />
        ) : (
          <>
            <Things label="timeline.in" ids={step.itemsIn} graph={graph} />
            <Things label="timeline.out" ids={step.itemsOut} graph={graph} />
          </>
        )}
      </div>
      {step.record !== undefined && (
        <span>
          <LevelBadge level="final" />{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('timeline.proof', { step: what, when })}
            onClick={() => onProof(step, what)}
          >
            {t('timeline.proof.label')}
          </Button>
        </span>
      )}
    </li>
  );
}

/** What is moved or looked at goes in and comes out the same. */
const isUnchanged = ({ itemsIn = [], itemsOut = [] }: TraceGraphStep) =>
  itemsIn.length > 0 && itemsIn.length === itemsOut.length && itemsIn.every((id) => itemsOut.includes(id));

const THINGS_MAX = 6;

function Things({
  label,
  ids,
  graph,
}: {
  readonly label: 'timeline.in' | 'timeline.out' | 'timeline.of';
  readonly ids: readonly string[] | undefined;
  readonly graph: TraceGraph;
}) {
  const { t } = useTraceWords();
  if (ids === undefined || ids.length === 0) return null;
  return (
    <Text size="sm">
      {t(label, { items: '' })}
      {ids.slice(0, THINGS_MAX).map((id, i) => (
        <span key={id}>
          {i > 0 && ' · '}
          <ThingLink id={id} graph={graph} />
        </span>
      ))}
      {ids.length > THINGS_MAX && ` · ${t('list.more', { count: ids.length - THINGS_MAX })}`}
    </Text>
  );
}

/** A thing by its name and number, leading to its page. */
export function ThingLink({ id, graph }: { readonly id: string; readonly graph: TraceGraph }) {
  const words = useVocabulary();
  const product = /^https:\/\/id\.gs1\.org\/01\/\d{14}/.exec(id)?.[0] ?? id;
  const name = words.nameOf(graph.names, product);
  const own = lastPart(id);
  return (
    <AppLink to="/item" search={{ id }}>
      {name === '' ? shortenMiddle(own, 28) : `${name} ${shortenMiddle(own, 20)}`}
    </AppLink>
  );
}
