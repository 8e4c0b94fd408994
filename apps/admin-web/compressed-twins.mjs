// A Vite plugin: beside every file of the page its brotli and gzip twins, so that the server compresses nothing while people wait.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSED = /\.(js|css|svg|json|wasm)$/;

export function compressedTwins() {
  return {
    name: 'waymark-compressed-twins',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = path.join(dir, 'assets');
      for (const name of await readdir(folder)) {
        if (!COMPRESSED.test(name)) continue;
        const bytes = await readFile(path.join(folder, name));
        if (bytes.length < 512) continue;
        const [brotli, zipped] = await Promise.all([
          promisify(brotliCompress)(bytes, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          }),
          promisify(gzip)(bytes, { level: 9 }),
        ]);
        await writeFile(path.join(folder, `${name}.br`), brotli);
        await writeFile(path.join(folder, `${name}.gz`), zipped);
      }
    },
  };
}
