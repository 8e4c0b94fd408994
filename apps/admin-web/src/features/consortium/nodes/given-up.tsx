import type { OperatorImpeachment, OperatorNodes } from '../../../client/api.schemas.js';
import { DataList, When, type Column } from '../../../shared/index.js';
import { Part } from '../facts.js';
import { useWords } from '../words.js';
import { nameOf, shortName } from './node-name.js';

type Row = OperatorImpeachment & { readonly seenBy: readonly string[] };
const SHOWN = 20;

/** Views that were given up, each once, with why, as those who saw it say. */
export function GivenUpViews({ answer }: { readonly answer: OperatorNodes }) {
  const { t } = useWords();
  const byView = new Map<number, Row>();
  for (const node of answer.nodes)
    for (const one of node.told?.impeachments ?? []) {
      const known = byView.get(one.view);
      // Who saw the rule broken, or the time run out, tells more than who followed.
      const telling =
        known === undefined || (known.cause !== 'ILLICIT' && (one.cause === 'ILLICIT' || one.cause === 'TIMEOUT'));
      byView.set(one.view, { ...(telling ? one : known), seenBy: [...(known?.seenBy ?? []), nameOf(node, t)] });
    }
  const rows = [...byView.values()].sort((a, b) => b.view - a.view).slice(0, SHOWN);
  const columns: Column<Row>[] = [
    { key: 'view', header: t('givenUp.view'), cell: ({ view }) => view, lead: true },
    { key: 'leader', header: t('givenUp.leader'), cell: ({ leader }) => shortName(leader) },
    { key: 'cause', header: t('givenUp.cause'), cell: ({ cause, code }) => t(`cause.${cause}`, { code: code ?? '' }) },
    { key: 'height', header: t('col.height'), cell: ({ height }) => height, numeric: true },
    { key: 'when', header: t('givenUp.when'), cell: ({ at }) => <When at={at} exact="second" /> },
    { key: 'seenBy', header: t('givenUp.seenBy'), cell: ({ seenBy }) => seenBy.join(', '), hidden: true },
  ];
  return (
    <Part title={t('givenUp.title')} text={t('givenUp.text')}>
      {rows.length === 0 ? (
        <p>{t('givenUp.none')}</p>
      ) : (
        <DataList
          id="consortium.given-up"
          label={t('givenUp.title')}
          columns={columns}
          rows={rows}
          rowKey={({ view }) => String(view)}
        />
      )}
    </Part>
  );
}
