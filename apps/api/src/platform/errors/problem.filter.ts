import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.js';
import { isConnectionLost } from './connection-lost.js';
import { KINDS, problemBody, ProblemError, type ProblemKind, unavailable } from './problem.js';

const byStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  413: 'too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
};

/** Every error of a request becomes an RFC 9457 answer here, and nowhere else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /** `headersOf`: what an address announces with a problem, such as its limits. */
  constructor(
    private readonly logger: Logger,
    private readonly headersOf: (kind: ProblemKind, path: string) => Readonly<Record<string, string>> = () => ({}),
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = request.url.split('?')[0] ?? '/';
    const error = toProblem(thrown, request.method, path);
    const kind = KINDS[error.kind];
    const about = { code: error.problem.code, method: request.method, path, request: request.id };
    if (kind.level === 'error') this.logger.error({ ...about, err: thrown }, error.message);
    else this.logger[kind.level](about, error.message);
    const headers: Record<string, string> = { ...this.headersOf(error.kind, path), ...error.problem.headers };
    if (error.problem.retryAfterSeconds !== undefined) headers['retry-after'] = String(error.problem.retryAfterSeconds);
    if (error.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer realm="waymark"';
    void reply
      .status(kind.status)
      .headers(headers)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemBody(error, path)));
  }
}

function toProblem(thrown: unknown, method: string, path: string): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (isConnectionLost(thrown))
    return unavailable('DATABASE_UNAVAILABLE', 'The database does not answer at the moment.', 5, thrown);
  if (isValueRefused(thrown))
    return new ProblemError(
      'invalid',
      {
        code: 'HTTP_REQUEST_INVALID',
        detail:
          'A value in the request cannot be looked up or kept: it holds a character that no text has, or lies out of every range.',
        howToFix: 'Compare the request with its description at /docs.',
      },
      { cause: thrown },
    );
  const status = statusOf(thrown);
  const kind = status === undefined ? undefined : byStatus[status];
  if (kind === 'not-found')
    return new ProblemError(kind, {
      code: 'HTTP_NO_SUCH_ADDRESS',
      detail: `There is nothing at ${method} ${path}.`,
      howToFix: 'See /docs for the addresses that exist.',
    });
  if (kind === 'too-large')
    return new ProblemError(kind, {
      code: 'HTTP_BODY_TOO_LARGE',
      detail: 'The body is larger than what is taken at once.',
      howToFix: 'Send it in several smaller requests.',
    });
  if (kind === 'unsupported-media-type')
    return new ProblemError(kind, {
      code: 'HTTP_CONTENT_TYPE',
      detail: 'The content type of the body is not taken here.',
      howToFix: 'Send JSON, with the header Content-Type: application/ld+json or application/json.',
    });
  if (kind !== undefined)
    return new ProblemError(kind, {
      code: 'HTTP_REQUEST_INVALID',
      detail: thrown instanceof Error ? thrown.message : 'The request cannot be understood.',
      howToFix: 'Compare the request with its description at /docs.',
    });
  return new ProblemError(
    'fault',
    {
      code: 'API_FAULT',
      detail: 'The API met a state that it should never be in.',
      howToFix: 'Nothing you sent is to blame; tell the operator the time of this answer.',
    },
    { cause: thrown },
  );
}

/**
 * What Postgres says of a value that came with the request and that it cannot hold: U+0000 in a text (22021), a number (22003) or a time
 * (22008, 22007) out of range, what is no UUID or number (22P02).
 */
function isValueRefused(thrown: unknown): boolean {
  const code = (thrown as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof code === 'string' && /^22(021|003|00[78]|P02)$/.test(code);
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const code = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof code === 'number' ? code : undefined;
}
