import type { OperatorNodes } from '../../../client/api.schemas.js';
import { When } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Part } from '../facts.js';
import { countText } from '../figures.js';
import { useWords } from '../words.js';

const BLOCKS = 40;
const WIDTH = 400;
const HEIGHT = 100;
/** What a person calls slow. */
const SLOW_MS = 3_000;
/** The scale begins at zero and shows at least this much, so that small differences do not look large. */
const SCALE_MS_MIN = 1_000;

interface Bar {
  readonly height: number;
  readonly ms: number;
  readonly at: string;
  readonly transactions: number;
}

/** Of each block the time of the slowest node that saw it come. */
function barsOf({ nodes }: OperatorNodes): Bar[] {
  const bars = new Map<number, Bar>();
  for (const node of nodes)
    for (const { height, afterMs, at, transactions } of node.told?.finality ?? []) {
      const known = bars.get(height);
      if (known === undefined || known.ms < afterMs)
        bars.set(height, { height, ms: Math.round(afterMs), at, transactions });
    }
  return [...bars.values()].sort((a, b) => a.height - b.height).slice(-BLOCKS);
}

/** Answers "is the consortium keeping up?", with its figures as a table behind it. */
export function FinalityChart({ answer }: { readonly answer: OperatorNodes }) {
  const { t, language } = useWords();
  const bars = barsOf(answer);
  const highest = Math.max(SCALE_MS_MIN, ...bars.map(({ ms }) => ms));
  const step = WIDTH / Math.max(bars.length, 1);
  const wordsOf = ({ height, ms, transactions }: Bar) =>
    t('chart.bar', { height, ms: countText(ms, language), transactions });
  return (
    <Part title={t('chart.title')} text={t('chart.text')}>
      <div className={classes['card']}>
        {bars.length === 0 ? (
          <p className={classes['quiet']}>{t('chart.empty')}</p>
        ) : (
          <>
            <div className={classes['axis']}>
              <span>{t('ms', { value: countText(highest, language) })}</span>
              <span>{t('chart.axis')}</span>
            </div>
            <svg
              className={classes['chart']}
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={t('chart.title')}
            >
              <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
              <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
              <line x1="0" x2={WIDTH} y1="0" y2="0" />
              {bars.map((bar, index) => {
                const tall = Math.max(1, (bar.ms / highest) * HEIGHT);
                return (
                  <rect
                    key={bar.height}
                    x={index * step + step * 0.12}
                    width={step * 0.76}
                    y={HEIGHT - tall}
                    height={tall}
                    data-slow={bar.ms > SLOW_MS}
                  >
                    <title>{wordsOf(bar)}</title>
                  </rect>
                );
              })}
            </svg>
            <div className={classes['axis']}>
              <span>{bars[0]?.height}</span>
              <span>{bars.at(-1)?.height}</span>
            </div>
            <details className={classes['details']}>
              <summary>{t('chart.table')}</summary>
              <div className={classes['scroll']}>
                <table className={classes['matrix']}>
                  <thead>
                    <tr>
                      <th scope="col">{t('col.height')}</th>
                      <th scope="col">{t('blocks.time')}</th>
                      <th scope="col">{t('col.finality')}</th>
                      <th scope="col">{t('blocks.transactions')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {bars.toReversed().map((bar) => (
                      <tr key={bar.height}>
                        <th scope="row">{bar.height}</th>
                        <td>
                          <When at={bar.at} exact="second" />
                        </td>
                        <td>{t('ms', { value: countText(bar.ms, language) })}</td>
                        <td>{bar.transactions}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </details>
          </>
        )}
      </div>
    </Part>
  );
}
