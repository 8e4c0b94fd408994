/**
 * For specs: a consortium of nodes in one process, with real keys, real TLS on loopback and real files; and a small module
 * whose rules are easy to see.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeHashing, nativeSign, openNativeSigner } from '@waymark/accel/node';
import {
  assembleTransaction,
  buildTransaction,
  encodeGenesis,
  genesisHashOf,
  memberIdOf,
  proofOfPossessionBytes,
  refusal,
  type Genesis,
  type GenesisParameters,
  type GenesisValidator,
} from '@waymark/ledger/chain';
import { toHex, utf8 } from '@waymark/ledger/primitives';
import type { LedgerModule } from '@waymark/ledger/runtime';
import { pino } from 'pino';
import { startNode, type RunningNode } from '../compose.js';
import { loadConfig, type NodeConfigFile } from '../config/index.js';
import { newNodeCertificate } from '../network/node-certificate.js';
import { writeFirstSignState } from '../signer/first-sign-state.js';

/** `notes.write`: remembers each text once, for good; a text that begins with "bad" is refused. */
export const notes: LedgerModule = {
  number: 9,
  kinds: ['notes.write'],
  execute(context, body, state) {
    if (new TextDecoder().decode(body.content).startsWith('bad')) return { refusal: refusal('NOTES_BAD') };
    if (state.get(body.content) !== undefined) return { refusal: refusal('NOTES_TWICE') };
    state.put(body.content, utf8(context.sender.account));
    return { events: [{ type: 'notes.written', content: utf8(JSON.stringify({ by: context.sender.account })) }] };
  },
};

export const testParameters: GenesisParameters = {
  deltaMs: 100,
  minBlockMs: 20,
  slotMs: 1_000,
  maxBlockBytes: 4 * 1024 * 1024,
  maxTxBytes: 1024 * 1024,
  expiryHeightsMax: 10_000,
  guardianEvery: 0,
  epochLength: 0,
};

const ACCOUNTS = ['processor', 'importer', 'farm', 'regulator', 'shop', 'carrier', 'bank'];

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export interface TestGenesis {
  readonly bytes: Uint8Array;
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
  /** Organisation seeds by account. */
  readonly organisationSeeds: Readonly<Record<string, Uint8Array>>;
  /** Consensus seeds by memberId. */
  readonly consensusSeeds: Readonly<Record<string, Uint8Array>>;
}

/** A genesis of `count` validators, one an organisation; the fourth is the regulator. */
export function testGenesis(
  count: number,
  parameters: Partial<GenesisParameters> = {},
  p2pKeys: readonly string[] = [],
): TestGenesis {
  const organisationSeeds: Record<string, Uint8Array> = {};
  const consensusSeeds: Record<string, Uint8Array> = {};
  const publicKey = (seed: Uint8Array): string => toHex(openNativeSigner(seed).publicKey);
  const accounts = ACCOUNTS.slice(0, count);
  const validators = accounts.map((account, index): GenesisValidator => {
    const seed = new Uint8Array(randomBytes(32));
    const memberId = toHex(memberIdOf(nativeHashing, account, `${account}-1`));
    consensusSeeds[memberId] = seed;
    return {
      memberId,
      account,
      node: `${account}-1`,
      class: index === 3 ? 'regulator' : 'nominated',
      consensusKey: publicKey(seed),
      proofOfPossession: toHex(nativeSign(seed, proofOfPossessionBytes('consensus', account))),
      p2pKey: p2pKeys[index] ?? publicKey(new Uint8Array(randomBytes(32))),
    };
  });
  const genesis: Genesis = {
    format: 'waymark-genesis/2',
    suite: 1,
    chainId: 'waymark-spec',
    timeMs: Date.now() - 60_000,
    parameters: { ...testParameters, ...parameters },
    organisations: accounts
      .map((account, index) => {
        const seed = new Uint8Array(randomBytes(32));
        organisationSeeds[account] = seed;
        return {
          account,
          name: { en: account, 'zh-CN': account },
          role: index === 3 ? ('regulator' as const) : ('company' as const),
          class: index === 3 ? ('regulator' as const) : ('producer' as const),
          keys: [
            {
              publicKey: publicKey(seed),
              proofOfPossession: toHex(nativeSign(seed, proofOfPossessionBytes('organisation', account))),
            },
          ],
          companyPrefixes: [`95212${index}`],
        };
      })
      .sort((a, b) => (a.account < b.account ? -1 : 1)),
    validators: [...validators].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    proposers: validators
      .filter((validator) => validator.class !== 'regulator')
      .map(({ memberId }) => memberId)
      .sort(),
  };
  const bytes = encodeGenesis(genesis);
  return { bytes, genesis, genesisHash: genesisHashOf(nativeHashing, bytes), organisationSeeds, consensusSeeds };
}

