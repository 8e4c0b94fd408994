import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ManagedProcess, type ProcessPlan } from './managed-process.js';
import { portPlan } from './ports.js';
import { EmbeddedPostgres } from './postgres.js';

/** What `waymark init` wrote about the nodes of a consortium (`network.json`). */
const networkSchema = z.object({
  nodes: z.array(
    z.looseObject({
      name: z.string(),
      account: z.string(),
      role: z.string(),
      rpc: z.object({ host: z.string(), port: z.number() }),
    }),
  ),
});
export type NetworkNode = z.infer<typeof networkSchema>['nodes'][number];

export interface DeploymentPlan {
  /** The project's root: where `apps/` lies, built. */
  root: string;
  /** The deployment's own folder: logs, Postgres, the gateway's keys. */
  home: string;
  /** The folder that `waymark init` made. */
  consortium: string;
  portBase: number;
  /** Where page and API listen; the nodes and Postgres always stay on loopback. */
  host: string;
  /** How the page is reached from outside, as printed in codes, without a path. */
  publicHost: string;
  /** Use this Redis for the queue instead of Postgres. */
  redisUrl?: string;
  /** Organisations whose people may run this deployment. */
  operators?: readonly string[];
  /** Parts that end unasked are started again. */
  restart: boolean;
  notice: (text: string) => void;
}

const answers = async (url: string): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.ok;
};

/** A whole Waymark on one machine: Postgres, the consortium's nodes, the API with its worker, the scan page. */
export class Deployment {
  readonly ports;
  readonly postgres: EmbeddedPostgres;
  readonly network: NetworkNode[];
  readonly nodes: ManagedProcess[];
  readonly api: ManagedProcess;
  readonly worker: ManagedProcess;
  readonly web: ManagedProcess;
  readonly console: ManagedProcess;

  constructor(readonly plan: DeploymentPlan) {
    this.ports = portPlan(plan.portBase);
    this.network = networkSchema.parse(
      JSON.parse(readFileSync(path.join(plan.consortium, 'network.json'), 'utf8')),
    ).nodes;
    this.postgres = new EmbeddedPostgres({
      home: path.join(plan.home, 'postgres'),
      port: this.ports.postgres,
      onExit: (text) => {
        plan.notice(plan.restart ? `${text}; starting it again` : text);
        if (plan.restart) void this.postgres.start().catch((error: unknown) => plan.notice(String(error)));
      },
    });
    this.nodes = this.network.map((node) => this.nodeProcess(node));
    const shared = this.applicationEnvironment();
    this.api = this.process({
      name: 'api',
      script: path.join(plan.root, 'apps/api/dist/main.js'),
      env: { ...shared, HOST: plan.host, PORT: String(this.ports.api) },
      ready: () => answers(`${this.apiUrl}/health`),
    });
    this.worker = this.process({
      name: 'worker',
      script: path.join(plan.root, 'apps/api/dist/worker.js'),
      env: {
        ...shared,
        WAYMARK_KEYS_DIR: path.join(plan.home, 'gateway', 'keys'),
        WAYMARK_KEY_SECRET_FILE: path.join(plan.home, 'gateway', 'secret'),
      },
    });
    this.web = this.process({
      name: 'web',
      script: path.join(plan.root, 'apps/scan-web/dist/server/main.js'),
      env: {
        HOST: plan.host,
        PORT: String(this.ports.scan),
        API_URL: this.apiUrl,
        WAYMARK_TRUST_FILE: path.join(plan.consortium, 'trust.json'),
      },
      ready: () => answers(`${this.localUrl(this.ports.scan)}/health`),
    });
    this.console = this.process({
      name: 'console',
      script: path.join(plan.root, 'apps/admin-web/dist/server/main.js'),
      env: {
        HOST: plan.host,
        PORT: String(this.ports.console),
        API_BASE_URL: this.apiUrl,
      },
      ready: () => answers(`${this.localUrl(this.ports.console)}/health`),
    });
  }

  private localUrl(port: number): string {
    return `http://${this.plan.host === '0.0.0.0' ? '127.0.0.1' : this.plan.host}:${port}`;
  }

  get apiUrl(): string {
    return this.localUrl(this.ports.api);
  }

  /** The API's base as printed for people: with `--lan`, reachable from the same network. */
  get publicApiUrl(): string {
    return `http://${this.plan.publicHost}:${this.ports.api}`;
  }

  /** The page's base as printed in codes. */
  get scanUrl(): string {
    return `http://${this.plan.publicHost}:${this.ports.scan}`;
  }

  /** The console's base as people open it. */
  get consoleUrl(): string {
    return `http://${this.plan.publicHost}:${this.ports.console}`;
  }

  rpcUrl(index: number): string {
    const node = this.network[index];
    if (!node) throw new Error(`there is no node ${index}`);
    return `http://${node.rpc.host}:${node.rpc.port}`;
  }

