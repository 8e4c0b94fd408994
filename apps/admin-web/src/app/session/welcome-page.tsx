import { useShellWords } from '../words.js';
import { Front } from './front.js';

export default function WelcomePage() {
  const { t } = useShellWords();
  return <Front title={t('welcome.title')}>{t('welcome.text')}</Front>;
}
