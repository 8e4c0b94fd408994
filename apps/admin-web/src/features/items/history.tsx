import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconEye, IconEyeOff, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import type { ItemHistoryStep, ItemPage } from '../../client/api.schemas.js';
import { formatWhen, LevelBadge, ToneBadge, usePermission, useVocabulary, When } from '../../shared/index.js';
import type { Opened } from './item-page.js';
import classes from './item.module.css';
import { VisibilityDialog } from './visibility-dialog.js';
import { useItemWords } from './words.js';

const EYES: Readonly<Record<string, Icon>> = { public: IconEye, partners: IconUsersGroup, own: IconEyeOff };

/** What happened to an item, newest first; records of one's own organisation can be chosen to change who sees them. */
export function History({ item, onOpen }: { readonly item: ItemPage; readonly onOpen: (opened: Opened) => void }) {
  const { t } = useItemWords();
  const mayChange = usePermission('visibility');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const own = item.history.flatMap(({ mine, record }) => (mine && record !== undefined ? [record.eventKey] : []));
  const wanted = chosen.filter((key) => own.includes(key));
  const choose = (key: string, on: boolean) =>
    setChosen(on ? [...wanted, key] : wanted.filter((other) => other !== key));
  return (
    <>
      {mayChange && own.length > 0 && (
        <Group gap="sm" mb="xs">
          <Button size="xs" variant="default" disabled={wanted.length === 0} onClick={() => setAsking(true)}>
            {wanted.length === 0 ? t('visibility.changeNone') : t('visibility.change', { count: wanted.length })}
          </Button>
          {wanted.length < own.length && (
            <Button size="xs" variant="subtle" onClick={() => setChosen(own)}>
              {t('visibility.all')}
            </Button>
          )}
          <Text size="sm" c="dimmed">
            {t('visibility.hint')}
          </Text>
        </Group>
      )}
      <ol className={classes['history']}>
        {item.history.map((step) => (
          <Step
            key={step.step}
            step={step}
            item={item}
            onOpen={onOpen}
            {...(mayChange &&
              step.mine &&
              step.record !== undefined && {
                chosen: wanted.includes(step.record.eventKey),
                onChoose: (on: boolean) => choose(step.record?.eventKey ?? '', on),
              })}
          />
        ))}
      </ol>
      {item.truncated && (
        <Text size="sm" c="dimmed">
          {t('history.truncated')}
        </Text>
      )}
      {asking && (
        <VisibilityDialog
          item={item}
          eventKeys={wanted}
          onClose={() => setAsking(false)}
          onSent={() => setChosen([])}
        />
      )}
    </>
  );
}

function Step({
  step,
  item,
  onOpen,
  chosen,
  onChoose,
}: {
  readonly step: ItemHistoryStep;
  readonly item: ItemPage;
  readonly onOpen: (opened: Opened) => void;
  readonly chosen?: boolean;
  readonly onChoose?: (on: boolean) => void;
}) {
  const { t, language } = useItemWords();
  const words = useVocabulary();
  const what = step.bizStep === undefined ? words.kindOfStep(step.kind) : words.step(step.bizStep);
  const when = formatWhen(new Date(step.time), language);
  const { record, visibility } = step;
  const Eye = EYES[visibility ?? ''];
  return (
    <li
      className={classes['step']}
      data-outline={step.disclosure === 'step' || undefined}
      data-withdrawn={step.declaredInError === true || undefined}
    >
      <div>
        {onChoose !== undefined && (
          <Checkbox
            size="sm"
            checked={chosen === true}
            onChange={(event) => onChoose(event.currentTarget.checked)}
            aria-label={t('history.select', { step: what, when })}
          />
        )}
      </div>
      <div>
        <div>
          <span className={classes['what']}>{what}</span>{' '}
          {step.declaredInError === true && (
            <ToneBadge tone="refused" hint={t('history.withdrawn.hint')}>
              {t('history.withdrawn')}
            </ToneBadge>
          )}
        </div>
        <Text size="sm">
          <When at={step.time} />
          {step.place !== undefined && ` · ${words.nameOf(item.names, step.place, step.place)}`}
        </Text>
        <Text size="sm" c="dimmed">
          {words.nameOf(item.organisations, step.signer, step.signer)}
        </Text>
        {step.disclosure === 'step' && (
          <Text size="sm" c="dimmed">
            {t('history.outline')}
          </Text>
        )}
        {visibility !== undefined && Eye !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            <Eye size={14} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
            {t('history.who', {
              who:
                visibility === 'partners'
                  ? (step.readers ?? [])
                      .map((account) => words.nameOf(item.organisations, account, account))
                      .join(language === 'en' ? ', ' : '、')
                  : words.visibility(visibility),
            })}
          </Text>
        )}
      </div>
      <div>
        {record !== undefined && (
          <>
            <LevelBadge level="final" />
            <div>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('history.proof', { step: what, when })}
                onClick={() => onOpen({ ...record, title: what })}
              >
                {t('history.proof.label')}
              </Button>
            </div>
          </>
        )}
      </div>
    </li>
  );
}
