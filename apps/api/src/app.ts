import 'reflect-metadata';
import fastifyCookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import { NodeClient } from './chain/client/node-client.js';
import { showNodesToken } from './chain/client/node-rpc.js';
import { readChainFacts } from './chain/genesis.js';
import { refuseForeignChain } from './chain/own-chain.js';
import { createProjector } from './chain/projection/create-projector.js';
import { CAPTURE_HEADERS, CAPTURE_LIMITS, CHECK_LIMITS } from './modules/provenance/commands/capture-limits.js';
import type { Config } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { keepBodiesAsBytes } from './platform/http/body-parsing.js';
import { compressAnswers } from './platform/http/compression.js';
import { ProcessSightings } from './platform/health/process-sightings.js';
import type { Logger } from './platform/logging/logger.js';
import { NestPino } from './platform/logging/logger.js';
import { serveOpenApi } from './platform/openapi/openapi.js';
import { Queues } from './platform/queue/queues.js';

export interface RunningApi {
  readonly app: NestFastifyApplication;
  /** Base URL under which it listens. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the HTTP process: database, queue, chain, modules, in this order; closes in reverse. */
export async function startApi(config: Config, logger: Logger): Promise<RunningApi> {
  const chain = readChainFacts(config.genesisFile, config.trustFile);
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 12 }, logger);
  await refuseForeignChain(database, chain.genesisHash);
  await createProjector(database, chain.genesisHash, [], logger).prepare();
  const queues = new Queues(config, logger);
  showNodesToken(config.nodesToken);
  const nodes = new NodeClient(config.nodes, logger);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ config, logger, chain, database, queues, nodes }),
    new FastifyAdapter({
      bodyLimit: CAPTURE_LIMITS.sizeBytesMax,
      genReqId: () => randomUUID(),
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
      trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
      requestTimeout: 30_000,
    }),
    { bodyParser: false, logger: new NestPino(logger) },
  );
  // No browser takes an answer for something that it does not say to be.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_request, reply) => {
      void reply.header('x-content-type-options', 'nosniff');
    });
  await app.register(fastifyCookie);
  keepBodiesAsBytes(app.getHttpAdapter().getInstance(), CAPTURE_LIMITS.sizeBytesMax, {
    '/capture/check': CHECK_LIMITS.sizeBytesMax,
  });
  await compressAnswers(app.getHttpAdapter().getInstance());
  app.useGlobalFilters(
    new ProblemFilter(logger, (kind, path) =>
      kind === 'too-large' && path.startsWith('/epcis/capture') ? CAPTURE_HEADERS : {},
    ),
  );
  // Any page may ask with a key in its hand; no browser is to send the cookies of our people along.
  app.enableCors({
    origin: true,
    credentials: false,
    methods: ['GET', 'HEAD', 'OPTIONS', 'POST'],
    exposedHeaders: [
      'Location',
      'Link',
      'Retry-After',
      'GS1-EPCIS-Version',
      'GS1-CBV-Version',
      'GS1-Next-Page-Token-Expires',
      'Waymark-Truncated',
    ],
    strictPreflight: false,
    preflightContinue: true,
  });
  serveOpenApi(app);
  await app.listen({ port: config.port, host: config.host });
  const url = await app.getUrl();
  const sightings = new ProcessSightings(database, 'api', logger);
  sightings.start();
  logger.info({ url, queue: queues.backend, nodes: config.nodes.length }, 'the API listens');
  return {
    app,
    url,
    async close() {
      await sightings.stop();
      await app.close();
      await queues.close();
      await database.destroy();
    },
  };
}
