import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Nest token of the process's pino logger. */
export const LOGGER = Symbol('Logger');

/** JSON lines on stdout. What could carry a secret is blanked before it is written. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    serializers: { err: plainError },
    redact: {
      paths: [
        '*.authorization',
        'headers.authorization',
        'req.headers.authorization',
        '*.cookie',
        'headers.cookie',
        'req.headers.cookie',
        'password',
        '*.password',
        'token',
        '*.token',
        'key',
        '*.key',
        'secret',
        '*.secret',
      ],
      censor: '[withheld]',
    },
  });
}

/** What a log needs of an error, and no more: drivers hang connections, parameters and rows on theirs. */
export function plainError(error: unknown, depth = 0): unknown {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, message, stack, code, cause, driverError } = error as Record<string, unknown>;
  const inner = driverError ?? cause;
  return {
    type: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : 'no message',
    ...(typeof code === 'string' && { code }),
    ...(typeof stack === 'string' && { stack }),
    ...(inner !== undefined && inner !== null && depth < 3 && { cause: plainError(inner, depth + 1) }),
  };
}

/** Lets Nest itself write through pino. */
export class NestPino implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(facts(rest), text(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(facts(rest), text(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(facts(rest), text(message));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(facts(rest), text(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace(facts(rest), text(message));
  }
}

// Nest passes the context (a class name) last and, for errors, a stack before it.
function facts(rest: readonly unknown[]): Record<string, unknown> {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return { ...(context !== undefined && { context }), ...(stack !== undefined && { stack }) };
}

function text(message: unknown): string {
  if (message instanceof Error) return message.stack ?? message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
