// One deployment with containers under test: a project of its own with ports, networks and volumes of its own.
/* global AbortSignal */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap.mjs';
import { docker, eventually, run } from './engine.mjs';

const nodes = [1, 2, 3, 4];
/** Everything that runs for good. */
const SERVICES = ['postgres', 'redis', 'api', 'workers', 'console', 'scan', ...nodes.map((n) => `node-${n}`)];

export class TestDeployment {
  /** @param name the project's name; @param ports of this deployment: base + 0 API, 1 console, 2 scan, 3 https, 4 http, 21..24 peers */
  constructor({ name, compose, portBase, frontPrefix, images, version, env = {}, files = ['docker-compose.yml'] }) {
    this.name = name;
    this.compose = compose;
    this.files = files;
    this.portBase = portBase;
    this.env = {
      COMPOSE_PROJECT_NAME: name,
      COMPOSE_HTTP_TIMEOUT: '600',
      DOCKER_BUILDKIT: process.env['DOCKER_BUILDKIT'] ?? '1',
      COMPOSE_DOCKER_CLI_BUILD: '0',
      IMAGES: images,
      VERSION: version,
      FRONT_PREFIX: frontPrefix,
      PEERS_NETWORK: `${name}-peers`,
      API_PORT: `127.0.0.1:${portBase}`,
      CONSOLE_PORT: `127.0.0.1:${portBase + 1}`,
      SCAN_PORT: `127.0.0.1:${portBase + 2}`,
      HTTPS_PORT: `127.0.0.1:${portBase + 3}`,
      HTTP_PORT: `127.0.0.1:${portBase + 4}`,
      CONSOLE_URL: `http://127.0.0.1:${portBase + 1}`,
      SCAN_URL: `http://127.0.0.1:${portBase + 2}`,
      ...Object.fromEntries(nodes.map((n) => [`NODE_${n}_PEERS`, `127.0.0.1:${portBase + 20 + n}`])),
      ...env,
    };
  }

  get apiUrl() {
    return `http://127.0.0.1:${this.portBase}`;
  }
  get consoleUrl() {
    return `http://127.0.0.1:${this.portBase + 1}`;
  }
  get scanUrl() {
    return `http://127.0.0.1:${this.portBase + 2}`;
  }

  /** compose ARGS in this project. */
  do(args, options = {}) {
    const [command, ...rest] = this.compose;
    return run(command, [...rest, ...this.files.flatMap((file) => ['-f', path.resolve(root, file)]), ...args], {
      cwd: root,
      ...options,
      env: { ...this.env, ...options.env },
    });
  }

  /** A script of docker/ as an operator runs it: where docker-compose.yml lies. */
  script(name, args, options = {}) {
    return run(path.join(root, 'docker', name), args, { cwd: root, ...options, env: this.env });
  }

  async container(service) {
    const { stdout } = await docker(
      'ps',
      '-a',
      '-q',
      '--filter',
      `label=com.docker.compose.project=${this.name}`,
      '--filter',
      `label=com.docker.compose.service=${service}`,
      '--filter',
      'label=com.docker.compose.oneoff=False',
    );
    const [id] = stdout.split('\n');
    if (!id) throw new Error(`there is no container of ${service}`);
    return id;
  }

  async inspect(service) {
    const { stdout } = await docker('inspect', await this.container(service));
    return JSON.parse(stdout)[0];
  }

  async health(service) {
    const { State } = await this.inspect(service);
    return State.Running ? (State.Health?.Status ?? 'running') : `ended (${State.ExitCode})`;
  }

  async up(args = []) {
    await this.do(['up', '-d', '--no-build', ...args]);
  }

  /** Waits until every service (or those named) is healthy. */
  async healthy(services = SERVICES, timeoutMs = 300_000) {
    const waiting = new Set(services);
    await eventually(
      `all healthy: ${services.join(', ')}`,
      async () => {
        const states = [];
        for (const service of waiting) {
          const state = await this.health(service);
          if (state === 'healthy') waiting.delete(service);
          else states.push(`${service} ${state}`);
        }
        if (waiting.size > 0) throw new Error(states.join(', '));
        return true;
      },
      timeoutMs,
    );
  }

