import replyFrom from '@fastify/reply-from';
import { canonicalId, parseDigitalLinkPath } from '@waymark/epcis/gs1';
import { parseBase64, readTrustRoot } from '@waymark/light-client';
import type { StoryAnswer, StoryRecord } from '@waymark/provenance/trace';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { VNode } from 'preact';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ItemPage, titleOf } from '../page/item-page.js';
import type { Language } from '../page/language.js';
import { MessagePage } from '../page/shell.js';
import { tellPageStory } from '../page/tell-page-story.js';
import { wordsOf } from '../page/words.js';
import { renderDocument } from './document.js';
import { chooseEncoding, chooseLanguage, wantsPage, type Encoding } from './negotiation.js';
import type { PageAssets } from './page-assets.js';
import type { StoryClient } from './story-client.js';

export interface ScanServerParts {
  /** Base URL of the API. */
  readonly apiUrl: string;
  readonly stories: StoryClient;
  /** Bytes of the trust root file, read once at start-up; never taken from the API. */
  readonly trustFile: Uint8Array;
  readonly assets: PageAssets;
  readonly logger: FastifyBaseLogger;
}

/** Everything a page may load comes from here; nothing inline, no frames, no forms (consensus.md 2.13: the page checks itself). */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

const RETRY_AFTER_SECONDS = 15;

/**
 * The web server behind the QR code: the page for people, the API's own answers for machines, the proof for the page's
 * script, and the page's files. @throws Error when the trust root file cannot be read.
 */
export async function createScanServer(parts: ScanServerParts): Promise<FastifyInstance> {
  const { assets, stories, trustFile } = parts;
  const inlined = readTrustRoot(trustFile);
  if (inlined === undefined) throw new Error('The trust root file is not one: check WAYMARK_TRUST_FILE.');
  const trustText = new TextDecoder().decode(trustFile);

  const server = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
  });
  await server.register(replyFrom, {
    base: parts.apiUrl,
    undici: { connections: 64, headersTimeout: 20_000, bodyTimeout: 20_000 },
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });

  server.get('/health', () => ({ status: 'ok' }));
  server.get('/', async (request, reply) => {
    const language = chooseLanguage(queryOf(request)['lang'], request.headers);
    const { welcomeTitle, welcome } = wordsOf(language);
    return sendPage(request, reply, 200, language, {
      title: welcomeTitle,
      body: <MessagePage language={language} title={welcomeTitle} text={welcome} />,
    });
  });
  server.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const asset = assets.files.get(request.params.name);
    if (asset === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.\n');
    const encoding = chooseEncoding(request.headers, Object.keys(asset.bodies) as Encoding[]);
    void reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.contentType);
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    return reply.send(asset.bodies[encoding]);
  });
  server.get('/evidence', (request, reply) => pass(request, reply));
  for (const key of ['01', '00'])
    server.get(`/${key}/*`, (request, reply) => {
      void reply.header('vary', 'accept, accept-language, accept-encoding');
      return wantsPage(request.headers, queryOf(request)) ? sendItem(request, reply) : pass(request, reply);
    });
  server.setNotFoundHandler((request, reply) => {
    const language = chooseLanguage(queryOf(request)['lang'], request.headers);
    return sendMessage(request, reply, 404, language, 'badCode');
  });
  return server;

  async function sendItem(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const language = chooseLanguage(queryOf(request)['lang'], request.headers);
    const path = request.url.split('?')[0] ?? '';
    if (!parseDigitalLinkPath(path).ok) return sendMessage(request, reply, 400, language, 'badCode');
    const subject = canonicalId(`https://id.gs1.org${path}`);
    const outcome = await stories.story(subject);
    switch (outcome.kind) {
      case 'notFound':
        return sendMessage(request, reply, 404, language, isProductOnly(subject) ? 'productOnly' : 'notFound');
      case 'badIdentifier':
        return sendMessage(request, reply, 400, language, 'badCode');
      case 'unavailable':
        request.log.warn({ cause: outcome.cause }, 'the API gave no story');
        void reply.header('retry-after', RETRY_AFTER_SECONDS);
        return sendMessage(request, reply, 503, language, 'down');
      case 'found': {
        const story = tellPageStory(subject, recordsOf(outcome.story), outcome.story.organisations);
        if (story === undefined) return sendMessage(request, reply, 404, language, 'notFound');
        return sendPage(request, reply, 200, language, {
          title: titleOf(story, language),
          body: (
            <ItemPage
              story={story}
              language={language}
              fingerprint={(inlined as { fingerprint: string }).fingerprint}
              truncated={outcome.story.truncated}
            />
          ),
          trustRoot: trustText,
        });
      }
    }
  }

  function sendMessage(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    language: Language,
    message: 'notFound' | 'productOnly' | 'badCode' | 'down',
  ) {
    const words = wordsOf(language);
    const title = words[`${message}Title`];
    return sendPage(request, reply, status, language, {
      title,
      body: <MessagePage language={language} title={title} text={words[message]} advice={words[`${message}Advice`]} />,
    });
  }

  async function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    language: Language,
    page: { readonly title: string; readonly body: VNode; readonly trustRoot?: string },
  ): Promise<FastifyReply> {
    const html = Buffer.from(renderDocument({ language, assets, ...page }));
    void reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-language', wordsOf(language).htmlLanguage);
    if (reply.getHeader('vary') === undefined) void reply.header('vary', 'accept-language, accept-encoding');
    switch (chooseEncoding(request.headers)) {
      case 'br':
        return reply
          .header('content-encoding', 'br')
          .send(await promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
      case 'gzip':
        return reply.header('content-encoding', 'gzip').send(await promisify(gzip)(html));
      case 'identity':
        return reply.send(html);
    }
  }

  /** The API's own answer, as it is. */
  function pass(request: FastifyRequest, reply: FastifyReply) {
    return reply.from(request.url, {
      onError(failed, { error }) {
        request.log.warn({ cause: error.message }, 'the API did not answer');
        void failed
          .code(503)
          .header('retry-after', RETRY_AFTER_SECONDS)
          .type('application/problem+json')
          .send(
            JSON.stringify({
              type: 'about:blank',
              title: 'The records cannot be reached at the moment.',
              status: 503,
              code: 'SCAN_API_UNAVAILABLE',
              detail: 'Try again in a minute.',
            }),
          );
      },
    });
  }
}

/** A GTIN and nothing more: the product is named, but no lot or unit whose story could be told. */
const isProductOnly = (subject: string) => /^https:\/\/id\.gs1\.org\/01\/\d{14}$/.test(subject);

const queryOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  request.query as Record<string, unknown>;

/** The API's records as bytes; one whose base64 cannot be read is left out, and the phone sees that it is missing. */
function recordsOf(story: StoryAnswer): StoryRecord[] {
  return story.records.flatMap(({ content, context, ...record }) => {
    const bytes = parseBase64(content);
    const contextBytes = context === undefined ? undefined : parseBase64(context);
    if (bytes === undefined || (context !== undefined && contextBytes === undefined)) return [];
    return [{ ...record, content: bytes, ...(contextBytes === undefined ? {} : { context: contextBytes }) }];
  });
}
