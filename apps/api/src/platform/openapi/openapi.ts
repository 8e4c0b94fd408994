import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { apiSchemas } from './api-schema.js';
import { serveDocsPage } from './docs-page.js';

const description = `
Supply-chain events on a permissioned ledger: capture them, query them, trace an item both ways, and take away the evidence with which
anybody can check it without asking us.

**Keys.** Machine clients send \`Authorization: Bearer wm_...\`. A key belongs to one organisation. Without a key only what was captured as
\`public\` is shown; an item that you may not see answers like one that does not exist.

**Errors** are RFC 9457 problem details: a program decides by \`code\`, a person reads \`detail\` and \`howToFix\`, and \`pointer\` names
the place in what was sent. Under \`/epcis\` their \`type\` is the exception of the EPCIS 2.0 standard.

**A capture** is answered with 202 and the address of its job at once; it is true when the job says \`"running": false\`.
`.trim();

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'howToFix'],
  properties: {
    type: { type: 'string', format: 'uri', example: 'epcisException:ValidationException' },
    title: { type: 'string', example: 'ValidationException: The request cannot be understood' },
    status: { type: 'integer', example: 400 },
    detail: { type: 'string' },
    instance: { type: 'string', example: '/epcis/capture' },
    code: { type: 'string', description: 'Stable; decide by this.', example: 'JSON_MALFORMED' },
    howToFix: { type: 'string', description: 'What to do about it, in one sentence.' },
    pointer: {
      type: 'string',
      description: 'RFC 6901 pointer into what was sent.',
      example: '/epcisBody/eventList/0/eventTime',
    },
    facts: { type: 'object', additionalProperties: true },
    current: {
      type: 'object',
      additionalProperties: true,
      description: 'With EDIT_CONFLICT: the record as it is now.',
    },
    errors: { type: 'array', items: { type: 'object' }, description: 'All faults, where there are several.' },
  },
} as const;

/** The OpenAPI 3 description of all routes. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Waymark API')
    .setDescription(description)
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'wm_...', description: 'An API key of your organisation.' },
      'apiKey',
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'ws_...',
        description: 'The access token of a person who is signed in, from `POST /session`.',
      },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...apiSchemas(), Problem: problem as unknown as never },
  };
  return document;
}

/** The documentation page at /docs, the description itself at /docs-json. */
export function serveOpenApi(app: NestFastifyApplication): void {
  serveDocsPage(app.getHttpAdapter().getInstance(), () => openApiDocument(app));
}
