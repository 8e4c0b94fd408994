import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { genesisHashOf, parseGenesis, parseTrustRoot, type Genesis, type TrustRoot } from '@waymark/ledger/chain';
import { ConfigError } from '../platform/config/config.js';
import { Organisations } from '../platform/members/organisations.js';

/** SHA-256 by Node, as the ledger's pure code asks for it. */
export const hashing = {
  sha256: (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/** What the API knows of its chain before it has asked anybody: the two static files written at set-up. */
export interface ChainFacts {
  readonly genesis: Genesis;
  readonly genesisBytes: Uint8Array;
  readonly genesisHash: Uint8Array;
  readonly trust: TrustRoot;
  readonly trustBytes: Uint8Array;
  readonly organisations: Organisations;
}

/** Nest token of {@link ChainFacts}. */
export const CHAIN_FACTS = Symbol('ChainFacts');

/** Reads both files and checks that they speak of the same chain. Throws {@link ConfigError}. */
export function readChainFacts(genesisFile: string, trustFile: string): ChainFacts {
  const genesisBytes = new Uint8Array(readFileSync(genesisFile));
  const trustBytes = new Uint8Array(readFileSync(trustFile));
  const parsed = parseGenesis(hashing, genesisBytes);
  if (!parsed.ok && parsed.refusal.code === 'GENESIS_VERSION')
    throw new ConfigError(
      `${genesisFile} founds a chain of another version (${parsed.refusal.facts['found'] ?? ''}; this version reads ${parsed.refusal.facts['expected'] ?? ''}): found a new one with "waymark init" (GENESIS_VERSION)`,
    );
  if (!parsed.ok)
    throw new ConfigError(`${genesisFile} is no genesis file: ${parsed.refusal.code} at "${parsed.refusal.pointer}"`);
  const trust = parseTrustRoot(trustBytes);
  if (!trust.ok)
    throw new ConfigError(`${trustFile} is no trust root: ${trust.refusal.code} at "${trust.refusal.pointer}"`);
  const genesisHash = genesisHashOf(hashing, genesisBytes);
  if (Buffer.from(genesisHash).toString('hex') !== trust.value.genesisHash)
    throw new ConfigError(`${genesisFile} and ${trustFile} speak of different chains; take both from the same set-up`);
  const { genesis } = parsed.value;
  const organisations = new Organisations(
    genesis.organisations.map(({ account, name, role, companyPrefixes }) => ({
      account,
      names: name,
      role,
      companyPrefixes,
    })),
  );
  return { genesis, genesisBytes, genesisHash, trust: trust.value, trustBytes, organisations };
}
