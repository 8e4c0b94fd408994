import { parseCommandArgs, pathFrom, UsageError, type Command } from '../command.js';
import { CommandStopped } from '../command-stopped.js';
import { readMembers } from '../init/read-members.js';
import type { SetUp } from './first-run.js';
import { setUpDeployment } from './setup-deployment.js';
import { peersFrom, setUpMember } from './setup-member.js';

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
  surroundings.out(told(done, `the consortium "${done.chainId}"`));
  return 0;
};

/** `waymark setup-member`: see the usage in command-line.ts. */
export const setupMemberCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, {
    files: { type: 'string' },
    peers: { type: 'string' },
    root: { type: 'string', default: '/waymark' },
    fingerprint: { type: 'string' },
    node: { type: 'string' },
    days: { type: 'string', default: '365' },
  });
  if (values.files === undefined || values.peers === undefined || values.peers === '')
    throw new UsageError('--files <folder> and --peers <host:port,...> are needed: what was given, and whom to call.');
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 400) throw new UsageError('--days takes 1 to 400.');
  const done = await setUpMember({
    files: pathFrom(surroundings, values.files),
    root: pathFrom(surroundings, values.root),
    peers: peersFrom(values.peers),
    ...(values.fingerprint === undefined || values.fingerprint === '' ? {} : { fingerprint: values.fingerprint }),
    node: values.node === '' ? undefined : values.node,
    days,
    now: surroundings.now(),
  });
  surroundings.out(told(done, `a full node that follows the consortium "${done.chainId}"`));
  return 0;
};

function told(done: SetUp, what: string): string {
  return [
    done.made
      ? `Made ${what}: keys, certificates, passwords, each in the volume of whoever may read it.`
      : `Here is ${what}: it is set up already. Nothing was written.`,
    `  genesis      ${done.genesisHash}`,
    `  trust root   ${done.fingerprint}   (compare it with the other members by a way you trust)`,
    ...done.missing.map(
      (name) => `  The volume "${name}" is empty: taken away by its owner, or lost (docs/operations/restore.md).`,
    ),
    '',
  ].join('\n');
}
