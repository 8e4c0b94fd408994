import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sealKey } from '@waymark/api/sealed-key';
import { isAccountName } from '@waymark/ledger/chain';
import { CommandStopped } from '../command-stopped.js';
import { parseCommandArgs, pathFrom, UsageError, type Command } from '../command.js';
import { newKey } from '../init/keys.js';

/** `waymark key`: see the usage in command-line.ts. Nothing is overwritten: a key that is lost is lost. */
export const keyCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, {
    account: { type: 'string' },
    secret: { type: 'string' },
    out: { type: 'string' },
  });
  const { account, secret, out } = values;
  if (account === undefined || secret === undefined || out === undefined)
    throw new UsageError('--account, --secret and --out are all needed.');
  if (!isAccountName(account)) throw new UsageError(`"${account}" is no name of an account.`);
  const file = pathFrom(surroundings, out);
  if (existsSync(file)) throw new CommandStopped(`${file} is there already; it is not overwritten.`);
  const key = newKey('organisation', account);
  const sealed = await sealKey(key.seed, {
    account,
    publicKey: key.publicKey,
    secret: readSecret(pathFrom(surroundings, secret)),
  });
  writeFileSync(file, `${JSON.stringify(sealed, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  surroundings.out(
    [
      `Made a new key for ${account} in ${file}, sealed under the secret in ${secret}`,
      `  public key   ${key.publicKeyHex}`,
      `  proof        ${key.proofOfPossessionHex}`,
      '',
      `It signs nothing yet. Put the file beside the old one as ${account}.next.key.json, then rotate the key in the console or by`,
      'POST /accounts/own/key-rotation with the old public key, this one and the proof.',
      '',
    ].join('\n'),
  );
  return 0;
};

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CommandStopped(`The secret ${file} cannot be read: ${(error as Error).message}`);
  }
}
