import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portableHashing } from '@waymark/accel/portable';
import { parseTrustRoot, trustFingerprint } from '@waymark/ledger/chain';
import { CommandStopped } from '../command-stopped.js';
import type { Place } from './places.js';

export interface SetUp {
  /** False: everything was there already and nothing was written. */
  readonly made: boolean;
  readonly chainId: string;
  readonly genesisHash: string;
  readonly fingerprint: string;
  /** Places that do not hold what the set-up put there: somebody took it away, or a volume was lost. */
  readonly missing: readonly string[];
}

/** What a set-up made in its working folder, and how it gets into the places. */
export interface Made {
  readonly chainId: string;
  readonly genesisHash: string;
  readonly fingerprint: string;
  readonly handOut: () => Promise<void>;
}

/**
 * Fills the places of a deployment, once. The public place decides: it is said to be whole last, and nothing of the deployment is started before the
 * set-up has ended, so that one that was interrupted may be done anew from the beginning.
 * @param make makes everything in a folder of its own and refuses what cannot be; only then is anything written into a place
 * @throws CommandStopped when a place holds something else, or keys without the public files that belong to them
 */
export async function firstRun(
  shared: Place,
  others: readonly Place[],
  make: (work: string) => Promise<Made>,
): Promise<SetUp> {
  const state = shared.state();
  if (state.kind === 'DONE') return alreadyDone(shared, others, state.genesisHash);
  refuseForeign([shared, ...others], state.kind);
  const work = mkdtempSync(path.join(tmpdir(), 'waymark-setup-'));
  try {
    const { chainId, genesisHash, fingerprint, handOut } = await make(work);
    for (const place of [shared, ...others]) place.clear();
    for (const place of [shared, ...others]) place.begin();
    await handOut();
    for (const place of [...others, shared]) place.finish(genesisHash);
    return { made: true, chainId, genesisHash, fingerprint, missing: [] };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function alreadyDone(shared: Place, others: readonly Place[], genesisHash: string): SetUp {
  const trustBytes = readFileSync(path.join(shared.folder, 'trust.json'));
  const trust = parseTrustRoot(trustBytes);
  if (!trust.ok || trust.value.genesisHash !== genesisHash)
    throw new CommandStopped(
      'The public files do not belong to the consortium that was set up here: trust.json was changed. Nothing was written. Restore the volume "public" from its backup.',
    );
  const missing = others.filter((place) => {
    const state = place.state();
    if (state.kind === 'DONE' && state.genesisHash !== genesisHash)
      throw new CommandStopped(
        `The volume "${place.name}" belongs to another consortium. Nothing was written. Restore the volume that belongs to this one, or give this deployment volumes of its own.`,
      );
    return state.kind === 'EMPTY';
  });
  return {
    made: false,
    chainId: trust.value.chainId,
    genesisHash,
    fingerprint: trustFingerprint(portableHashing, trustBytes),
    missing: missing.map(({ name }) => name),
  };
}

function refuseForeign(places: readonly Place[], publicState: 'EMPTY' | 'UNFINISHED' | 'FOREIGN'): void {
  for (const place of places) {
    const state = place.state();
    if (state.kind === 'FOREIGN')
      throw new CommandStopped(
        `The volume "${place.name}" is not empty and the set-up did not make what is in it. Nothing was written. Give this deployment empty volumes.`,
      );
    if (state.kind === 'DONE' && publicState === 'EMPTY')
      throw new CommandStopped(
        `The volume "${place.name}" holds what belongs to a consortium, but the volume "public" is empty. Nothing was written. Restore "public" from its backup; to begin anew, remove all volumes.`,
      );
  }
}

/** The passwords and secrets that a deployment's own services share, each in the place of those who may read it. */
export function writePasswords(root: string): void {
  const at = (...parts: string[]) => path.join(root, ...parts);
  writePassword(at('database'), (password) => `postgresql://waymark:${password}@postgres:5432/waymark`);
  writePassword(at('queue'), (password) => `redis://:${password}@redis:6379`);
  // What the nodes of this deployment ask of whoever calls their RPC.
  writeSecret(at('ledger', 'token'), `${randomBytes(32).toString('hex')}\n`);
  // What seals people's one-time code secrets in the database; not beside the database's own password.
  writeSecret(at('accounts', 'secret'), `${randomBytes(32).toString('hex')}\n`);
}

function writePassword(folder: string, addressOf: (password: string) => string): void {
  const password = randomBytes(24).toString('hex');
  writeSecret(path.join(folder, 'password'), password);
  writeSecret(path.join(folder, 'url'), addressOf(password));
}

function writeSecret(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
}

export function writeJson(file: string, value: unknown, mode: number): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode });
}
