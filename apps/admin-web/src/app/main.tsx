import './mantine-styles.js';
import '@mantine/notifications/styles.css';
import './global.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { sessionStore } from '../shared/session/session-store.js';
import { startLanguages } from './i18n.js';
import { styleNonce } from './nonce.js';
import { Providers } from './providers.js';

setNonce(styleNonce());
await startLanguages();
// The cookie may still stand: ask before anything is drawn that would need to know.
void sessionStore.begin();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no place for the console');
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
