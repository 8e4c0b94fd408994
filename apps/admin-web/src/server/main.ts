import path from 'node:path';
import { pino } from 'pino';
import { createConsoleServer } from './console-server.js';
import { loadPageFiles } from './page-files.js';
import { loadVerifierFiles } from './verifier-files.js';

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
    apiUrl: new URL(needed('API_BASE_URL')).origin,
    trustProxy: env['TRUST_PROXY'] === '1' || env['TRUST_PROXY'] === 'true',
    level: env['LOG_LEVEL'] ?? 'info',
  };
}

async function main(): Promise<void> {
  const { port, host, apiUrl, trustProxy, level } = settings(process.env);
  const logger = pino({ name: 'console', level });
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
