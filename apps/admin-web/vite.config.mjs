// The page of the console: bundled into dist/page with hashes in the names; `src/server` serves it.
import react from '@vitejs/plugin-react';
import path from 'node:path';
import { defineConfig } from 'vite';
import { oneFileVerifier } from './one-file-verifier.mjs';
import { compressedTwins } from './compressed-twins.mjs';
import { navigationWords } from './navigation-words.mjs';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), navigationWords(), compressedTwins(), oneFileVerifier()],
  resolve: { conditions: ['waymark-source', 'module', 'browser', 'production', 'default'] },
  // The server puts a fresh nonce in its place for each answer (src/server/console-server.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'page'),
    emptyOutDir: true,
    target: ['es2022', 'safari16', 'chrome109', 'firefox115'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    manifest: true,
  },
  worker: { format: 'es' },
});
