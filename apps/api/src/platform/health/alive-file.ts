import { writeFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logging/logger.js';

const EVERY_MS = 5_000;

/**
 * Writes a file anew every few seconds, as long as the loop turns and the database answers: how a process without a port tells a
 * container engine that it is well. The file's age is the answer; nothing is written when there is no file's name.
 */
export function keepAliveFile(
  file: string | undefined,
  database: DataSource,
  logger: Logger,
): { close(): Promise<void> } {
  if (file === undefined) return { close: async () => undefined };
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    try {
      await database.query('SELECT 1');
      await writeFile(file, `${new Date().toISOString()}\n`);
    } catch (error) {
      logger.warn(
        { err: error },
        'this process is not well: the database does not answer, or its alive file is not writable',
      );
    }
  };
  const tick = (): void => {
    looking ??= look().finally(() => (looking = null));
  };
  tick();
  const timer = setInterval(tick, EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
