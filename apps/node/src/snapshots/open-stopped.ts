import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeHashing } from '@waymark/accel/node';
import { parseGenesis } from '@waymark/ledger/chain';
import { ChainStore } from '../storage/index.js';
import { ConfigError, loadConfig } from '../config/index.js';

/** The folder of a node's chain, and what its settings say of the chain. */
export interface NodePlace {
  readonly chainDir: string;
  readonly chainId: string;
  readonly genesisHash: Uint8Array;
}

/** Reads a node's settings. @throws ConfigError */
export async function placeOfNode(configFile: string): Promise<NodePlace> {
  const { genesis, dataDir } = await loadConfig(configFile);
  const parsed = parseGenesis(nativeHashing, genesis);
  if (!parsed.ok) throw new ConfigError(`genesis: ${parsed.refusal.code} ${parsed.refusal.pointer}`);
  return {
    chainDir: join(dataDir, 'chain'),
    chainId: parsed.value.genesis.chainId,
    genesisHash: parsed.value.genesisHash,
  };
}

/** The node of this folder runs: its store is open elsewhere. */
export class NodeRuns extends Error {
  override readonly name = 'NodeRuns';
}

/** Opens the store of a node that is stopped. @throws NodeRuns, ConfigError, StoreUnusable */
export async function openStoppedStore({ chainDir, genesisHash }: NodePlace): Promise<ChainStore> {
  const state = join(chainDir, 'state');
  await access(state).catch(() => {
    throw new ConfigError(`${chainDir} holds no chain: the node never ran`);
  });
  try {
    const { store } = await ChainStore.open({
      dir: chainDir,
      hashing: nativeHashing,
      genesisHash,
      segmentBytesMax: 0,
      genesisWrites: () => {
        throw new ConfigError(`${chainDir} holds no chain: the node never ran`);
      },
    });
    return store;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
    if (cause?.code === 'LEVEL_LOCKED') throw new NodeRuns(chainDir);
    throw error;
  }
}
