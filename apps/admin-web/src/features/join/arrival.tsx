import type { Joining } from '../../client/api.schemas.js';
import { Notice, Progress, ToneBadge, When } from '../../shared/index.js';
import { CommandBlock } from './command-block.js';
import { LOG_COMMAND, RENEW_COMMAND } from './commands.js';
import classes from './join.module.css';
import { useWords } from './words.js';

/** So many blocks behind is still following: the height it tells is a moment old. */
const BEHIND_MAX = 20;
const RENEW_BEFORE_MS = 30 * 86_400_000;

const REASONS = [
  ['GENESIS_FOREIGN', 'check.reason.genesis'],
  ['NODE_PASS_SIGNER_UNKNOWN', 'check.reason.signer'],
  ['NODE_PASS_EXPIRED', 'check.reason.expired'],
  ['FULL_NODES_TOO_MANY', 'check.reason.many'],
  ['no other node is connected', 'check.reason.unreachable'],
] as const;

/** Whether the company's node has arrived, and how far it is. */
export function Arrival({ state }: { readonly state: Joining }) {
  const { t } = useWords();
  if (state.fullNodes.length === 0)
    return (
      <>
        <div role="status">
          <ToneBadge tone="unknown">{t('check.waiting')}</ToneBadge>
        </div>
        <p className={classes['quiet']}>{t('check.waiting.text')}</p>
        <CommandBlock label={t('check.log')} text={LOG_COMMAND} />
        <details>
          <summary>{t('check.reasons')}</summary>
          <ul className={classes['reasons']}>
            {REASONS.map(([code, key]) => (
              <li key={code}>
                <code>{code}</code> {t(key)}
              </li>
            ))}
          </ul>
        </details>
      </>
    );
  return (
    <>
      {state.fullNodes.map((node) => (
        <FullNode key={node.node} node={node} total={state.height} />
      ))}
    </>
  );
}

function FullNode({ node, total }: { readonly node: Joining['fullNodes'][number]; readonly total: number | null }) {
  const { t, language } = useWords();
  const { height } = node;
  const figure = (value: number) => value.toLocaleString(language);
  const follows = height !== null && total !== null && total - height <= BEHIND_MAX;
  const endsSoon = Date.parse(node.passExpiresAt) - Date.now() < RENEW_BEFORE_MS;
  const sentence =
    height === null || total === null
      ? t('check.node.unknown', { node: node.node })
      : t('check.node', { node: node.node, height: figure(Math.min(height, total)), total: figure(total) });
  return (
    <div className={classes['node']}>
      <div role="status">
        <ToneBadge tone={follows ? 'final' : 'provisional'}>
          {follows ? t('check.follows') : t('check.catching')}
        </ToneBadge>{' '}
        <strong>{sentence}</strong>
      </div>
      {!follows && height !== null && <Progress label={node.node} done={height} total={total ?? undefined} />}
      <dl className={classes['nodeFacts']}>
        <div>
          <dt>{t('check.since')}</dt>
          <dd>
            <When at={node.connectedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('check.pass')}</dt>
          <dd>
            <When at={node.passExpiresAt} />
          </dd>
        </div>
      </dl>
      <p className={classes['quiet']}>{t('check.seenBy', { nodes: node.seenBy.join(', ') })}</p>
      {endsSoon && (
        <Notice tone="provisional" title={t('check.renew', { node: node.node })}>
          <p>{t('check.renew.text')}</p>
          <CommandBlock label={t('check.renew.label')} text={RENEW_COMMAND} />
        </Notice>
      )}
    </div>
  );
}
