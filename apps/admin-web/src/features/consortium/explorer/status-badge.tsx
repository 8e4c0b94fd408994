import { ToneBadge } from '../../../shared/index.js';
import { useWords } from '../words.js';

const TONES = { ACCEPTED: 'final', PARTIAL: 'provisional', REFUSED: 'refused' } as const;

/** What became of a transaction; null: no block carries it yet. */
export function StatusBadge({ status }: { readonly status: keyof typeof TONES | null }) {
  const { t } = useWords();
  if (status === null) return <ToneBadge tone="provisional">{t('status.pending')}</ToneBadge>;
  return <ToneBadge tone={TONES[status]}>{t(`status.${status}`)}</ToneBadge>;
}
