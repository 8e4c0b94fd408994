/**
 * A ledger inside the process of a test: the real runtime, storage, log, signer and JSON-RPC server behind the `solo` engine,
 * which needs one signer and no network. Nothing of it is a stand-in.
 */
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeHashing, openNativeSigner } from '@waymark/accel/node';
import { solo } from '@waymark/consensus/engine';
import { parseGenesis, type GenesisValidator } from '@waymark/ledger/chain';
import type { LedgerModule } from '@waymark/ledger/runtime';
import { pino } from 'pino';
import { newNodeCertificate } from './network/node-certificate.js';
import { startNode, type RunningNode } from './compose.js';
import { nodeConfigSchema, type NodeConfigFile } from './config/index.js';
import { SIGNER_FOLDER, writeFirstSignState } from './signer/first-sign-state.js';

export interface InProcessLedgerOptions {
  /** The genesis file's bytes: a committee of exactly one validator. */
  readonly genesis: Uint8Array;
  /** Consensus seeds by memberId (hex); that of the one validator must be there. */
  readonly seeds: Readonly<Record<string, Uint8Array>>;
  /** Ledger modules; default: what the product ships. */
  readonly modules?: readonly LedgerModule[];
  /** Folder to keep the chain in; default: a new temporary folder, removed by `close`. */
  readonly dir?: string;
  /** Port of the JSON-RPC server on 127.0.0.1; default: a free one, kept across `restart`. */
  readonly port?: number;
  /** Overrides of genesis' pacing; `minBlockMs: 1` makes tests quick. */
  readonly pacing?: NodeConfigFile['pacing'];
  /** Level of the log on the standard output; default `silent`. */
  readonly logLevel?: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

export interface InProcessLedger {
  /** `http://127.0.0.1:port`, as the API is told about a node. */
  readonly rpcUrl: string;
  /** Hex. */
  readonly genesisHash: string;
  /** Height of the last final block; 0 while stopped. */
  finalHeight(): number;
  /** Resolves when `height` is final. Rejects after `timeoutMs` (default 10,000). */
  waitForHeight(height: number, timeoutMs?: number): Promise<void>;
  /** Stops it, keeping folder and port; `restart` opens it again. For tests of a node that is away. */
  stop(): Promise<void>;
  /** Stops it, if it runs, and opens it again on the same folder and port. */
  restart(): Promise<void>;
  /** Stops it and removes its temporary folder. */
  close(): Promise<void>;
}

const POLL_MS = 5;

/** Starts a ledger in this process. @throws ConfigError when genesis has another committee than one validator. */
export async function startInProcessLedger(options: InProcessLedgerOptions): Promise<InProcessLedger> {
  const validator = theOneValidator(options.genesis);
  const seed = options.seeds[validator.memberId];
  if (seed === undefined) throw new Error(`no seed for the validator ${validator.memberId}`);
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'waymark-ledger-')));
  const parsed = parseGenesis(nativeHashing, options.genesis);
  if (!parsed.ok) throw new Error(`genesis: ${parsed.refusal.code}`);
  if (!(await exists(join(dir, SIGNER_FOLDER, 'sign.a'))))
    await writeFirstSignState(dir, {
      publicKey: openNativeSigner(seed).publicKey,
      genesisHash: parsed.value.genesisHash,
    });
  const tls = await newNodeCertificate('in-process', new Date()); // nobody asks for it: the list of peers is empty
  const port = options.port ?? (await freePort());
  let running: RunningNode | null = null;
  let fault: unknown = null;

  const start = async (): Promise<void> => {
    const config = nodeConfigSchema.parse({
      name: validator.node,
      account: validator.account,
      role: 'validator',
      genesis: 'genesis.json',
      network: 'network.json',
      consensusKey: 'consensus.key',
      tlsKey: 'tls.key.pem',
      tlsCertificate: 'tls.cert.pem',
      dataDir: '.',
      p2p: { host: '127.0.0.1', port: 0 },
      rpc: { host: '127.0.0.1', port },
      pacing: options.pacing ?? {},
    } satisfies NodeConfigFile);
    running = await startNode({
      loaded: {
        config,
        network: { nodes: [] },
        nodePass: null,
        rpcToken: null,
        genesis: options.genesis,
        consensusSeed: seed,
        tlsKeyPem: tls.keyPem,
        tlsCertificatePem: tls.certificatePem,
        dataDir: dir,
      },
      engine: solo,
      ...(options.modules === undefined ? {} : { modules: options.modules }),
      log: pino({ level: options.logLevel ?? 'silent' }),
      onFatal: (error) => {
        fault = error;
      },
    });
  };
  const stop = async (): Promise<void> => {
    const node = running;
    running = null;
    await node?.close();
  };
  const finalHeight = (): number => running?.finalHeight() ?? 0;

  await start();
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    genesisHash: Buffer.from(parsed.value.genesisHash).toString('hex'),
    finalHeight,
    waitForHeight: async (height, timeoutMs = 10_000) => {
      const end = performance.now() + timeoutMs;
      while (finalHeight() < height) {
        if (fault !== null) throw new Error('the ledger cannot go on', { cause: fault });
        if (performance.now() > end)
          throw new Error(`height ${height} was not final within ${timeoutMs} ms; it is ${finalHeight()}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    close: async () => {
      await stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

function theOneValidator(genesis: Uint8Array): GenesisValidator {
  const parsed = parseGenesis(nativeHashing, genesis);
  if (!parsed.ok) throw new Error(`genesis: ${parsed.refusal.code} ${parsed.refusal.pointer}`);
  const [validator, ...others] = parsed.value.genesis.validators;
  if (validator === undefined || others.length > 0)
    throw new Error('an in-process ledger needs a genesis with exactly one validator');
  return validator;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
