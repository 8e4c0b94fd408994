import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portableHashing, signMessage } from '@waymark/accel/portable';
import {
  encodeGenesis,
  encodeTrustRoot,
  memberIdOf,
  proofOfPossessionBytes,
  sortGenesis,
  trustRootOf,
  type Genesis,
} from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { startInProcessLedger, type InProcessLedger } from '@waymark/node/in-process';
import type { DataSource } from 'typeorm';
import { startApi, type RunningApi } from '../../apps/api/src/app.js';
import { ApiKeys } from '../../apps/api/src/platform/auth/api-keys.js';
import type { Config } from '../../apps/api/src/platform/config/config.js';
import type { Scope } from '../../apps/api/src/platform/auth/permissions.js';
import { createLogger, type Logger } from '../../apps/api/src/platform/logging/logger.js';
import { openDatabase } from '../../apps/api/src/platform/database/database.js';
import { sealKey } from '../../apps/api/src/platform/sealed-keys/sealed-key.js';
import { startWorker, type RunningWorker } from '../../apps/api/src/worker-process.js';
import type { CaptureJobAnswer } from '../../apps/api/src/modules/provenance/capture-jobs.query.js';
import { EmbeddedPostgres, freePort } from './postgres.js';
import { RpcProxy } from './rpc-proxy.js';
import { keyOf } from './small-chain.js';

export interface HouseMember {
  readonly account: string;
  readonly role?: 'company' | 'regulator';
  readonly companyPrefixes?: readonly string[];
}

const MEMBERS: readonly HouseMember[] = [
  { account: 'farm', companyPrefixes: ['9521001'] },
  { account: 'factory', companyPrefixes: ['9521002'] },
  { account: 'shop', companyPrefixes: ['9521003'] },
  { account: 'stranger', companyPrefixes: ['9521009'] },
  { account: 'authority', role: 'regulator' },
];

/** The one validator: the in-process ledger is a consortium of one signer. */
const SEATS = ['farm'];

/**
 * The API as it runs: real Postgres, real queue, HTTP on a port, the worker beside it, and a ledger with one signer in the same process.
 * Parts are stopped and started one by one, for stories of faults.
 */
export class ApiHouse {
  readonly config: Config;
  readonly logger: Logger;
  api: RunningApi | undefined;
  worker: RunningWorker | undefined;
  private readonly keys = new Map<string, string>();

  private constructor(
    readonly folder: string,
    readonly postgres: EmbeddedPostgres,
    readonly ledger: InProcessLedger,
    /** Two addresses of the one node, each of which can misbehave. */
    readonly rpc: readonly [RpcProxy, RpcProxy],
    redisUrl: string | undefined,
    settings: Partial<Config> = {},
  ) {
    this.logger = createLogger('test', process.env['LOG_LEVEL'] ?? 'fatal');
    this.config = {
      databaseUrl: postgres.url,
      redisUrl,
      port: 0,
      host: '127.0.0.1',
      nodes: rpc.map(({ url }) => url),
      trustFile: path.join(folder, 'trust.json'),
      genesisFile: path.join(folder, 'genesis.json'),
      keysDir: path.join(folder, 'keys'),
      keySecretFile: path.join(folder, 'secret'),
      scanBaseUrl: 'http://scan.example',
      publicBaseUrl: undefined,
      consoleBaseUrl: 'http://console.example',
      operators: ['farm'],
      trustedProxies: [],
      accountSecretFile: path.join(folder, 'account-secret'),
      requestsPerMinute: 0,
      oidc: undefined,
      keepDays: 90,
      aliveFile: undefined,
      logLevel: 'fatal',
      ...settings,
    };
  }

