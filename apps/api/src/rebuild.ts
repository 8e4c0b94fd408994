import { Feed } from './chain/feed/feed.js';
import { NodeClient } from './chain/client/node-client.js';
import { readChainFacts } from './chain/genesis.js';
import { createProjector } from './chain/projection/create-projector.js';
import { CaptureFinisher } from './modules/provenance/capture-finisher.js';
import type { Config } from './platform/config/config.js';
import { isEntryPoint } from './entry-point.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { createLogger, type Logger } from './platform/logging/logger.js';

/** Views that can be rebuilt, by the name of their capability. */
const REBUILDABLE = ['provenance'];

/**
 * Empties the views and fills them again from height 1, out of verified blocks. Capture jobs and keys are not touched. A worker that
 * runs meanwhile goes on from the new checkpoint by itself; without one this process projects. Returns the height reached.
 */
export async function rebuild(config: Config, logger: Logger): Promise<number> {
  const chain = readChainFacts(config.genesisFile, config.trustFile);
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 4 }, logger);
  try {
    const projector = createProjector(database, chain.genesisHash, [new CaptureFinisher()], logger);
    await projector.prepare();
    await projector.reset();
    return await new Feed(new NodeClient(config.nodes, logger), projector, chain.trust, logger).catchUp();
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
  if (name === undefined || !REBUILDABLE.includes(name)) {
    print(
      `Usage: npm run rebuild -- ${REBUILDABLE.join('|')}\nThe environment is that of the API (DATABASE_URL, WAYMARK_NODES, ...).\n`,
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
