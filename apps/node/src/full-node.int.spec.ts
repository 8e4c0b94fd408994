import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { TcpNetConnectOpts } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { join } from 'node:path';
import { openNativeSigner, nativeSign } from '@waymark/accel/node';
import { encodeNodePass, nodePassBytes, type NodePassFacts } from '@waymark/ledger/membership';
import { toHex } from '@waymark/ledger/primitives';
import { pino } from 'pino';
import { startNode, type RunningNode } from './compose.js';
import { loadConfig, type NodeConfigFile } from './config/index.js';
import { newNodeCertificate } from './network/node-certificate.js';
import { encodeFrames, FrameReader, FrameType } from './network/frame.js';
import { helloOf, readFarewell } from './network/greeting.js';
import { callRpc, noteTransaction, notes, TestConsortium, testGenesis, until } from './testing/consortium.js';

let consortium: TestConsortium | undefined;
let guests: RunningNode[] = [];
afterEach(async () => {
  for (const guest of guests) await guest.close();
  guests = [];
  await consortium?.close();
  consortium = undefined;
}, 30_000);

const DAY = 86_400_000;

interface Visitor {
  readonly config: string;
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly pass: Uint8Array;
}

/** The folder of a full node as `waymark join` writes it. */
async function visitor(
  of: TestConsortium,
  options: {
    account?: string;
    seed?: Uint8Array;
    changed?: Partial<NodePassFacts>;
    genesis?: Uint8Array;
    peers?: number;
  } = {},
): Promise<Visitor> {
  const { account = 'importer' } = options;
  const seed = options.seed ?? of.genesis.organisationSeeds[account];
  if (seed === undefined) throw new Error(`there is no ${account}`);
  const folder = join(of.dir, `guest-${Math.random().toString(36).slice(2)}`);
  await mkdir(folder);
  const certificate = await newNodeCertificate('guest', new Date());
  const facts: NodePassFacts = {
    genesisHash: toHex(of.genesis.genesisHash),
    account,
    node: 'guest-1',
    p2pKey: certificate.publicKeyHex,
    role: 'full',
    expiresMs: Date.now() + DAY,
    ...options.changed,
  };
  const pass = encodeNodePass({
    format: 'waymark-node-pass/1',
    ...facts,
    publicKey: toHex(openNativeSigner(seed).publicKey),
    signature: toHex(nativeSign(seed, nodePassBytes(facts))),
  });
  const { nodes } = JSON.parse(await readFile(join(of.dir, 'network.json'), 'utf8')) as {
    nodes: { p2p: { host: string; port: number } }[];
  };
  await writeFile(join(folder, 'genesis.json'), options.genesis ?? of.genesis.bytes);
  await writeFile(join(folder, 'node.pass.json'), pass);
  await writeFile(join(folder, 'tls.key.pem'), certificate.keyPem);
  await writeFile(join(folder, 'tls.cert.pem'), certificate.certificatePem);
  const config: NodeConfigFile = {
    name: 'guest-1',
    account,
    role: 'full',
    genesis: 'genesis.json',
    nodePass: 'node.pass.json',
    peers: nodes.slice(0, options.peers ?? 4).map(({ p2p }) => p2p),
    tlsKey: 'tls.key.pem',
    tlsCertificate: 'tls.cert.pem',
    dataDir: 'data',
    rpc: { host: '127.0.0.1', port: 0 },
  };
  await writeFile(join(folder, 'node.json'), JSON.stringify(config));
  return {
    config: join(folder, 'node.json'),
    keyPem: certificate.keyPem,
    certificatePem: certificate.certificatePem,
    pass,
  };
}

async function startGuest({ config }: Visitor): Promise<RunningNode & { readonly url: string }> {
  const node = await startNode({
    loaded: await loadConfig(config),
    modules: [notes],
    log: pino({ level: process.env['WAYMARK_LOG'] ?? 'silent', base: { node: 'guest' } }),
    onFatal: (error) => consortium?.fatals.push(error),
  });
  guests.push(node);
  return Object.assign(node, { url: `http://127.0.0.1:${node.rpcPort}` });
}

interface Network {
  readonly fullNodes: readonly { readonly account: string; readonly node: string; readonly height: number | null }[];
  readonly visits: readonly { readonly connected: boolean; readonly refusal: string | null }[];
}

