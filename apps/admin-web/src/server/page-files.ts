import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type Encoding = 'br' | 'gzip' | 'identity';

/** One file of the page, in the encodings that the build made. */
export interface PageFile {
  readonly contentType: string;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
}

/** What the build wrote. */
export interface PageFiles {
  /** The one document, with {@link NONCE_PLACE} where each answer's nonce goes. */
  readonly document: string;
  /** By name, below `/assets/`; names carry the hash of the contents. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

/** As in vite.config.mjs. */
export const NONCE_PLACE = '__CSP_NONCE__';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
};

/** Reads the built page into memory. @throws Error when it was not built: run the build. */
export async function loadPageFiles(folder: string): Promise<PageFiles> {
  const document = await readFile(path.join(folder, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new Error(`The console is not built: ${folder} has no index.html. Run the build first.`, { cause });
  });
  if (!document.includes(NONCE_PLACE)) throw new Error('The console’s document has no place for its nonce.');
  const assetFolder = path.join(folder, 'assets');
  const names = new Set(await readdir(assetFolder));
  const twin = async (encoding: Encoding, name: string) =>
    names.has(name) ? { [encoding]: await readFile(path.join(assetFolder, name)) } : {};
  const assets = new Map<string, PageFile>();
  for (const name of names) {
    const contentType = CONTENT_TYPES[path.extname(name)];
    if (contentType === undefined) continue;
    assets.set(name, {
      contentType,
      bodies: {
        identity: await readFile(path.join(assetFolder, name)),
        ...(await twin('br', `${name}.br`)),
        ...(await twin('gzip', `${name}.gz`)),
      },
    });
  }
  return { document, assets };
}
