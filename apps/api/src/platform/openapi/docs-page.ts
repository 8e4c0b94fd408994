import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Waymark API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/docs-json', dom_id: '#swagger-ui', deepLinking: true, docExpansion: 'list', persistAuthorization: false });
`;

const files = [
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
] as const;

// Swagger UI writes styles into the page and draws its icons from data URLs.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the documentation page at /docs, from files of our own, and the description at /docs-json. */
export function serveDocsPage(fastify: FastifyInstance, description: () => object): void {
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const send = (address: string, type: string, body: string | Buffer) =>
    fastify.get(address, (_request, reply) =>
      reply
        .headers({ 'content-type': type, 'content-security-policy': policy, 'cache-control': 'public, max-age=3600' })
        .send(body),
    );
  send('/docs', 'text/html; charset=utf-8', page);
  send('/docs/start.js', 'text/javascript; charset=utf-8', start);
  for (const [name, type] of files) send(`/docs/${name}`, type, readFileSync(path.join(folder, name)));
  let text: string | undefined;
  fastify.get('/docs-json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send((text ??= JSON.stringify(description()))),
  );
}
