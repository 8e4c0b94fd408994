import { pino, type Logger } from 'pino';
import type { z } from 'zod';
import type { logLevelSchema } from '../config/index.js';

/** Lines of JSON on the standard output, nothing else: whoever runs the process bounds and keeps them. */
export function nodeLog(name: string, level: z.infer<typeof logLevelSchema>): Logger {
  return pino({ name, level, base: { node: name } });
}