  async logs(service, tail = 400) {
    const { stdout, stderr } = await run('docker', ['logs', '--tail', String(tail), await this.container(service)]);
    return stdout + stderr;
  }

  async exec(service, command, options = {}) {
    return run('docker', ['exec', '-i', await this.container(service), ...command], options);
  }

  /** JSON-RPC of a node, asked from inside its container: it is published nowhere. */
  async rpc(n, method, params = {}, service = `node-${n}`, host = `node-${n}-rpc`) {
    const script = `const token = require('node:fs').readFileSync('/waymark/ledger/token', 'utf8').trim();
fetch('http://${host}:4310/', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: process.argv[1], params: JSON.parse(process.argv[2]) }) })
  .then(async (answer) => process.stdout.write(await answer.text()), (error) => { console.error(String(error.cause ?? error)); process.exit(1); });`;
    const { stdout } = await this.exec(service, ['node', '-e', script, method, JSON.stringify(params)]);
    const answer = JSON.parse(stdout);
    if (answer.error !== undefined) throw new Error(`${method} on node-${n}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  }

  async heights() {
    return Promise.all(nodes.map(async (n) => (await this.rpc(n, 'status')).finalHeight));
  }

  async sql(query) {
    const { stdout } = await this.exec('postgres', ['psql', '-At', '-c', query]);
    return stdout.trim();
  }

  /** The administrator's command of the API, in a container of its own. */
  async admin(...args) {
    const { stdout } = await this.do(['run', '--rm', '--no-deps', '-T', 'api', 'admin', ...args]);
    return stdout;
  }

  async key(organisation, scopes = 'capture,read') {
    const answer = await this.admin('create-key', '--organisation', organisation, '--scopes', scopes, '--json');
    return JSON.parse(answer.slice(answer.indexOf('{'))).key;
  }

  async get(url, headers = {}) {
    return fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) });
  }

  /** Sends a document and gives the job's address; a 503 and a lost connection are tried again with the same key, as a client must. */
  async capture(key, document, idempotencyKey, visibility = 'public') {
    return eventually(
      'a capture is accepted',
      async () => {
        const answer = await fetch(`${this.apiUrl}/epcis/capture`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'waymark-visibility': visibility,
            ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          },
          body: JSON.stringify(document),
          signal: AbortSignal.timeout(30_000),
        });
        if (answer.status === 202) return new URL(answer.headers.get('location'), this.apiUrl).href;
        throw new Error(`${answer.status}: ${await answer.text()}`);
      },
      120_000,
    );
  }

  async jobDone(location, key, timeoutMs = 120_000) {
    const job = await eventually(
      `the capture ${location} ends`,
      async () => {
        const answer = await this.get(location, { authorization: `Bearer ${key}` });
        const body = await answer.json();
        if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
        return body.running ? undefined : body;
      },
      timeoutMs,
    );
    if (!job.success) throw new Error(`the capture was refused: ${JSON.stringify(job.errors)}`);
    return job;
  }

  async remove() {
    await this.do(['--profile', 'tls', 'down', '-v', '--remove-orphans', '--timeout', '20'], { allowFailure: true });
  }
}

/** A document of a company that holds the sample's processor's prefix; each one makes a lot of its own. */
export function documentOf(serial, prefix = '9521005') {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date().toISOString(),
    epcisBody: {
      eventList: [
        {
          type: 'ObjectEvent',
          action: 'ADD',
          bizStep: 'commissioning',
          disposition: 'active',
          epcList: [`urn:epc:id:sgtin:${prefix}.000101.${serial}`],
          eventTime: new Date().toISOString(),
          eventTimeZoneOffset: '+00:00',
          readPoint: { id: `urn:epc:id:sgln:${prefix}.00010.0` },
          bizLocation: { id: `urn:epc:id:sgln:${prefix}.00010.0` },
        },
      ],
    },
  };
}

export const sampleCompanies = () =>
  JSON.parse(readFileSync(path.join(root, 'samples/seafood/companies.json'), 'utf8'));
