import { ConfigError, type Config } from './platform/config/config.js';
import { Feed } from './chain/feed/feed.js';
import { NodeClient } from './chain/client/node-client.js';
import { showNodesToken } from './chain/client/node-rpc.js';
import { readChainFacts } from './chain/genesis.js';
import { refuseForeignChain } from './chain/own-chain.js';
import { createProjector } from './chain/projection/create-projector.js';
import { ANEW } from './chain/projection/projector.js';
import { Rebuilding } from './chain/projection/rebuilding.js';
import { Keyring } from './chain/submission/keyring.js';
import { purge, PURGEABLE } from './chain/submission/purging.js';
import {
  PURGE_QUEUE,
  SIGN_QUEUE,
  type SignJob,
  SUBMIT_QUEUE,
  type SubmitJob,
  SWEEP_QUEUE,
} from './chain/submission/queue-names.js';
import { type RefuseCommand, Signing } from './chain/submission/signing.js';
import { Submitting } from './chain/submission/submitting.js';
import { SWEEP_EVERY_MS, Sweeping } from './chain/submission/sweeping.js';
import { TransactionWriter } from './chain/submission/transaction-writer.js';
import { CaptureFinisher } from './modules/provenance/capture-finisher.js';
import { openDatabase } from './platform/database/database.js';
import { ProcessSightings } from './platform/health/process-sightings.js';
import { keepAliveFile } from './platform/health/alive-file.js';
import type { Logger } from './platform/logging/logger.js';
import { FailedJobs } from './platform/queue/failed-jobs.js';
import { Queues } from './platform/queue/queues.js';

const PURGE_EVERY_MS = 3_600_000;

export interface RunningWorker {
  close(): Promise<void>;
}

/**
 * The working process: signs, submits, follows the chain, projects, sweeps. Built in this order, closed in reverse. The only
 * process that opens organisation keys.
 */
export async function startWorker(config: Config, logger: Logger): Promise<RunningWorker> {
  const { keysDir, keySecretFile } = config;
  if (keysDir === undefined || keySecretFile === undefined)
    throw new ConfigError(
      'The worker signs: set WAYMARK_KEYS_DIR (a sealed key file for each organisation) and WAYMARK_KEY_SECRET_FILE.',
    );
  const chain = readChainFacts(config.genesisFile, config.trustFile);
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 10 }, logger);
  await refuseForeignChain(database, chain.genesisHash);
  const failed = new FailedJobs(database, logger);
  const queues = new Queues(config, logger, failed.note);
  showNodesToken(config.nodesToken);
  const nodes = new NodeClient(config.nodes, logger);
  const publicKeysOf = async (account: string) => {
    const { record } = await nodes.account(account);
    return Object.values(record?.permissions ?? {}).flatMap(({ keys }) => keys.map(({ key }) => key));
  };
  const writer = new TransactionWriter(
    new Keyring({ keysDir, secretFile: keySecretFile, publicKeysOf }, logger),
    chain.genesisHash,
  );
  const finisher = new CaptureFinisher();
  const projector = createProjector(database, chain.genesisHash, [finisher], logger);
  await projector.prepare();

  const signings = queues.queue<SignJob>(SIGN_QUEUE);
  const submissions = queues.queue<SubmitJob>(SUBMIT_QUEUE);
  const refuse: RefuseCommand = (manager, id, failures) => finisher.refuse(manager, id, failures);
  const submitting = new Submitting(database, nodes, refuse, logger);
  const signing = new Signing(database, nodes, writer, submitting, refuse, logger);
  const sweeping = new Sweeping(
    database,
    signings,
    submissions,
    signing,
    async () => (await projector.position()).height,
    failed,
  );
  queues.work<SignJob>(SIGN_QUEUE, ({ organisation }) => signing.signFor(organisation), { concurrency: 4 });
  queues.work<SubmitJob>(SUBMIT_QUEUE, ({ txIds }) => submitting.submit(txIds), { concurrency: 2 });
  await queues.repeat(SWEEP_QUEUE, SWEEP_EVERY_MS, () => sweeping.sweep());
  const { keepDays } = config;
  if (keepDays > 0)
    await queues.repeat(PURGE_QUEUE, PURGE_EVERY_MS, async () => {
      // Tickets of captures are an organisation's own history: they stay until the operator says otherwise.
      for (const what of PURGEABLE)
        if (what !== 'captures') {
          const count = await purge(database, what, keepDays);
          if (count > 0) logger.info({ what, count, keepDays }, 'what was settled long ago was deleted');
        }
    });

  // The feed has its own node to follow: a node that is slow to take transactions may still be a good one to read from.
  const feed = new Feed(new NodeClient(config.nodes, logger), projector, chain.trust, logger);
  feed.start();
  const anew = createProjector(database, chain.genesisHash, [], logger, ANEW);
  const rebuilding = new Rebuilding(
    database,
    projector,
    anew,
    () => new Feed(new NodeClient(config.nodes, logger), anew, chain.trust, logger),
    logger,
  );
  rebuilding.start();
  const sightings = new ProcessSightings(database, 'worker', logger);
  sightings.start();
  const alive = keepAliveFile(config.aliveFile, database, logger);
  logger.info({ queue: queues.backend, nodes: config.nodes.length }, 'the worker runs');
  return {
    async close() {
      // None of them waits for another: with Postgres gone each of them takes its time.
      await Promise.all([alive.close(), sightings.stop(), rebuilding.stop(), feed.stop(), queues.close()]);
      await submitting.close();
      await database.destroy();
    },
  };
}
