import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import { constants } from 'node:zlib';

/** Answers below this many bytes go as they are: compressing them saves nothing. */
const SIZE_BYTES_MIN = 4_096;

/** Answers of these addresses may carry a token, a link or a key: their length must say nothing of what is in them (BREACH). */
const SECRETS = /^\/(?:session|people|invitations|api-keys)(?:[/?:]|$)/;

/** Text and JSON in all its kinds, a stream of live events not: each of those must arrive when it happens. */
const COMPRESSED_TYPES = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?jsonl?(?:;|$))/;

/** Compresses large answers, evidence files above all, for whoever takes that. Bodies of requests are never unpacked. */
export async function compressAnswers(fastify: FastifyInstance): Promise<void> {
  fastify.addHook('onRoute', (route) => {
    if (SECRETS.test(route.url)) route.compress = false;
  });
  await fastify.register(compress, {
    global: true,
    globalDecompression: false,
    threshold: SIZE_BYTES_MIN,
    encodings: ['br', 'gzip'],
    customTypes: COMPRESSED_TYPES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