/** What a node says to a visitor that shows `pass` after `hello`: WELCOME, or the code of its farewell. */
async function answerTo(
  of: TestConsortium,
  { keyPem, certificatePem, pass }: Visitor,
  hello = helloOf(of.genesis.genesisHash),
): Promise<string> {
  const { nodes } = JSON.parse(await readFile(join(of.dir, 'network.json'), 'utf8')) as {
    nodes: { p2p: { host: string; port: number } }[];
  };
  const { host, port } = (nodes[0] as (typeof nodes)[number]).p2p;
  const socket = connect({ host, port, key: keyPem, cert: certificatePem, rejectUnauthorized: false });
  const reader = new FrameReader();
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => resolve('closed'));
      socket.once('secureConnect', () => {
        for (const frame of encodeFrames(FrameType.HELLO, hello, 1)) socket.write(frame);
        for (const frame of encodeFrames(FrameType.PASS, pass, 2)) socket.write(frame);
      });
      socket.on('data', (bytes: Buffer) => {
        for (const { type, payload } of reader.push(bytes)) {
          if (type === FrameType.WELCOME) resolve('WELCOME');
          if (type === FrameType.FAREWELL) resolve(readFarewell(payload) ?? 'unreadable');
        }
      });
    });
  } finally {
    socket.destroy();
  }
}

