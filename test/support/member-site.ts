import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgres, freePort, ManagedProcess } from '../../apps/cli/src/cluster/index.js';
import { root, waymark, type TestCluster } from './cluster.js';

const answers = async (url: string): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.ok;
};

/** A member's own deployment beside a running consortium: a full node that `waymark join` made, Postgres, API and worker. */
export class MemberSite {
  private readonly parts: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly home: string,
    readonly account: string,
    readonly node: ManagedProcess,
    readonly rpcUrl: string,
    readonly config: string,
  ) {}

  /** Joins with the files that the consortium hands out; starts nothing. `files`: another consortium's folder, for a wrong genesis. */
  static async join(
    cluster: TestCluster,
    account: string,
    options: { files?: string; name?: string } = {},
  ): Promise<MemberSite> {
    const files = options.files ?? path.join(cluster.home, 'consortium');
    const home = path.join(cluster.home, options.name ?? `site-${account}`);
    mkdirSync(home);
    const rpc = await freePort();
    const { network } = cluster.deployment;
    const joined = await waymark(
      ...['join', '--genesis', path.join(files, 'genesis.json'), '--trust', path.join(files, 'trust.json')],
      ...['--key', path.join(files, 'members', account, 'organisation.key.json')],
      ...['--secret', path.join(files, 'members', account, 'organisation.secret')],
      ...['--peers', network.map((_node, index) => `127.0.0.1:${cluster.deployment.ports.nodeP2p(index)}`).join(',')],
      ...['--rpc', `127.0.0.1:${rpc}`, '--out', path.join(home, 'node')],
    );
    if (joined.status !== 0) throw new Error(joined.stderr);
    const config = path.join(home, 'node', 'node.json');
    const node = new ManagedProcess({
      name: `node-${account}`,
      script: path.join(root, 'apps/node/dist/main.js'),
      args: ['--config', config],
      logFile: path.join(home, 'node.log'),
    });
    return new MemberSite(home, account, node, `http://127.0.0.1:${rpc}`, config);
  }

  /** Postgres, API and worker of its own, fed by its own node. Gives the API's address. */
  async serve(gateway: string): Promise<string> {
    const [api, database] = [await freePort(), await freePort()];
    const postgres = new EmbeddedPostgres({
      home: path.join(this.home, 'postgres'),
      port: database,
      onExit: () => undefined,
    });
    await postgres.start();
    this.parts.push(postgres);
    mkdirSync(path.join(this.home, 'keys'));
    const key = `${this.account}.key.json`;
    cpSync(path.join(gateway, 'keys', key), path.join(this.home, 'keys', key));
    const env = {
      DATABASE_URL: postgres.url,
      WAYMARK_NODES: this.rpcUrl,
      WAYMARK_TRUST_FILE: path.join(this.home, 'node', 'trust.json'),
      WAYMARK_GENESIS_FILE: path.join(this.home, 'node', 'genesis.json'),
    };
    const url = `http://127.0.0.1:${api}`;
    const start = async (
      name: string,
      script: string,
      more: Record<string, string>,
      ready?: () => Promise<boolean>,
    ) => {
      const part = new ManagedProcess({
        name,
        script: path.join(root, 'apps/api/dist', script),
        env: { ...env, ...more },
        logFile: path.join(this.home, `${name}.log`),
        ...(ready === undefined ? {} : { ready }),
      });
      await part.start();
      this.parts.push(part);
    };
    await start('api', 'main.js', { PORT: String(api) }, () => answers(`${url}/health`));
    await start('worker', 'worker.js', {
      WAYMARK_KEYS_DIR: path.join(this.home, 'keys'),
      WAYMARK_KEY_SECRET_FILE: path.join(gateway, 'secret'),
    });
    return url;
  }

  async rpc<T>(method: string, params: object = {}): Promise<T> {
    const response = await fetch(this.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const answer = (await response.json()) as { result?: T; error?: unknown };
    if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result as T;
  }

  get log(): string {
    return readFileSync(path.join(this.home, 'node.log'), 'utf8');
  }

  async close(): Promise<void> {
    for (const part of this.parts.reverse()) await part.stop();
    await this.node.stop();
    EmbeddedPostgres.remove(path.join(this.home, 'postgres'));
  }
}
