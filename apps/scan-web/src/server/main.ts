import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { loadPageAssets } from './page-assets.js';
import { createScanServer } from './scan-server.js';
import { createStoryClient } from './story-client.js';

const STORY_TIMEOUT_MS = 10_000;

/** What the process is told by its environment. */
function settings(env: Readonly<Record<string, string | undefined>>) {
  const needed = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`${name} is not set.`);
    return value;
  };
  const port = Number(needed('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is not a port: ${env['PORT'] ?? ''}`);
  return {
    port,
    host: env['HOST'] ?? '127.0.0.1',
    apiUrl: new URL(needed('API_URL')).href,
    trustFile: needed('WAYMARK_TRUST_FILE'),
    level: env['LOG_LEVEL'] ?? 'info',
  };
}

async function main(): Promise<void> {
  const { port, host, apiUrl, trustFile, level } = settings(process.env);
  const logger = pino({ name: 'scan-web', level });
  const server = await createScanServer({
    apiUrl,
    stories: createStoryClient(apiUrl, STORY_TIMEOUT_MS),
    trustFile: await readFile(trustFile),
    assets: await loadPageAssets(path.join(import.meta.dirname, '..', 'page-assets')),
    logger,
  });
  const address = await server.listen({ port, host });
  logger.info({ address, apiUrl }, 'the scan page is ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close().then(
        () => logger.info('closed'),
        (cause: unknown) => logger.error({ cause }, 'closing failed'),
      );
    });
}

main().catch((cause: unknown) => {
  process.stderr.write(`The scan page cannot start: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
