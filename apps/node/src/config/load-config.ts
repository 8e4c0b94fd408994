import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { networkSchema, nodeConfigSchema, type Network, type NodeConfig } from './node-config.js';

/** A setting is missing or wrong; the message names file and field. The process must not start. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const TOKEN_LENGTH_MIN = 32;

/** A node's settings with every file read and every path absolute. */
export interface LoadedConfig {
  readonly config: NodeConfig;
  /** The list of nodes; null for a full node with a pass. */
  readonly network: Network | null;
  /** The bytes of the pass; null for a node of the list. */
  readonly nodePass: Uint8Array | null;
  /** Bytes of the genesis file as they lie there: their hash names the chain. */
  readonly genesis: Uint8Array;
  /** Ed25519 seed of the consensus key; null for a full node. */
  readonly consensusSeed: Uint8Array | null;
  /** What a caller of the RPC must show; null: nothing. */
  readonly rpcToken: string | null;
  readonly tlsKeyPem: string;
  readonly tlsCertificatePem: string;
  /** Absolute. */
  readonly dataDir: string;
}

async function read(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConfigError(`${what}: cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new ConfigError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const answer = schema.safeParse(value);
  if (!answer.success) throw new ConfigError(`${path}:\n${z.prettifyError(answer.error)}`);
  return answer.data;
}

/** Reads and checks `node.json` and what it names. @throws ConfigError */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = resolve(path);
  const config = parse(nodeConfigSchema, await read(file, 'configuration'), file);
  const at = (relative: string): string => resolve(dirname(file), relative);
  const network =
    config.network === undefined
      ? null
      : parse(networkSchema, await read(at(config.network), 'network'), at(config.network));
  let consensusSeed: Uint8Array | null = null;
  if (config.consensusKey !== undefined) {
    const text = (await read(at(config.consensusKey), 'consensusKey')).toString('ascii').trim();
    if (!/^[0-9a-f]{64}$/.test(text))
      throw new ConfigError(`consensusKey: ${at(config.consensusKey)} does not hold 64 hex digits`);
    consensusSeed = new Uint8Array(Buffer.from(text, 'hex'));
  }
  let rpcToken: string | null = null;
  if (config.rpc.tokenFile !== undefined) {
    rpcToken = (await read(at(config.rpc.tokenFile), 'rpc.tokenFile')).toString('utf8').trim();
    if (rpcToken.length < TOKEN_LENGTH_MIN)
      throw new ConfigError(
        `rpc.tokenFile: ${at(config.rpc.tokenFile)} holds fewer than ${TOKEN_LENGTH_MIN} characters`,
      );
  }
  return {
    config,
    network,
    nodePass: config.nodePass === undefined ? null : new Uint8Array(await read(at(config.nodePass), 'nodePass')),
    genesis: new Uint8Array(await read(at(config.genesis), 'genesis')),
    consensusSeed,
    rpcToken,
    tlsKeyPem: (await read(at(config.tlsKey), 'tlsKey')).toString('ascii'),
    tlsCertificatePem: (await read(at(config.tlsCertificate), 'tlsCertificate')).toString('ascii'),
    dataDir: at(config.dataDir),
  };
}
