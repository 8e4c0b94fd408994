import { type Config, ConfigError, readConfig } from './platform/config/config.js';
import { createLogger, type Logger } from './platform/logging/logger.js';

/** Starts a part of the API as an operating-system process: reads the environment, ends in order on SIGTERM and SIGINT. */
export async function runProcess(
  name: string,
  start: (config: Config, logger: Logger) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  const logger = createLogger(name, config.logLevel);
  const running = await start(config, logger).catch((error: unknown) => {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  });
  let closing = false;
  const end = (signal: string) => {
    if (closing) return;
    closing = true;
    logger.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      logger.error('did not stop in 10 seconds; ending');
      process.exit(1);
    }, 10_000);
    late.unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
}
