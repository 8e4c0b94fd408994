import { RecordHeader } from '../../shared/parts/record-header.js';
import { useSession } from '../../shared/session/use-session.js';
import { useShellWords } from '../words.js';

export default function HomePage() {
  const { t } = useShellWords();
  const { user } = useSession();
  return <RecordHeader title={t('home.welcome', { name: user.name })} subtitle={t('home.text')} />;
}