describe('a full node that no list names', () => {
  it('joins by its pass from height 0, keeps up, hands on what it is sent, and comes back after it was away', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    for (const text of ['one', 'two', 'three']) await consortium.finalize([text]);
    const made = await visitor(consortium);
    const guest = await startGuest(made);
    const own = consortium;
    const height = () => (own.nodes[0] as RunningNode).finalHeight();
    await until('the guest has what was final before', () => guest.finalHeight() >= 3);
    await own.finalize(['four']);
    await until('the guest follows', () => guest.finalHeight() >= height() - 1);
    // What its own API sends it goes to the validators.
    const { bytes, txId } = noteTransaction(own.genesis, 'importer', ['from the guest']);
    await callRpc(guest.url, 'submitTransaction', { transaction: Buffer.from(bytes).toString('base64') });
    for (const url of [own.rpcUrls[2] as string, guest.url])
      await until('it is final there', async () => (await callRpc(url, 'transaction', { txId }))['state'] === 'final');
    // It proves the same as anybody.
    await own.finalize(['what certifies it']);
    const proofOf = async (url: string) => {
      let proof: { transactions: unknown } | undefined;
      await until('it is proven', async () => {
        proof = await callRpc<{ transactions: unknown }>(url, 'proof', { txIds: [txId] }).catch(() => undefined);
        return proof !== undefined;
      });
      return proof;
    };
    const [theirs, ours] = [await proofOf(own.rpcUrls[1] as string), await proofOf(guest.url)];
    expect(ours?.transactions).toEqual(theirs?.transactions);
    await until('the nodes tell of it', async () => {
      const { fullNodes } = await callRpc<Network>(own.rpcUrls[0] as string, 'network');
      const [seen] = fullNodes;
      return seen?.account === 'importer' && seen.node === 'guest-1' && (seen.height ?? 0) >= 4;
    });
    expect((await callRpc(own.rpcUrls[0] as string, 'status'))['peers']).toHaveLength(3);
    // Away, and back.
    await guest.close();
    guests = [];
    await own.finalize(['five']);
    const again = await startGuest(made);
    await until('it caught up', () => again.finalHeight() >= height() - 1);
    expect(own.fatals).toEqual([]);
  }, 60_000);

  it('is turned away with a forged, borrowed, expired or foreign pass, and the reason is told', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const own = consortium;
    const good = await visitor(own);
    expect(await answerTo(own, good)).toBe('WELCOME');
    const forged = await visitor(own, { seed: own.genesis.organisationSeeds['processor'] as Uint8Array });
    expect(await answerTo(own, forged)).toBe('NODE_PASS_SIGNER_UNKNOWN');
    const text = Buffer.from(good.pass).toString('utf8');
    const changed = { ...good, pass: Buffer.from(text.replace('guest-1', 'guest-2')) };
    expect(await answerTo(own, changed)).toBe('NODE_PASS_SIGNATURE_INVALID');
    expect(await answerTo(own, { ...(await visitor(own)), pass: good.pass })).toBe('NODE_PASS_KEY_DIFFERS');
    const over = await visitor(own, { changed: { expiresMs: Date.now() - 1 } });
    expect(await answerTo(own, over)).toBe('NODE_PASS_EXPIRED');
    const foreign = await visitor(own, { changed: { genesisHash: 'ab'.repeat(32) } });
    expect(await answerTo(own, foreign)).toBe('GENESIS_FOREIGN');
    expect(await answerTo(own, good, helloOf(new Uint8Array(32).fill(9)))).toBe('GENESIS_FOREIGN');
    expect(await answerTo(own, { ...good, pass: new Uint8Array(3_000) })).toBe('NODE_PASS_MALFORMED');
    expect((own.nodes[0] as RunningNode).finalHeight()).toBeGreaterThanOrEqual(0);
    expect(own.fatals).toEqual([]);
  }, 60_000);

  it('is not kept out by a stranger of another address who knocks and says nothing', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const own = consortium;
    const good = await visitor(own);
    const { nodes } = JSON.parse(await readFile(join(own.dir, 'network.json'), 'utf8')) as {
      nodes: { p2p: { host: string; port: number } }[];
    };
    const { host, port } = (nodes[0] as (typeof nodes)[number]).p2p;
    const { keyPem: key, certificatePem: cert } = good;
    // tls.connect hands these on to net.connect, which knows localAddress.
    const options: ConnectionOptions & TcpNetConnectOpts = {
      host,
      port,
      key,
      cert,
      rejectUnauthorized: false,
      localAddress: '127.0.0.2',
    };
    const silent = Array.from({ length: 20 }, () => connect(options));
    try {
      await Promise.all(
        silent.map(
          (socket) =>
            new Promise<void>((resolve) => {
              socket.on('error', () => resolve());
              socket.once('secureConnect', () => setTimeout(resolve, 100));
            }),
        ),
      );
      // Eight wait to be heard, the others were sent away at once.
      expect(silent.filter((socket) => !socket.destroyed)).toHaveLength(8);
      expect(await answerTo(own, await visitor(own))).toBe('WELCOME');
    } finally {
      for (const socket of silent) socket.destroy();
    }
  }, 60_000);

  it('is one of a bounded number', async () => {
    consortium = await TestConsortium.make({ fullNodes: { perOrganisationMax: 1, inAllMax: 2 } });
    await consortium.startAll();
    const own = consortium;
    await startGuest(await visitor(own, { peers: 1 }));
    const { url } = { url: own.rpcUrls[0] as string };
    await until('it is in', async () => (await callRpc<Network>(url, 'network')).fullNodes.length === 1);
    expect(await answerTo(own, await visitor(own))).toBe('FULL_NODES_TOO_MANY');
    await startGuest(await visitor(own, { account: 'processor', peers: 1 }));
    await until('another is in', async () => (await callRpc<Network>(url, 'network')).fullNodes.length === 2);
    expect(await answerTo(own, await visitor(own, { account: 'farm' }))).toBe('FULL_NODES_TOO_MANY');
  }, 60_000);

  it('says so when it holds another genesis, does not knock again and again, and does not start with a pass for another chain', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const other = testGenesis(4);
    const lines: { msg: string; code?: string }[] = [];
    const stranger = await visitor(consortium, {
      genesis: other.bytes,
      seed: other.organisationSeeds['importer'] as Uint8Array,
      changed: { genesisHash: toHex(other.genesisHash) },
      peers: 1,
    });
    const log = pino(
      { level: 'warn' },
      { write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) },
    );
    const guest = await startNode({
      loaded: await loadConfig(stranger.config),
      modules: [notes],
      log,
      onFatal: () => undefined,
    });
    guests.push(guest);
    await until('it says so', () => lines.some(({ code }) => code === 'GENESIS_FOREIGN'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(lines.filter(({ code }) => code === 'GENESIS_FOREIGN')).toHaveLength(1);
    expect(lines.find(({ code }) => code === 'GENESIS_FOREIGN')?.msg).toContain('compare the fingerprint');
    const { visits } = await callRpc<Network>(`http://127.0.0.1:${guest.rpcPort}`, 'network');
    expect(visits).toMatchObject([{ connected: false, refusal: 'GENESIS_FOREIGN' }]);
    expect(guest.finalHeight()).toBe(0);
    const mixed = await visitor(consortium, { genesis: other.bytes });
    await expect(startGuest(mixed)).rejects.toThrow('GENESIS_FOREIGN');
  }, 60_000);
});
