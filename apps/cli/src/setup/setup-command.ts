import { parseCommandArgs, pathFrom, UsageError, type Command } from '../command.js';
import { CommandStopped } from '../command-stopped.js';
import { readMembers } from '../init/read-members.js';
import { setUpDeployment } from './setup-deployment.js';

/** `waymark setup`: see the usage in command-line.ts. */
export const setupCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, {
    members: { type: 'string' },
    root: { type: 'string', default: '/waymark' },
    'chain-id': { type: 'string', default: 'waymark' },
    entrust: { type: 'string', default: 'all' },
  });
  if (values.members === undefined)
    throw new UsageError('--members <file.json> is missing: who founds the consortium?');
  const members = readMembers(pathFrom(surroundings, values.members));
  const accounts = members.map(({ account }) => account);
  const entrust =
    values.entrust === 'all'
      ? accounts
      : values.entrust === 'none'
        ? []
        : values.entrust.split(',').map((account) => account.trim());
  const unknown = entrust.find((account) => !accounts.includes(account));
  if (unknown !== undefined)
    throw new CommandStopped(
      `--entrust names "${unknown}", which is no account of the members file. Nothing was written.`,
    );
  const done = await setUpDeployment({
    members,
    root: pathFrom(surroundings, values.root),
    chainId: values['chain-id'],
    entrust,
  });
  surroundings.out(
    [
      done.made
        ? `Made the consortium "${done.chainId}": keys, node certificates, genesis, trust root, passwords.`
        : `The consortium "${done.chainId}" is set up already. Nothing was written.`,
      `  genesis      ${done.genesisHash}`,
      `  trust root   ${done.fingerprint}   (compare it with the other members by a way you trust)`,
      ...done.missing.map(
        (name) => `  The volume "${name}" is empty: taken away by its owner, or lost (docs/operations/restore.md).`,
      ),
      '',
    ].join('\n'),
  );
  return 0;
};
