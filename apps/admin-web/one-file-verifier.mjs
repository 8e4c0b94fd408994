// Puts the one-file verifier beside the page, so that the server can hand it out (src/server/verifier-files.ts).
import path from 'node:path';
import { buildVerifier } from '../verifier/build.mjs';

export function oneFileVerifier() {
  let outFolder = '';
  return {
    name: 'one-file-verifier',
    apply: 'build',
    configResolved(config) {
      outFolder = path.join(config.build.outDir, 'verifier');
    },
    async closeBundle() {
      await buildVerifier({ outFolder });
    },
  };
}
