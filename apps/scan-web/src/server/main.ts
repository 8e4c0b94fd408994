import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { needed, readServerSettings, urlOf } from '@waymark/serving';
import { pino } from 'pino';
import { loadPageAssets } from './page-assets.js';
import { createScanServer } from './scan-server.js';
import { createStoryClient } from './story-client.js';

const STORY_TIMEOUT_MS = 10_000;

async function main(): Promise<void> {
  const { port, host, logLevel } = readServerSettings(process.env);
  const apiUrl = urlOf(process.env, 'API_URL').href;
  const logger = pino({ name: 'scan-web', level: logLevel });
  const server = await createScanServer({
    apiUrl,
    stories: createStoryClient(apiUrl, STORY_TIMEOUT_MS),
    trustFile: await readFile(needed(process.env, 'WAYMARK_TRUST_FILE')),
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
