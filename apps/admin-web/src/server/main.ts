import path from 'node:path';
import { readServerSettings, urlOf } from '@waymark/serving';
import { pino } from 'pino';
import { createConsoleServer } from './console-server.js';
import { loadPageFiles } from './page-files.js';
import { loadVerifierFiles } from './verifier-files.js';

async function main(): Promise<void> {
  const { port, host, logLevel, trustProxy } = readServerSettings(process.env);
  const apiUrl = urlOf(process.env, 'API_BASE_URL').origin;
  const logger = pino({ name: 'console', level: logLevel });
  const page = path.join(import.meta.dirname, '..', 'page');
  const files = await loadPageFiles(page);
  const verifier = await loadVerifierFiles(page);
  const server = await createConsoleServer({ apiUrl, files, verifier, logger, trustProxy });
  const address = await server.listen({ port, host });
  logger.info({ address, apiUrl }, 'the console is ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close().then(
        () => logger.info('closed'),
        (cause: unknown) => logger.error({ cause }, 'closing failed'),
      );
    });
}

main().catch((cause: unknown) => {
  process.stderr.write(`The console cannot start: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
});
