import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openKey, sealKey } from '@waymark/api/sealed-key';

/** Where an organisation's own files lie: `organisation.key.json`, and `organisation.secret` that opens it. */
export type OrganisationFolder = (account: string) => string;

/**
 * Lets organisations entrust their keys to a gateway: each file is opened with its owner's secret and sealed again under the gateway's.
 * Keys that the gateway holds already stay as they are.
 * @param gateway the gateway's folder: `keys/<account>.key.json` and `secret`
 */
export async function entrustKeys(
  gateway: string,
  accounts: readonly string[],
  folderOf: OrganisationFolder,
): Promise<void> {
  const keys = path.join(gateway, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const secretFile = path.join(gateway, 'secret');
  if (!existsSync(secretFile)) writeFileSync(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
  const gatewaySecret = readFileSync(secretFile, 'utf8').trim();
  for (const account of accounts) {
    const target = path.join(keys, `${account}.key.json`);
    if (existsSync(target)) continue;
    const own = folderOf(account);
    const file: unknown = JSON.parse(readFileSync(path.join(own, 'organisation.key.json'), 'utf8'));
    const opened = await openKey(file, readFileSync(path.join(own, 'organisation.secret'), 'utf8').trim());
    const sealed = await sealKey(opened.seed, { account, publicKey: opened.publicKey, secret: gatewaySecret });
    writeFileSync(target, `${JSON.stringify(sealed, null, 2)}\n`, { mode: 0o600 });
  }
}
