/** The chain this node belongs to, from its genesis file: parsed, and every proof of possession and key checked. */
import type { Hashing, SelectedVerifier } from '@waymark/accel/contract';
import { isPrimeOrderKey } from '@waymark/accel';
import { parseGenesis, type Genesis } from '@waymark/ledger/chain';
import { ConfigError } from './config/index.js';

export interface CheckedGenesis {
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** @throws ConfigError when the file breaks a rule of docs/protocol/formats.md section 5. */
export async function checkGenesis(
  bytes: Uint8Array,
  hashing: Hashing,
  verifier: Pick<SelectedVerifier, 'verifyMany'>,
): Promise<CheckedGenesis> {
  const parsed = parseGenesis(hashing, bytes);
  if (!parsed.ok && parsed.refusal.code === 'GENESIS_VERSION')
    throw new ConfigError(
      `genesis: this chain was founded by another version of Waymark (${parsed.refusal.facts['found'] ?? ''}; this version reads ${parsed.refusal.facts['expected'] ?? ''}). Found a new one with "waymark init"; the old chain stays readable with the version that made it (GENESIS_VERSION)`,
    );
  if (!parsed.ok)
    throw new ConfigError(
      `genesis: ${parsed.refusal.code} ${parsed.refusal.pointer} ${JSON.stringify(parsed.refusal.facts)}`,
    );
  const { genesis, genesisHash, checks, keys } = parsed.value;
  const answers = await verifier.verifyMany(checks);
  const wrong = answers.indexOf(false);
  if (wrong >= 0) throw new ConfigError(`genesis: proof of possession ${wrong} is not valid`);
  if (!keys.every((key) => isPrimeOrderKey(key))) throw new ConfigError('genesis: a key is not of prime order');
  return { genesis, genesisHash, bytes };
}
