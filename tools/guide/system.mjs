// A Waymark of its own for the pictures: the same parts as the demo starts, in a folder that is removed afterwards.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../bootstrap.mjs';

const built = (file) => import(pathToFileURL(path.join(root, 'apps', 'cli', 'dist', file)).href);
const pg = createRequire(path.join(root, 'apps', 'api', 'package.json'))('pg');

/** Starts everything with the bundled sample captured and one person for each role. */
export async function startSystem(portBase, say) {
  const cluster = await built('cluster/index.js');
  const { loadSample } = await built('demo/sample.js');
  const { DEMO_OPERATOR, DEMO_PEOPLE } = await built('demo/people.js');
  const { CaptureClient } = await built('capture/capture-client.js');
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-guide-'));
  const consortium = path.join(home, 'consortium');
  const sample = loadSample(root);
  const remove = () => {
    cluster.EmbeddedPostgres.remove(path.join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  };
  await cluster.prepareConsortium({
    folder: consortium,
    gateway: path.join(home, 'gateway'),
    members: sample.members,
    chainId: 'waymark-guide',
    portBase,
  });
  const deployment = new cluster.Deployment({
    root,
    home,
    consortium,
    portBase,
    host: '127.0.0.1',
    publicHost: '127.0.0.1',
    operators: [DEMO_OPERATOR],
    restart: false,
    notice: (text) => process.stderr.write(`Waymark: ${text}\n`),
  });
  const beside = [];
  const system = {
    deployment,
    sample,
    people: cluster.withPasswords(DEMO_PEOPLE),
    can: `https://id.gs1.org${sample.canPath}`,
    trustFile: path.join(consortium, 'trust.json'),
    async client(account) {
      const { key } = await deployment.createApiKey(account, ['capture', 'read']);
      return new CaptureClient(deployment.apiUrl, key);
    },
    /** Rows of one question to the API's database. */
    async ask(statement) {
      const client = new pg.Client({ connectionString: deployment.postgres.url });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
    /** A full node of a member beside the consortium, as `waymark join` makes it. */
    async join(account) {
      const member = path.join(home, 'member');
      mkdirSync(member);
      const files = path.join(consortium, 'members', account);
      const peers = deployment.network.map((_node, index) => `127.0.0.1:${deployment.ports.nodeP2p(index)}`);
      await promisify(execFile)(process.execPath, [
        path.join(root, 'apps/cli/dist/main.js'),
        ...['join', '--genesis', path.join(consortium, 'genesis.json'), '--trust', system.trustFile],
        ...['--key', path.join(files, 'organisation.key.json')],
        ...['--secret', path.join(files, 'organisation.secret')],
        ...['--peers', peers.join(','), '--rpc', `127.0.0.1:${portBase + 30}`, '--out', path.join(member, 'node')],
      ]);
      const node = new cluster.ManagedProcess({
        name: 'node-joining',
        script: path.join(root, 'apps/node/dist/main.js'),
        args: ['--config', path.join(member, 'node', 'node.json')],
        logFile: path.join(member, 'node.log'),
      });
      await node.start();
      beside.push(node);
    },
    async close() {
      for (const node of beside) await node.stop();
      await deployment.stop();
      remove();
    },
  };
  try {
    for (const { port, host, what } of deployment.portsWanted())
      if (!(await cluster.portIsFree(port, host)))
        throw new Error(`port ${port}, wanted for ${what}, is taken; choose others with --port-base`);
    await deployment.start(say);
    await cluster.createAccounts(deployment, system.people);
    const clients = new Map();
    for (const { account, document } of sample.turns) {
      if (!clients.has(account)) clients.set(account, await system.client(account));
      const client = clients.get(account);
      const job = await client.finished(await client.send(document, 'public'));
      if (!job.success) throw new Error(`the sample was refused: ${JSON.stringify(job.errors)}`);
    }
    say('the sample is captured');
    return system;
  } catch (error) {
    await system.close();
    throw error;
  }
}
