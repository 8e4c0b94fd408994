import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One of the files that a reader takes home to check evidence without us. */
export interface VerifierFile {
  readonly contentType: string;
  /** Saved, never opened here: under this address it would be one of our pages. */
  readonly isDownload: boolean;
  readonly body: Buffer;
}

const FILES: Readonly<Record<string, Omit<VerifierFile, 'body'>>> = {
  'waymark-verify.html': { contentType: 'text/html; charset=utf-8', isDownload: true },
  'waymark-verify.mjs': { contentType: 'text/javascript; charset=utf-8', isDownload: true },
  /** Sizes and SHA-256 of both. */
  'verifier.json': { contentType: 'application/json; charset=utf-8', isDownload: false },
};

/** Reads what the build of the page put beside it (one-file-verifier.mjs). @throws Error when it was not built */
export async function loadVerifierFiles(pageFolder: string): Promise<ReadonlyMap<string, VerifierFile>> {
  const files = new Map<string, VerifierFile>();
  for (const [name, kind] of Object.entries(FILES))
    files.set(name, { ...kind, body: await readFile(path.join(pageFolder, 'verifier', name)) });
  return files;
}
