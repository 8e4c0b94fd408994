/** JSON-RPC 2.0 over HTTP POST `/`, and `GET /health`. Bounded bodies, bounded waiting, one answer a request (no batches). */
import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Endpoint } from '../config/index.js';
import type { Method } from './methods.js';
import { RpcCode, RpcError } from './rpc-error.js';

const BODY_BYTES_MAX = 6 * 1024 * 1024;
const WAITING_MAX = 256;

const request = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(128), z.number(), z.null()]).optional(),
  method: z.string().max(64),
  params: z.unknown().optional(),
});

export interface RpcServer {
  /** Port that is listened on. */
  readonly port: number;
  close(): Promise<void>;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export async function startRpcServer(options: {
  readonly listen: Endpoint;
  /** What a caller must show as a bearer token; null: nothing. `/health` answers everybody. */
  readonly token: string | null;
  readonly methods: ReadonlyMap<string, Method>;
  /** Why the node does not follow the chain now; null when it does. */
  readonly unhealthy: () => string | null;
  /** Figures for Prometheus; served at `/metrics`. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly log: Logger;
}): Promise<RpcServer> {
  const { methods, unhealthy, log } = options;
  const closing = new AbortController();
  const server: FastifyInstance = fastify({ logger: false, bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  let waiting = 0;

  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ error: error.message }, 'an RPC request failed');
    const code = status === 400 ? RpcCode.PARSE : status < 500 ? RpcCode.INVALID_REQUEST : RpcCode.INTERNAL;
    void reply.code(status).send({ jsonrpc: '2.0', id: null, error: { code, message: error.message } });
  });

  const wanted = options.token === null ? null : digestOf(`Bearer ${options.token}`);
  server.addHook('onRequest', (http, reply, next) => {
    const isOpen = wanted === null || http.routeOptions.url === '/health';
    if (isOpen || timingSafeEqual(digestOf(http.headers.authorization ?? ''), wanted)) return next();
    void reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({
        jsonrpc: '2.0',
        id: null,
        error: { code: RpcCode.INVALID_REQUEST, message: 'this node answers only to callers that show its token' },
      });
  });

  server.get('/health', (_request, reply) => {
    const reason = unhealthy();
    return reply
      .code(reason === null ? 200 : 503)
      .send(reason === null ? { status: 'ok' } : { status: 'unavailable', reason });
  });

  server.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await options.metrics();
    return reply.type(contentType).send(body);
  });

  server.post('/', async (http, reply) => {
    const parsed = request.safeParse(http.body);
    if (!parsed.success)
      return reply.send({
        jsonrpc: '2.0',
        id: null,
        error: { code: RpcCode.INVALID_REQUEST, message: 'not a JSON-RPC 2.0 request object' },
      });
    const { id = null, method: name, params } = parsed.data;
    const answer = (fields: { result: unknown } | { error: unknown }): unknown => ({ jsonrpc: '2.0', id, ...fields });
    const method = methods.get(name);
    if (method === undefined)
      return reply.send(answer({ error: { code: RpcCode.METHOD_NOT_FOUND, message: `no method ${name}` } }));
    if (waiting >= WAITING_MAX)
      return reply.send(
        answer({
          error: { code: RpcCode.UNAVAILABLE, message: 'too many requests at once', data: { retryAfterMs: 500 } },
        }),
      );
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    waiting += 1;
    try {
      return await reply.send(
        answer({ result: (await method(params, AbortSignal.any([gone.signal, closing.signal]))) ?? null }),
      );
    } catch (error) {
      if (error instanceof RpcError) {
        const { code, message, data } = error;
        return await reply.send(answer({ error: { code, message, ...(data === undefined ? {} : { data }) } }));
      }
      log.error({ method: name, error: (error as Error).stack }, 'an RPC method failed');
      return await reply.send(answer({ error: { code: RpcCode.INTERNAL, message: 'internal error' } }));
    } finally {
      waiting -= 1;
    }
  });

  await server.listen({ host: options.listen.host, port: options.listen.port });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.listen.port;
  return {
    port,
    close: async () => {
      closing.abort();
      await server.close();
    },
  };
}
