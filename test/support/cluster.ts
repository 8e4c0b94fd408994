import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { promisify } from 'node:util';
import { CaptureClient } from '../../apps/cli/src/capture/capture-client.js';
import { Deployment, EmbeddedPostgres, freePortBase, prepareConsortium } from '../../apps/cli/src/cluster/index.js';
import { loadSample, type Sample } from '../../apps/cli/src/demo/sample.js';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Real processes of a whole Waymark in a folder of their own, the same as the demo starts; nothing is restarted by itself. */
export class TestCluster {
  private readonly keys = new Map<string, string>();
  readonly notices: string[] = [];

  private constructor(
    readonly home: string,
    readonly deployment: Deployment,
    readonly sample: Sample,
  ) {}

  static async start(options: { redisUrl?: string; operators?: readonly string[] } = {}): Promise<TestCluster> {
    if (!existsSync(path.join(root, 'apps/node/dist/main.js')))
      throw new Error('end-to-end tests run the built product: run `npm run build` first');
    const home = mkdtempSync(path.join(tmpdir(), 'waymark-e2e-'));
    const sample = loadSample(root);
    const portBase = await freePortBase(4);
    const consortium = path.join(home, 'consortium');
    await prepareConsortium({
      folder: consortium,
      gateway: path.join(home, 'gateway'),
      members: sample.members,
      chainId: 'waymark-test',
      portBase,
    });
    const notices: string[] = [];
    const deployment = new Deployment({
      root,
      home,
      consortium,
      portBase,
      host: '127.0.0.1',
      publicHost: '127.0.0.1',
      restart: false,
      notice: (text) => notices.push(text),
      ...options,
    });
    const cluster = new TestCluster(home, deployment, sample);
    cluster.notices.push(...notices);
    try {
      await deployment.start();
    } catch (error) {
      await cluster.close();
      throw error;
    }
    return cluster;
  }

  get trustFile(): string {
    return path.join(this.home, 'consortium', 'trust.json');
  }

  async key(account: string): Promise<string> {
    let key = this.keys.get(account);
    if (!key) {
      const regulator = this.sample.companies.find((company) => company.account === account)?.role === 'regulator';
      ({ key } = await this.deployment.createApiKey(account, regulator ? ['read'] : ['capture', 'read']));
      this.keys.set(account, key);
    }
    return key;
  }

  async client(account: string): Promise<CaptureClient> {
    return new CaptureClient(this.deployment.apiUrl, await this.key(account));
  }

  /** Captures the bundled sample, company by company, and waits until each part is final. */
  async captureSample(visibility: 'public' | 'partners' | 'own' = 'public'): Promise<void> {
    for (const { account, document } of this.sample.turns) {
      const client = await this.client(account);
      const job = await client.finished(await client.send(document, visibility));
      if (!job.success) throw new Error(`${account}: ${JSON.stringify(job.errors)}`);
    }
  }

  async get(pathOnApi: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(pathOnApi, this.deployment.apiUrl), { headers, redirect: 'manual' });
  }

  async rpc<T>(node: number, method: string, params: object = {}): Promise<T> {
    const response = await fetch(this.deployment.rpcUrl(node), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const answer = (await response.json()) as { result?: T; error?: unknown };
    if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result as T;
  }

  /** Ends every session of every person, as an administrator's act or a long night does. */
  async endAllSessions(): Promise<void> {
    const client = new Client({ connectionString: this.deployment.postgres.url });
    await client.connect();
    try {
      await client.query(`UPDATE session SET ended_at = now(), ended_reason = 'ended'`);
      await client.query(`DELETE FROM session_token`);
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.deployment.stop();
    EmbeddedPostgres.remove(path.join(this.home, 'postgres'));
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Runs `waymark` as a user would, and says how it ended. */
export async function waymark(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [path.join(root, 'apps/cli/dist/main.js'), ...args],
      { cwd: root },
    );
    return { status: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { status: failed.code ?? 1, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

/** Waits until `check` holds; the description is the failure's message. */
export async function eventually(
  description: string,
  check: () => Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    if (await check().catch(() => false)) return;
    if (Date.now() > until) throw new Error(`did not come to hold within ${timeoutMs / 1000} s: ${description}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
