import httpProxy from '@fastify/http-proxy';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import Negotiator from 'negotiator';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { NONCE_PLACE, type Encoding, type PageFiles } from './page-files.js';
import type { VerifierFile } from './verifier-files.js';

export interface ConsoleServerParts {
  /** Base URL of the API. */
  readonly apiUrl: string;
  readonly files: PageFiles;
  /** By name, below `/verifier/`. */
  readonly verifier: ReadonlyMap<string, VerifierFile>;
  readonly logger: FastifyBaseLogger;
  /** Addresses and networks of the reverse proxies whose `X-Forwarded-*` headers are believed; empty: nobody's. */
  readonly trustProxy: readonly string[];
}

/** A captured document is the largest body that the API takes (8 MiB); room for the rest of a form. */
const BODY_BYTES_MAX = 9 * 1024 * 1024;
const ASSETS = '/assets/';
const RETRY_AFTER_SECONDS = 15;
/** Longer than the pause between two signs of life on a stream of progress. */
const SILENCE_MS_MAX = 90_000;

/**
 * Scripts are files of ours; styles are files of ours and the few elements that the theme writes with this answer's nonce. Nothing is framed,
 * nothing comes from elsewhere, and no form is sent by the browser itself.
 */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
/** What only a document obeys. The files of the page are many and small: each would carry it for nothing. */
const DOCUMENT_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=()',
};

const ENCODINGS = ['br', 'gzip'] as const;
/** The document is packed anew for each answer, because of its nonce: it repeats itself so much that a low quality does. */
const BROTLI_QUALITY = 4;
const pack: Readonly<Record<(typeof ENCODINGS)[number], (text: string) => Promise<Buffer>>> = {
  br: (text) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (text) => promisify<string, Buffer>(gzip)(text),
};

/** The console's own web server: the page at every address, its files, and the API below `/api`, so that all is of one origin. */
export async function createConsoleServer(parts: ConsoleServerParts): Promise<FastifyInstance> {
  const { files } = parts;
  const server = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parts.trustProxy.length === 0 ? false : [...parts.trustProxy],
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 60_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
  });
  server.addHook('onSend', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (!request.url.startsWith(ASSETS)) reply.headers(DOCUMENT_HEADERS);
  });
  server.get('/health', () => ({ status: 'ok' }));
  server.get<{ Params: { name: string } }>(`${ASSETS}:name`, (request, reply) =>
    sendAsset(request.params.name, request, reply),
  );
  server.get<{ Params: { name: string } }>('/verifier/:name', (request, reply) =>
    sendVerifier(request.params.name, reply),
  );
  await server.register(httpProxy, {
    upstream: parts.apiUrl,
    prefix: '/api',
    rewritePrefix: '',
    preHandler: refuseUnboundedBody,
    undici: { connections: 128, headersTimeout: 60_000, bodyTimeout: SILENCE_MS_MAX },
    replyOptions: {
      rewriteRequestHeaders: (request, { expect: _answeredHere, ...headers }) => ({
        // This server has told the caller to go on already; the client that asks the API does not take `Expect`.
        ...headers,
        'x-forwarded-for': request.ip,
        'x-forwarded-host': request.host,
        'x-forwarded-proto': request.protocol,
      }),
      rewriteHeaders: (headers) => ({ 'cache-control': 'no-store', ...headers }),
      onError(reply, { error }) {
        reply.log.warn({ cause: error.message }, 'the API did not answer');
        void reply
          .code(503)
          .header('retry-after', RETRY_AFTER_SECONDS)
          .type('application/problem+json')
          .send(
            JSON.stringify({ type: 'about:blank', title: 'Not now', status: 503, code: 'CONSOLE_API_UNAVAILABLE' }),
          );
      },
    },
  });
  server.get('/*', (request, reply) => sendDocument(request, reply));
  return server;

  function sendAsset(name: string, request: FastifyRequest, reply: FastifyReply) {
    const file = files.assets.get(name);
    if (file === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
    const encoding = encodingFor(request, Object.keys(file.bodies));
    void reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .header('content-security-policy', "default-src 'none'; script-src 'self'; connect-src 'self'")
      .type(file.contentType);
    if (encoding !== 'identity') void reply.header('content-encoding', encoding satisfies Encoding);
    return reply.send(file.bodies[encoding]);
  }

  function sendVerifier(name: string, reply: FastifyReply) {
    const file = parts.verifier.get(name);
    if (file === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
    if (file.isDownload) void reply.header('content-disposition', `attachment; filename="${name}"`);
    return reply
      .header('cache-control', 'no-cache')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(file.contentType)
      .send(file.body);
  }

  async function sendDocument(request: FastifyRequest, reply: FastifyReply) {
    // A file that is not there must not look like a page; it would be kept as one.
    if (/\.[a-z0-9]{2,5}$/i.test(request.url.split('?')[0] ?? ''))
      return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
    const nonce = randomBytes(18).toString('base64');
    const text = files.document.replaceAll(NONCE_PLACE, nonce);
    const encoding = encodingFor(request, ENCODINGS);
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('vary', 'accept-encoding')
      .header('content-security-policy', policy(nonce));
    if (encoding === 'identity') return reply.send(text);
    return reply.header('content-encoding', encoding satisfies Encoding).send(await pack[encoding](text));
  }
}

/** The shortest encoding that the reader takes, of those there are. */
function encodingFor(request: FastifyRequest, available: readonly string[]): Encoding {
  const taken = new Negotiator({ headers: request.headers }).encodings([...available]);
  return ENCODINGS.find((each) => taken.includes(each)) ?? 'identity';
}

/** Bodies are passed on as they come in, so their size must be known beforehand. */
function refuseUnboundedBody(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.headers['transfer-encoding'] !== undefined)
    return refuse(reply, 411, 'HTTP_LENGTH_REQUIRED', 'The request does not say how long it is.');
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX)
    return refuse(reply, 413, 'HTTP_BODY_TOO_LARGE', `At most ${BODY_BYTES_MAX} bytes are taken at once.`);
  done();
}

function refuse(reply: FastifyReply, status: number, code: string, detail: string): void {
  void reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: 'Larger than what is taken at once',
        status,
        code,
        detail,
        howToFix: 'Divide it into smaller parts.',
      }),
    );
}