/** A signed transaction of `notes.write` bodies. */
export function noteTransaction(
  of: Pick<TestGenesis, 'genesisHash' | 'organisationSeeds'>,
  sender: string,
  texts: readonly string[],
  options: { expiryHeight?: number; after?: Uint8Array; proceed?: boolean } = {},
): { readonly bytes: Uint8Array; readonly txId: string } {
  const unsigned = buildTransaction(nativeHashing, {
    genesisHash: of.genesisHash,
    sender,
    expiryHeight: options.expiryHeight ?? 1_200,
    proceed: options.proceed ?? false,
    ...(options.after === undefined ? {} : { after: options.after }),
    bodies: texts.map((text) => ({ kind: 'notes.write', content: utf8(text) })),
  });
  const signer = openNativeSigner(of.organisationSeeds[sender] as Uint8Array);
  const bytes = assembleTransaction(unsigned, [
    { publicKey: signer.publicKey, signature: signer.sign(unsigned.signedBytes) },
  ]);
  return { bytes, txId: toHex(unsigned.txId) };
}

/** One JSON-RPC call; the result, or the error thrown as an object. */
export async function callRpc<T = Record<string, unknown>>(
  url: string,
  method: string,
  params: object = {},
): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const answer = (await response.json()) as { result?: T; error?: { code: number; message: string; data?: unknown } };
  if (answer.error !== undefined) throw Object.assign(new Error(answer.error.message), { rpc: answer.error });
  return answer.result as T;
}