  private applicationEnvironment(): Record<string, string> {
    return {
      DATABASE_URL: this.postgres.url,
      WAYMARK_NODES: this.network.map((_node, index) => this.rpcUrl(index)).join(','),
      WAYMARK_TRUST_FILE: path.join(this.plan.consortium, 'trust.json'),
      WAYMARK_GENESIS_FILE: path.join(this.plan.consortium, 'genesis.json'),
      SCAN_BASE_URL: this.scanUrl,
      CONSOLE_BASE_URL: this.consoleUrl,
      // Scan page and console ask from this machine, and name the client for whom they ask.
      WAYMARK_ACCOUNT_SECRET_FILE: this.accountSecret(),
      WAYMARK_TRUSTED_PROXIES: '127.0.0.1,::1',
      ...(this.plan.operators !== undefined && { WAYMARK_OPERATORS: this.plan.operators.join(',') }),
      ...(this.plan.redisUrl !== undefined && { REDIS_URL: this.plan.redisUrl }),
    };
  }

  /** What the second factors of people are sealed with: made once, in the deployment's own folder. */
  private accountSecret(): string {
    const file = path.join(this.plan.home, 'account-secret');
    if (!existsSync(file)) {
      mkdirSync(this.plan.home, { recursive: true });
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    }
    return file;
  }

  private async admin(...args: string[]): Promise<string> {
    const script = path.join(this.plan.root, 'apps/api/dist/admin.js');
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
      env: { ...process.env, ...this.applicationEnvironment() },
    });
    return stdout;
  }

  /** A new API key of an organisation; it is shown once, the database keeps its hash. */
  async createApiKey(account: string, scopes: readonly string[]): Promise<{ id: string; key: string }> {
    const answer = await this.admin('create-key', '--organisation', account, '--scopes', scopes.join(','), '--json');
    return z.object({ id: z.string(), key: z.string() }).parse(JSON.parse(answer));
  }

  /** A one-time link with which somebody chooses a password, for the first person of an organisation. */
  async invite(person: { organisation: string; email: string; roles: readonly string[] }): Promise<string> {
    const roles = person.roles.flatMap((role) => ['--role', role]);
    const answer = await this.admin(
      'invite',
      ...['--organisation', person.organisation, '--email', person.email],
      ...roles,
      '--json',
    );
    return z.object({ link: z.string() }).parse(JSON.parse(answer)).link;
  }

  async revokeApiKey(id: string): Promise<void> {
    await this.admin('revoke-key', '--id', id);
  }

  private process(plan: Omit<ProcessPlan, 'logFile' | 'restart' | 'onExit'>): ManagedProcess {
    return new ManagedProcess({
      ...plan,
      logFile: path.join(this.plan.home, 'logs', `${plan.name}.log`),
      restart: this.plan.restart,
      onExit: this.plan.notice,
    });
  }

  private nodeProcess(node: NetworkNode): ManagedProcess {
    const config = path.join(this.plan.consortium, 'members', node.account, 'nodes', node.name, 'node.json');
    if (!existsSync(config)) throw new Error(`${config} is missing: run \`npm run waymark -- init\` again`);
    return this.process({
      name: `node-${node.name}`,
      script: path.join(this.plan.root, 'apps/node/dist/main.js'),
      args: ['--config', config],
      ready: () => answers(`http://${node.rpc.host}:${node.rpc.port}/health`),
    });
  }

  /** Every port of the plan with what it is for, so that a taken one can be named before anything starts. */
  portsWanted(): { port: number; host: string; what: string }[] {
    return [
      { port: this.ports.api, host: this.plan.host, what: 'the API' },
      { port: this.ports.console, host: this.plan.host, what: 'the console' },
      { port: this.ports.scan, host: this.plan.host, what: 'the scan page' },
      { port: this.ports.postgres, host: '127.0.0.1', what: 'Postgres' },
      ...this.network.flatMap((node, index) => [
        { port: node.rpc.port, host: '127.0.0.1', what: `the RPC of node ${node.name}` },
        { port: this.ports.nodeP2p(index), host: '127.0.0.1', what: `the peers of node ${node.name}` },
      ]),
    ];
  }

  /** Nodes and Postgres start side by side, then API, worker and pages. */
  async start(progress: (text: string) => void = () => undefined): Promise<void> {
    await Promise.all([
      this.postgres.start().then(() => progress('Postgres answers')),
      Promise.all(this.nodes.map((node) => node.start())).then(() => progress(`${this.nodes.length} nodes answer`)),
    ]);
    // The API runs the migrations; its worker needs them.
    await this.api.start();
    progress('the API answers');
    await Promise.all([this.worker.start(), this.web.start(), this.console.start()]);
    progress('worker, scan page and console are up');
  }

  /** In reverse order; each part ends in order or is ended after a while. */
  async stop(): Promise<void> {
    await Promise.all([this.console.stop(), this.web.stop(), this.api.stop(), this.worker.stop()]);
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.postgres.stop();
    for (const part of [this.console, this.web, this.api, this.worker, ...this.nodes]) part.close();
    this.postgres.close();
  }
}
