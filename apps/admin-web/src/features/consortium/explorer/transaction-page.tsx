import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ChainTransaction } from '../../../client/api.schemas.js';
import { chainTransaction } from '../../../client/chain/chain.js';
import {
  AppLink,
  ErrorBox,
  Identifier,
  Notice,
  RecordHeader,
  shortenMiddle,
  ToneBadge,
  useProblemWords,
  When,
} from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Facts, Part } from '../facts.js';
import { countText, sizeText } from '../figures.js';
import { useWords } from '../words.js';
import { StatusBadge } from './status-badge.js';

const WAITING_EVERY_MS = 2_000;

/** JSON is shown with line breaks; what is none stays as it is. */
function readable(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), undefined, 2);
  } catch {
    return content;
  }
}

export default function TransactionPage() {
  const { t, language } = useWords();
  const { tell } = useProblemWords();
  const { txId = '' }: { readonly txId?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery({
    queryKey: ['chain', 'transaction', txId],
    queryFn: ({ signal }) => chainTransaction(txId, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? WAITING_EVERY_MS : false),
  });
  return (
    <>
      <RecordHeader
        title={t('transaction.title')}
        {...(data !== undefined && { state: <StatusBadge status={data.status} /> })}
        subtitle={<Identifier value={txId} charactersMax={40} />}
      />
      {error !== null && <ErrorBox error={error} onRetry={() => void refetch()} />}
      {data?.state === 'pending' && <Notice tone="provisional" title={t('transaction.waits')} />}
      {data !== undefined && (
        <>
          <Facts
            facts={[
              {
                name: t('transaction.place'),
                value:
                  data.height === null ? (
                    t('unknown')
                  ) : (
                    <AppLink to="/consortium/blocks/$height" params={{ height: String(data.height) }}>
                      {t('transaction.placeValue', { height: data.height, index: (data.txIndex ?? 0) + 1 })}
                    </AppLink>
                  ),
              },
              { name: t('transaction.time'), value: <When at={data.at} exact="second" /> },
              { name: t('block.sender'), value: data.sender ?? t('block.hiddenSender') },
              {
                name: t('transaction.size'),
                value: data.sizeBytes === null ? t('unknown') : sizeText(data.sizeBytes, language),
              },
              { name: t('transaction.signatures'), value: data.signatures ?? t('unknown') },
              {
                name: t('transaction.expiry'),
                value: data.expiryHeight === null ? t('unknown') : countText(data.expiryHeight, language),
              },
              ...(data.after === null
                ? []
                : [
                    {
                      name: t('transaction.after'),
                      value: (
                        <AppLink to="/consortium/transactions/$txId" params={{ txId: data.after }}>
                          <code>{shortenMiddle(data.after, 20)}</code>
                        </AppLink>
                      ),
                    },
                  ]),
            ]}
          />
          {data.failures.length > 0 && (
            <Part title={t('transaction.failures')}>
              <ul className={classes['records']}>
                {data.failures.map(({ body, code, detail, howToFix, pointer, facts }, index) => (
                  <li key={index} className={classes['alarm']} data-level="problem">
                    <h3>{body === 0 ? t('transaction.whole') : t('transaction.bodyNumber', { number: body })}</h3>
                    <p>{tell(code, facts ?? {})?.what ?? detail}</p>
                    <p className={classes['quiet']}>{tell(code, facts ?? {})?.fix ?? howToFix}</p>
                    <code>{pointer === null || pointer === '' ? code : `${code} ${pointer}`}</code>
                  </li>
                ))}
              </ul>
            </Part>
          )}
          {data.bodies.length > 0 && (
            <Part title={t('transaction.bodies')}>
              <ul className={classes['records']}>
                {data.bodies.map((body) => (
                  <Body key={body.index} body={body} />
                ))}
              </ul>
              {data.more && <Notice tone="provisional" title={t('transaction.more')} />}
            </Part>
          )}
        </>
      )}
    </>
  );
}

function Body({ body }: { readonly body: ChainTransaction['bodies'][number] }) {
  const { t, language } = useWords();
  return (
    <li className={classes['card']}>
      <div className={classes['recordHead']}>
        <strong>{t('transaction.bodyNumber', { number: body.index + 1 })}</strong>
        <code>{body.kind}</code>
        <ToneBadge tone={body.accepted ? 'final' : 'refused'}>
          {t(body.accepted ? 'transaction.accepted' : 'transaction.refusedBody')}
        </ToneBadge>
        {body.visibility !== null && <span className={classes['quiet']}>{t(`visibility.${body.visibility}`)}</span>}
        <span className={classes['quiet']}>{sizeText(body.sizeBytes, language)}</span>
      </div>
      {!body.readable && <p className={classes['quiet']}>{t('transaction.unreadable')}</p>}
      {body.items.length > 0 && (
        <div>
          <span className={classes['quiet']}>{t('transaction.items')}</span>
          {body.items.map((item) => (
            <div key={item}>
              <Identifier value={item} to="/item" search={{ id: item }} charactersMax={60} />
            </div>
          ))}
        </div>
      )}
      {body.content !== null && (
        <details className={classes['details']}>
          <summary>{t('transaction.content')}</summary>
          <pre className={classes['content']} tabIndex={0}>
            {readable(body.content)}
          </pre>
        </details>
      )}
    </li>
  );
}