export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export class TestConsortium {
  readonly nodes: (RunningNode | null)[];
  readonly fatals: unknown[] = [];

  private constructor(
    readonly dir: string,
    readonly genesis: TestGenesis,
    readonly configs: readonly string[],
    readonly rpcUrls: readonly string[],
    readonly dataDirs: readonly string[],
  ) {
    this.nodes = configs.map(() => null);
  }

  /** Writes everything `waymark init` would, and starts nothing. `observers` full nodes come after the validators. */
  static async make(
    options: {
      validators?: number;
      observers?: number;
      parameters?: Partial<GenesisParameters>;
      limits?: NodeConfigFile['limits'];
      fullNodes?: NodeConfigFile['fullNodes'];
    } = {},
  ): Promise<TestConsortium> {
    const dir = await mkdtemp(join(tmpdir(), 'waymark-node-'));
    const validators = options.validators ?? 4;
    const count = validators + (options.observers ?? 0);
    const certificates = await Promise.all(Array.from({ length: count }, () => newNodeCertificate('node', new Date())));
    const genesis = testGenesis(
      validators,
      options.parameters,
      certificates.map(({ publicKeyHex }) => publicKeyHex),
    );
    await writeFile(join(dir, 'genesis.json'), genesis.bytes);
    const ports: { p2p: number; rpc: number }[] = [];
    for (let index = 0; index < count; index += 1) ports.push({ p2p: await freePort(), rpc: await freePort() });
    const nodeOf = (index: number): { account: string; name: string; role: 'validator' | 'full' } =>
      index < validators
        ? { account: ACCOUNTS[index] as string, name: `${ACCOUNTS[index]}-1`, role: 'validator' }
        : { account: ACCOUNTS[0] as string, name: `full${index}`, role: 'full' };
    const network = {
      nodes: ports.map(({ p2p, rpc }, index) => ({
        ...nodeOf(index),
        memberId: toHex(memberIdOf(nativeHashing, nodeOf(index).account, nodeOf(index).name)),
        p2p: { host: '127.0.0.1', port: p2p },
        rpc: { host: '127.0.0.1', port: rpc },
        p2pKey: (certificates[index] as (typeof certificates)[number]).publicKeyHex,
      })),
    };
    await writeFile(join(dir, 'network.json'), JSON.stringify(network));
    const configs: string[] = [];
    const dataDirs: string[] = [];
    for (const [index, node] of network.nodes.entries()) {
      const own = join(dir, `${index}-${node.account}`);
      await mkdir(own);
      const certificate = certificates[index] as (typeof certificates)[number];
      await writeFile(join(own, 'tls.key.pem'), certificate.keyPem);
      await writeFile(join(own, 'tls.cert.pem'), certificate.certificatePem);
      const seed = genesis.consensusSeeds[node.memberId];
      if (seed !== undefined) {
        await writeFile(join(own, 'consensus.key'), `${toHex(seed)}\n`);
        await writeFirstSignState(join(own, 'data'), {
          publicKey: openNativeSigner(seed).publicKey,
          genesisHash: genesis.genesisHash,
        });
      }
      const config: NodeConfigFile = {
        name: node.name,
        account: node.account,
        role: node.role,
        genesis: '../genesis.json',
        network: '../network.json',
        ...(seed === undefined ? {} : { consensusKey: 'consensus.key' }),
        tlsKey: 'tls.key.pem',
        tlsCertificate: 'tls.cert.pem',
        dataDir: 'data',
        p2p: node.p2p,
        rpc: node.rpc,
        ...(options.limits === undefined ? {} : { limits: options.limits }),
        ...(options.fullNodes === undefined ? {} : { fullNodes: options.fullNodes }),
      };
      await writeFile(join(own, 'node.json'), JSON.stringify(config));
      configs.push(join(own, 'node.json'));
      dataDirs.push(join(own, 'data'));
    }
    return new TestConsortium(
      dir,
      genesis,
      configs,
      ports.map(({ rpc }) => `http://127.0.0.1:${rpc}`),
      dataDirs,
    );
  }

  async start(index: number): Promise<RunningNode> {
    const loaded = await loadConfig(this.configs[index] as string);
    const log = pino({ level: process.env['WAYMARK_LOG'] ?? 'silent', base: { node: index } });
    const node = await startNode({ loaded, modules: [notes], log, onFatal: (error) => this.fatals.push(error) });
    this.nodes[index] = node;
    return node;
  }

  async startAll(): Promise<void> {
    await Promise.all(this.configs.map((_, index) => this.start(index)));
  }

  async stop(index: number): Promise<void> {
    const node = this.nodes[index];
    this.nodes[index] = null;
    await node?.close();
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.nodes.map((_, index) => this.stop(index)));
  }

  /** Submits to one node and waits until another says it is final. */
  async finalize(texts: readonly string[], by = 'processor', at = 0, seenAt = at): Promise<string> {
    const { bytes, txId } = noteTransaction(this.genesis, by, texts);
    await callRpc(this.rpcUrls[at] as string, 'submitTransaction', {
      transaction: Buffer.from(bytes).toString('base64'),
    });
    await until(
      `transaction ${txId.slice(0, 8)} is final`,
      async () => (await callRpc(this.rpcUrls[seenAt] as string, 'transaction', { txId }))['state'] === 'final',
    );
    return txId;
  }

  async close(): Promise<void> {
    await this.stopAll();
    await rm(this.dir, { recursive: true, force: true });
  }
}
