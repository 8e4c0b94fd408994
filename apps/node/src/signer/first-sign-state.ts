import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeHashing } from '@waymark/accel/node';
import { firstSignState } from '@waymark/consensus/signing';
import { toHex } from '@waymark/ledger/primitives';
import { SignStateFiles } from './sign-state-files.js';

/** Folder of the sign-state inside a node's `dataDir`. */
export const SIGNER_FOLDER = 'signer';

/**
 * Writes the first sign-state of a new consensus key, durably: to be done once, together with making the key. A key whose
 * sign-state is missing is taken for one that has forgotten what it signed, and stays silent (quarantine).
 * @param dataDir the node's `dataDir`; the files go into its folder `signer`.
 * @throws Error when there is a sign-state already: overwriting one is how keys sign twice.
 */
export async function writeFirstSignState(
  dataDir: string,
  key: { readonly publicKey: Uint8Array; readonly genesisHash: Uint8Array },
): Promise<void> {
  const dir = join(dataDir, SIGNER_FOLDER);
  for (const name of ['sign.a', 'sign.b']) {
    const there = await access(join(dir, name)).then(
      () => true,
      () => false,
    );
    if (there) throw new Error(`${join(dir, name)} exists: a sign-state is never overwritten`);
  }
  const files = await SignStateFiles.open(dir, nativeHashing);
  try {
    const keyId = toHex(nativeHashing.sha256(key.publicKey));
    await files.writeBoth(firstSignState(keyId, toHex(key.genesisHash)));
  } finally {
    await files.close();
  }
}
