import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GENESIS_FORMAT } from '@waymark/ledger/chain';
import { DemoHome, DemoStopped } from './demo-home.js';
import { demoHelp, lanAddress, parseDemoOptions, type DemoOptions } from './options.js';
import { DEMO_OPERATOR } from './people.js';
import { present } from './presentation.js';
import { loadSample } from './sample.js';
import { runStory } from './story.js';
import { Deployment, portIsFree, prepareConsortium, ProcessFailed } from '../cluster/index.js';

export interface DemoContext {
  /** The project's root. */
  root: string;
  /** `performance.now()` when the command began. */
  startedAt: number;
}

/**
 * `npm run demo`: a whole Waymark on this machine with the bundled sample in it, until Ctrl-C. Resolves with the exit status.
 */
export async function runDemo(args: readonly string[], context: DemoContext): Promise<number> {
  const options = parseDemoOptions(args);
  if ('help' in options) {
    process.stderr.write(options.error ? `${options.error}\n\n${options.help}` : demoHelp);
    return options.error ? 2 : 0;
  }
  const out = options.json ? process.stderr : process.stdout;
  const say = (text: string) => out.write(`Waymark: ${text}\n`);
  let home: DemoHome | undefined;
  try {
    home = DemoHome.open(homeFolder(context.root), options.fresh, say);
    return await runIn(home, options, context, say);
  } catch (error) {
    if (!(error instanceof DemoStopped || error instanceof ProcessFailed)) throw error;
    process.stderr.write(`Waymark: ${error.message}\n`);
    return 1;
  } finally {
    home?.release();
  }
}

/** A chain that another version founded does not go on with this one; the demo's may be thrown away, so the way out is a word. */
function checkVersion(genesisFile: string): void {
  if (!existsSync(genesisFile)) return;
  const { format } = JSON.parse(readFileSync(genesisFile, 'utf8')) as { readonly format?: unknown };
  if (format !== GENESIS_FORMAT)
    throw new DemoStopped(
      `The data of the last demo are of another version of Waymark (${String(format)}; this one reads ${GENESIS_FORMAT}). Nothing was changed. \`npm run demo -- --fresh\` deletes them and begins anew.`,
    );
}

const homeFolder = (root: string) => path.resolve(process.env['WAYMARK_HOME'] ?? path.join(root, '.waymark', 'demo'));

async function runIn(
  home: DemoHome,
  options: DemoOptions,
  context: DemoContext,
  say: (text: string) => void,
): Promise<number> {
  const sample = loadSample(context.root);
  const address = options.lan ? lanAddress() : '127.0.0.1';
  if (!address) throw new DemoStopped('--lan was asked for, but this machine has no address on a local network.');
  const consortium = home.at('consortium');
  checkVersion(path.join(consortium, 'genesis.json'));
  await prepareConsortium({
    folder: consortium,
    gateway: home.at('gateway'),
    members: sample.members,
    chainId: 'waymark-demo',
    portBase: options.portBase,
    say,
  });

  const interrupted = interruption();
  const deployment = new Deployment({
    root: context.root,
    home: home.folder,
    consortium,
    portBase: options.portBase,
    host: options.lan ? '0.0.0.0' : '127.0.0.1',
    publicHost: address,
    operators: [DEMO_OPERATOR],
    ...(process.env['REDIS_URL'] !== undefined && { redisUrl: process.env['REDIS_URL'] }),
    restart: true,
    notice: (text) => process.stderr.write(`Waymark: ${text}\n`),
  });
  await deployment.postgres.endStale();
  await refuseTakenPorts(deployment);
  try {
    const started = deployment.start((text) => say(`${seconds(context)} ${text}`));
    if ((await Promise.race([started, interrupted])) === 'interrupted') return await stopped(deployment, say);
    const story = runStory({ home, deployment, sample, say: (text) => say(`${seconds(context)} ${text}`) });
    const result = await Promise.race([story, interrupted]);
    if (result === 'interrupted') return await stopped(deployment, say);
    await present({
      deployment,
      sample,
      keys: result.keys,
      signIns: result.signIns,
      options,
      consortium,
      elapsed: seconds(context),
    });
    await interrupted;
    return await stopped(deployment, say);
  } catch (error) {
    await deployment.stop();
    throw error;
  }
}

const seconds = (context: DemoContext) =>
  `${((performance.now() - context.startedAt) / 1000).toFixed(1).padStart(6)} s`;

/** Resolves at the first Ctrl-C or SIGTERM; a second Ctrl-C while stopping changes nothing. */
function interruption(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve('interrupted'));
    process.on('SIGTERM', () => resolve('interrupted'));
    process.on('SIGHUP', () => resolve('interrupted'));
  });
}

async function stopped(deployment: Deployment, say: (text: string) => void): Promise<number> {
  say('stopping');
  await deployment.stop();
  say('stopped; `npm run demo` goes on from here');
  return 0;
}

async function refuseTakenPorts(deployment: Deployment): Promise<void> {
  for (const { port, host, what } of deployment.portsWanted())
    if (!(await portIsFree(port, host)))
      throw new DemoStopped(
        `Port ${port} (${what}) is taken by another program. Stop that program, or choose other ports: npm run demo -- --port-base ${deployment.plan.portBase + 100}`,
      );
}
