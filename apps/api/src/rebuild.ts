import { setTimeout } from 'node:timers/promises';
import { Feed } from './chain/feed/feed.js';
import { NodeClient } from './chain/client/node-client.js';
import { showNodesToken } from './chain/client/node-rpc.js';
import { readChainFacts } from './chain/genesis.js';
import { refuseForeignChain } from './chain/own-chain.js';
import { createProjector } from './chain/projection/create-projector.js';
import { ANEW } from './chain/projection/projector.js';
import { PROJECTIONS, Rebuilding } from './chain/projection/rebuilding.js';
import { CaptureFinisher } from './modules/provenance/capture-finisher.js';
import type { Config } from './platform/config/config.js';
import { isEntryPoint } from './entry-point.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { createLogger, type Logger } from './platform/logging/logger.js';

/** The rebuild did not come to its end: somebody cancelled it, or it failed. */
export class RebuildEnded extends Error {}

/**
 * Fills the views anew from height 1, out of verified blocks, beside those that are read; then they change places. Capture jobs and keys are
 * not touched. A worker that runs meanwhile does it, or goes on from the new rows by itself; without one this process does it and
 * projects what is left. Returns the height reached.
 */
export async function rebuild(config: Config, logger: Logger): Promise<number> {
  showNodesToken(config.nodesToken);
  const chain = readChainFacts(config.genesisFile, config.trustFile);
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 6 }, logger);
  try {
    await refuseForeignChain(database, chain.genesisHash);
    const live = createProjector(database, chain.genesisHash, [new CaptureFinisher()], logger);
    await live.prepare();
    const anew = createProjector(database, chain.genesisHash, [], logger, ANEW);
    const feedOf = (projector: typeof live) =>
      new Feed(new NodeClient(config.nodes, logger), projector, chain.trust, logger);
    const rebuilding = new Rebuilding(database, live, anew, () => feedOf(anew), logger);
    await Rebuilding.order(database, 'provenance', 'command line');
    for (;;) {
      await rebuilding.performNext();
      const [last] = await database.query<{ state: string; error: string | null }[]>(
        `SELECT state, error FROM projection_rebuild ORDER BY seq DESC LIMIT 1`,
      );
      if (last?.state === 'done') break;
      if (last?.state === 'cancelled' || last?.state === 'failed')
        throw new RebuildEnded(
          last.state === 'cancelled' ? 'The rebuild was cancelled.' : `The rebuild failed: ${last.error ?? ''}`,
        );
      await setTimeout(500); // a worker is at it
    }
    return await feedOf(live).catchUp();
  } finally {
    await database.destroy();
  }
}

/** `npm run rebuild -- provenance`: apps/api/dist/rebuild.js. Returns the exit status. */
export async function runRebuild(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const [name] = args;
  if (name === undefined || !(PROJECTIONS as readonly string[]).includes(name)) {
    print(
      `Usage: npm run rebuild -- ${PROJECTIONS.join('|')}\nThe environment is that of the API (DATABASE_URL, WAYMARK_NODES, ...).\n`,
    );
    return 2;
  }
  const height = await rebuild(readConfig(environment), createLogger('rebuild', 'info'));
  print(`The views of ${name} are rebuilt up to height ${height}.\n`);
  return 0;
}

if (isEntryPoint(import.meta.url)) {
  process.exitCode = await runRebuild(process.argv.slice(2), process.env, (text) => process.stdout.write(text)).catch(
    (error: unknown) => {
      process.stderr.write(
        `${error instanceof ConfigError || error instanceof Error ? error.message : String(error)}\n`,
      );
      return 1;
    },
  );
}