  static async open(
    options: {
      members?: readonly HouseMember[];
      redisUrl?: string;
      worker?: boolean;
      settings?: Partial<Config>;
      /** Folder of a database that stays when the house is closed; without it one is made and deleted. */
      databaseHome?: string;
    } = {},
  ): Promise<ApiHouse> {
    const folder = mkdtempSync(path.join(tmpdir(), 'waymark-api-'));
    const members = options.members ?? MEMBERS;
    const { genesis, seeds } = genesisOf(members);
    writeFileSync(path.join(folder, 'genesis.json'), genesis.bytes);
    writeFileSync(path.join(folder, 'trust.json'), encodeTrustRoot(trustRootOf(portableHashing, genesis.value)));
    await entrust(folder, members);
    const postgres = new EmbeddedPostgres({
      home: options.databaseHome ?? path.join(folder, 'postgres'),
      port: await freePort(),
    });
    const [ledger] = await Promise.all([
      startInProcessLedger({ genesis: genesis.bytes, seeds, dir: path.join(folder, 'ledger') }),
      postgres.start(),
    ]);
    const rpc = await Promise.all([RpcProxy.open(() => ledger.rpcUrl), RpcProxy.open(() => ledger.rpcUrl)]);
    const house = new ApiHouse(folder, postgres, ledger, rpc, options.redisUrl, options.settings);
    try {
      await house.startApi();
      if (options.worker !== false) await house.startWorker();
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  async startApi(): Promise<void> {
    this.api = await startApi(this.config, this.logger);
  }

  async stopApi(): Promise<void> {
    await this.api?.close();
    this.api = undefined;
  }

  async startWorker(): Promise<void> {
    this.worker = await startWorker(this.config, this.logger);
  }

  async stopWorker(): Promise<void> {
    await this.worker?.close();
    this.worker = undefined;
  }

  async withDatabase<T>(work: (database: DataSource) => Promise<T>): Promise<T> {
    const database = await openDatabase({ url: this.config.databaseUrl, connectionsMax: 2 }, this.logger);
    try {
      return await work(database);
    } finally {
      await database.destroy();
    }
  }

  /** A new key of the organisation. */
  async newKey(account: string, scopes: readonly Scope[]): Promise<{ id: string; key: string }> {
    return this.withDatabase((database) => new ApiKeys(database).create(account, scopes, 'test'));
  }

  async key(account: string): Promise<string> {
    let key = this.keys.get(account);
    if (key === undefined) {
      key = (await this.newKey(account, ['capture', 'read'])).key;
      this.keys.set(account, key);
    }
    return key;
  }

  /** A request to the API, by `as` where given. */
  async fetch(
    target: string,
    options: { as?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Response> {
    if (this.api === undefined) throw new Error('the API is not running');
    return fetch(new URL(target, this.api.url), {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(options.as !== undefined && { authorization: `Bearer ${await this.key(options.as)}` }),
        ...(options.body !== undefined && { 'content-type': 'application/ld+json' }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: options.body }),
    });
  }

  /** Sends a document; the job's address. Anything but 202 is an error. */
  async capture(as: string, document: unknown, headers: Record<string, string> = {}): Promise<string> {
    const response = await this.fetch('/epcis/capture', { as, headers, body: JSON.stringify(document) });
    if (response.status !== 202)
      throw new Error(`the capture was answered with ${response.status}: ${await response.text()}`);
    return response.headers.get('location') ?? '';
  }

  /** Waits until a job has ended. */
  async finished(as: string, location: string, timeoutMs = 20_000): Promise<CaptureJobAnswer> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const response = await this.fetch(location, { as });
      const job = (await response.json()) as CaptureJobAnswer;
      if (response.ok && !job.running) return job;
      if (Date.now() > until) throw new Error(`the job did not end: ${response.status} ${JSON.stringify(job)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async captured(as: string, document: unknown, headers: Record<string, string> = {}): Promise<CaptureJobAnswer> {
    return this.finished(as, await this.capture(as, document, headers));
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.stopApi();
    for (const proxy of this.rpc) await proxy.close();
    await this.ledger.close();
    await this.postgres.stop();
    this.postgres.close();
    EmbeddedPostgres.remove(path.join(this.folder, 'postgres'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Genesis of these members; keys are made of names, so that two runs make the same chain. */
export function genesisOf(members: readonly HouseMember[]): {
  genesis: { bytes: Uint8Array; value: Genesis };
  seeds: Record<string, Uint8Array>;
} {
  const proof = (role: 'organisation' | 'consensus', account: string, seed: Uint8Array) =>
    toHex(signMessage(seed, proofOfPossessionBytes(role, account)));
  const seeds: Record<string, Uint8Array> = {};
  const validators = members
    .filter(({ account }) => SEATS.includes(account))
    .map(({ account, role }) => {
      const key = keyOf(`consensus/${account}`);
      const memberId = toHex(memberIdOf(portableHashing, account, 'node'));
      seeds[memberId] = key.seed;
      return {
        memberId,
        account,
        node: 'node',
        class: role === 'regulator' ? ('regulator' as const) : ('nominated' as const),
        consensusKey: toHex(key.publicKey),
        proofOfPossession: proof('consensus', account, key.seed),
        p2pKey: toHex(keyOf(`p2p/${account}`).publicKey),
      };
    });
  const value = sortGenesis({
    format: 'waymark-genesis/2',
    suite: 1,
    chainId: 'api-house',
    timeMs: 1_700_000_000_000,
    parameters: {
      deltaMs: 20,
      minBlockMs: 20,
      slotMs: 1_000,
      maxBlockBytes: 8 << 20,
      maxTxBytes: 1 << 20,
      expiryHeightsMax: 10_000,
      guardianEvery: 0,
      epochLength: 0,
    },
    organisations: members.map(({ account, role = 'company', companyPrefixes = [] }) => {
      const key = keyOf(`organisation/${account}`);
      return {
        account,
        name: { en: `The ${account}`, 'zh-CN': `${account} 公司` },
        role,
        class: role === 'regulator' ? ('regulator' as const) : ('producer' as const),
        keys: [{ publicKey: toHex(key.publicKey), proofOfPossession: proof('organisation', account, key.seed) }],
        companyPrefixes: [...companyPrefixes],
      };
    }),
    validators,
    proposers: validators.filter((validator) => validator.class !== 'regulator').map(({ memberId }) => memberId),
  });
  return { genesis: { bytes: encodeGenesis(value), value }, seeds };
}

async function entrust(folder: string, members: readonly HouseMember[]): Promise<void> {
  const secret = randomBytes(32).toString('hex');
  writeFileSync(path.join(folder, 'secret'), secret, { mode: 0o600 });
  writeFileSync(path.join(folder, 'account-secret'), randomBytes(32).toString('hex'), { mode: 0o600 });
  mkdirSync(path.join(folder, 'keys'), { mode: 0o700 });
  for (const { account } of members) {
    const { seed, publicKey } = keyOf(`organisation/${account}`);
    writeFileSync(
      path.join(folder, 'keys', `${account}.key.json`),
      JSON.stringify(await sealKey(seed, { account, publicKey, secret })),
      { mode: 0o600 },
    );
  }
}
