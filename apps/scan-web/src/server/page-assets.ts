import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Encoding } from './negotiation.js';

/** One file of the page, in the encodings that the build made. */
export interface PageAsset {
  readonly contentType: string;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
}

/** What `build.mjs` wrote: files with their hash in the name, and which of them a page loads. */
export interface PageAssets {
  /** Paths below `/assets/`. */
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  readonly files: ReadonlyMap<string, PageAsset>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const SUFFIX = { br: '.br', gzip: '.gz' } as const;

/** Reads the built page into memory. @throws Error when the page was not built: run the build. */
export async function loadPageAssets(folder: string): Promise<PageAssets> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`The page is not built: ${folder} cannot be read. Run the build first.`, { cause });
  });
  const files = new Map<string, PageAsset>();
  for (const name of names) {
    const contentType = CONTENT_TYPES[path.extname(name)];
    if (contentType === undefined) continue;
    const encoded = async (encoding: keyof typeof SUFFIX) =>
      names.includes(name + SUFFIX[encoding])
        ? { [encoding]: await readFile(path.join(folder, name + SUFFIX[encoding])) }
        : {};
    files.set(name, {
      contentType,
      bodies: {
        identity: await readFile(path.join(folder, name)),
        ...(await encoded('br')),
        ...(await encoded('gzip')),
      },
    });
  }
  const only = (pattern: RegExp): string => {
    const found = [...files.keys()].filter((name) => pattern.test(name));
    if (found.length !== 1 || found[0] === undefined)
      throw new Error(
        `${folder} holds ${found.length} files like ${String(pattern)}; one is expected. Run the build again.`,
      );
    return found[0];
  };
  return { script: only(/^page-.+\.js$/), style: only(/^page-.+\.css$/), icon: only(/^icon-.+\.svg$/), files };
}
