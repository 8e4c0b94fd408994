import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../errors/problem.js';

/** Bodies of every route but capture: small commands. */
export const COMMAND_BYTES_MAX = 64 * 1024;

/**
 * Bodies stay bytes: what is captured is signed exactly as it came in, so nobody may parse and print it on the way.
 * Commands call {@link jsonCommand}. `sizeBytesMaxOf`: addresses that take more or less than the others.
 */
export function keepBodiesAsBytes(
  fastify: FastifyInstance,
  sizeBytesMax: number,
  sizeBytesMaxOf: Readonly<Record<string, number>> = {},
): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRoute', (route) => {
    const own = sizeBytesMaxOf[route.url];
    if (own !== undefined) route.bodyLimit = own;
  });
  fastify.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    { parseAs: 'buffer', bodyLimit: sizeBytesMax },
    (_request, body, done) => {
      done(null, body);
    },
  );
}

/** The JSON value of a small command's body. */
export function jsonCommand(body: unknown): unknown {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length > COMMAND_BYTES_MAX)
    throw new ProblemError('too-large', {
      code: 'HTTP_BODY_TOO_LARGE',
      detail: `A command has at most ${COMMAND_BYTES_MAX} bytes.`,
      howToFix: 'Send only the fields that the description at /docs names.',
      facts: { sizeBytesMax: COMMAND_BYTES_MAX },
    });
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new ProblemError(
      'invalid',
      {
        code: 'HTTP_NOT_JSON',
        detail: `The body is not JSON: ${(error as Error).message}.`,
        howToFix: 'Send one JSON object in UTF-8.',
        pointer: '',
      },
      { cause: error },
    );
  }
}
