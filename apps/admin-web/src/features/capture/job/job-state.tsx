import type { CaptureJob } from '../../../client/api.schemas.js';
import { ToneBadge, type Tone } from '../../../shared/index.js';
import { useWords } from '../words.js';

const TONES: Readonly<Record<CaptureJob['state'], Tone>> = {
  queued: 'provisional',
  signed: 'provisional',
  final: 'final',
  refused: 'refused',
};

/** How far a capture has come, as icon, word and colour. */
export function JobState({ state }: { readonly state: CaptureJob['state'] }) {
  const { t } = useWords();
  return (
    <ToneBadge tone={TONES[state]} hint={t(`job.state.${state}.hint`)}>
      {t(`job.state.${state}`)}
    </ToneBadge>
  );
}
