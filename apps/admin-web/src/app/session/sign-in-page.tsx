import { Navigate } from '@tanstack/react-router';
import { useSessionState } from '../../shared/session/use-session.js';
import { useSearchTexts } from '../../shared/use-search.js';
import { useShellWords } from '../words.js';
import { Front } from './front.js';
import { SignInForm } from './sign-in-form.js';

/** Only addresses of this console: a link may not lead somebody elsewhere after they signed in. */
const innerAddress = (text: string | undefined): string =>
  text !== undefined && /^\/(?![/\\])/.test(text) ? text : '/';

export default function SignInPage() {
  const { t } = useShellWords();
  const [{ next }] = useSearchTexts();
  const state = useSessionState();
  if (state.kind === 'open') return <Navigate to={innerAddress(next)} replace />;
  return (
    <Front title={t('signIn.title')} text={t('signIn.text')}>
      <SignInForm onDone={() => undefined} />
    </Front>
  );
}
