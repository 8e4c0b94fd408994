import { Notice, ToneBadge, useProblemWords } from '../../shared/index.js';
import type { TicketState } from './use-ticket.js';
import { useWords } from './words.js';

/** What the ledger said of the last command. */
export function TicketNotice({ state }: { readonly state: TicketState }) {
  const { t } = useWords();
  const problems = useProblemWords(state.kind === 'done' && !state.job.success);
  if (state.kind === 'none') return null;
  if (state.kind === 'running') return <Notice tone="provisional" title={t('ticket.running')} />;
  if (state.kind === 'slow') return <Notice tone="provisional" title={t('ticket.slow')} />;
  if (state.job.success)
    return (
      <div role="status">
        <ToneBadge tone="final">{t('ticket.done')}</ToneBadge>
      </div>
    );
  const [error] = state.job.errors;
  const told = error === undefined ? undefined : problems.tell(error.code, error.facts ?? {});
  return (
    <Notice tone="refused" title={told?.what ?? error?.detail ?? t('ticket.refused')}>
      {told?.fix ?? error?.howToFix}
    </Notice>
  );
}
