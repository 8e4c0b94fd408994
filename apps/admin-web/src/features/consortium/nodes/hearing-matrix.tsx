import type { OperatorNodes } from '../../../client/api.schemas.js';
import classes from '../consortium.module.css';
import { Part } from '../facts.js';
import { useWords } from '../words.js';
import { nameOf, shortName } from './node-name.js';

/** Every node's word on every other: the round trip, or that there is no connection. */
export function HearingMatrix({ answer }: { readonly answer: OperatorNodes }) {
  const { t, language } = useWords();
  const rows = answer.nodes.map((node) => ({ name: nameOf(node, t), told: node.told }));
  const names = [
    ...new Set([
      ...rows.map(({ name }) => name),
      ...rows.flatMap(({ told }) => told?.peers ?? []).map((peer) => shortName(peer.name)),
    ]),
  ];
  const columns = names.filter((name) => !rows.some((row) => row.name === name && name.includes('://')));
  if (columns.length < 2) return null;
  const ms = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <Part title={t('hearing.title')} text={t('hearing.text')}>
      <div
        className={`${classes['card'] ?? ''} ${classes['scroll'] ?? ''}`}
        tabIndex={0}
        role="region"
        aria-label={t('hearing.title')}
      >
        <table className={classes['matrix']}>
          <thead>
            <tr>
              <th scope="col">{t('hearing.row')}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, told }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map((other) => {
                  if (other === name)
                    return (
                      <td key={other} className={classes['quiet']}>
                        {t('hearing.itself')}
                      </td>
                    );
                  if (told === null)
                    return (
                      <td key={other} className={classes['quiet']}>
                        {t('hearing.silent')}
                      </td>
                    );
                  const peer = told.peers.find((one) => shortName(one.name) === other);
                  if (peer === undefined)
                    return (
                      <td key={other} className={classes['quiet']}>
                        {t('unknown')}
                      </td>
                    );
                  if (!peer.connected)
                    return (
                      <td key={other} data-cut="true">
                        ✕ {t('hearing.cut')}
                      </td>
                    );
                  return (
                    <td key={other}>
                      {peer.roundTripMs === null
                        ? t('hearing.connected')
                        : t('hearing.ms', { ms: ms.format(peer.roundTripMs) })}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
