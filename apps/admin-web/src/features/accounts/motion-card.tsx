import { Button, Group, Text } from '@mantine/core';
import type { Motion } from '../../client/api.schemas.js';
import { ToneBadge, useSession, When, type Tone } from '../../shared/index.js';
import classes from './accounts.module.css';
import { useWords } from './words.js';

const TONES: Readonly<Record<Motion['state'], Tone>> = {
  open: 'provisional',
  overdue: 'unknown',
  executed: 'final',
  withdrawn: 'unknown',
  expired: 'unknown',
};

/** Everything that a motion would do, word for word: what one signs. */
export function MotionContent({ motion }: { readonly motion: Motion }) {
  return (
    <>
      {motion.bodies.map(({ kind, content }, index) => (
        <div key={index}>
          <Text size="sm" fw={600}>
            {kind}
          </Text>
          <pre className={classes['content']} tabIndex={0}>
            {typeof content === 'string' ? content : JSON.stringify(content, null, 2)}
          </pre>
        </div>
      ))}
    </>
  );
}

export function MotionCard({
  motion,
  maySign,
  approve,
  end,
}: {
  readonly motion: Motion;
  readonly maySign: boolean;
  readonly approve: (motion: Motion) => void;
  readonly end: (motion: Motion) => void;
}) {
  const { t } = useWords();
  const { organisation } = useSession();
  const { on, state, approvals, proposer } = motion;
  const decides =
    on.board === undefined
      ? t('decides.permission', { account: on.account ?? '', permission: on.permission ?? '' })
      : t('decides.board', { board: on.board, needed: motion.needed ?? 0 });
  const canApprove = maySign && state === 'open' && motion.mine && !motion.approved;
  const canEnd = maySign && (state === 'overdue' || (state === 'open' && proposer === organisation));
  return (
    <li className={classes['card']}>
      <Group justify="space-between" align="flex-start">
        <h2>{motion.title}</h2>
        <ToneBadge tone={TONES[state]}>{t(`state.${state}`)}</ToneBadge>
      </Group>
      <dl className={classes['facts']}>
        <dt>{t('decides')}</dt>
        <dd>{decides}</dd>
        <dt>{t('proposer')}</dt>
        <dd>
          {proposer} · <When at={motion.proposedAt} />
        </dd>
        <dt>{t('approvals')}</dt>
        <dd>{approvals.map(({ account }) => account).join(', ')}</dd>
        <dt>{motion.closedAt === null ? t('expires') : t('closed')}</dt>
        <dd>
          <When at={motion.closedAt ?? motion.expiresAt} />
        </dd>
      </dl>
      <MotionContent motion={motion} />
      {(canApprove || canEnd) && (
        <Group justify="flex-end">
          {canEnd && (
            <Button variant="default" onClick={() => end(motion)}>
              {t(state === 'overdue' ? 'clear' : 'withdraw')}
            </Button>
          )}
          {canApprove && <Button onClick={() => approve(motion)}>{t('approve')}</Button>}
        </Group>
      )}
    </li>
  );
}
