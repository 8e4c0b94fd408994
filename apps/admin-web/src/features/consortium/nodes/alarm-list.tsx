import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { OperatorAlarm, OperatorNodes } from '../../../client/api.schemas.js';
import { ToneBadge, type Tone } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { sizeText } from '../figures.js';
import { useWords } from '../words.js';
import { nameOf, shortName } from './node-name.js';

const LEVELS = {
  problem: { tone: 'refused', icon: IconCircleX, word: 'node.problem' },
  warning: { tone: 'provisional', icon: IconAlertTriangle, word: 'node.warning' },
  note: { tone: 'unknown', icon: IconInfoCircle, word: 'node.note' },
} as const satisfies Record<OperatorAlarm['level'], { tone: Tone; icon: unknown; word: string }>;
const ORDER: readonly OperatorAlarm['level'][] = ['problem', 'warning', 'note'];

/** Nodes in a fact are read like everywhere else on the page. */
const readable = (value: unknown) => (typeof value === 'string' ? value.split(', ').map(shortName).join(', ') : value);

/** What is wrong, what it means and what to do, the gravest first. */
export function AlarmList({ answer }: { readonly answer: OperatorNodes }) {
  const { t, language } = useWords();
  const { quorum, validators } = answer;
  const alarms = [
    ...answer.alarms.map((alarm) => ({ alarm, node: '' })),
    ...answer.nodes.flatMap((node) => node.alarms.map((alarm) => ({ alarm, node: nameOf(node, t) }))),
  ].sort((a, b) => ORDER.indexOf(a.alarm.level) - ORDER.indexOf(b.alarm.level));
  if (alarms.length === 0) return <p className={classes['quiet']}>{t('alarms.none')}</p>;
  return (
    <ul className={classes['alarms']}>
      {alarms.map(({ alarm, node }, index) => {
        const { freeBytes } = alarm.facts;
        const values = {
          ...Object.fromEntries(Object.entries(alarm.facts).map(([fact, value]) => [fact, readable(value)])),
          node,
          quorum,
          validators,
          ...(typeof freeBytes === 'number' && { free: sizeText(freeBytes, language) }),
        };
        const level = LEVELS[alarm.level];
        return (
          <li key={`${alarm.code}-${node}-${index}`} className={classes['alarm']} data-level={alarm.level}>
            <h3>
              <ToneBadge tone={level.tone} icon={level.icon}>
                {t(level.word)}
              </ToneBadge>
              {t(`alarm.${alarm.code}`, values)}
            </h3>
            <dl>
              <dt>{t('what')}</dt>
              <dd>{t(`alarm.${alarm.code}.what`, values)}</dd>
              <dt>{t('do')}</dt>
              <dd>{t(`alarm.${alarm.code}.do`, values)}</dd>
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
