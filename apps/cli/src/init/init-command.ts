import path from 'node:path';
import { parseCommandArgs, pathFrom, UsageError, type Command, type Surroundings } from '../command.js';
import { initialiseConsortium } from './initialise-consortium.js';
import { inventedMembers, type Members } from './members.js';
import { readMembers } from './read-members.js';

/** `waymark init`: see the usage in command-line.ts. */
export const initCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, {
    members: { type: 'string' },
    nodes: { type: 'string' },
    out: { type: 'string' },
    'chain-id': { type: 'string', default: 'waymark' },
    host: { type: 'string', default: '127.0.0.1' },
    'port-base': { type: 'string', default: '4300' },
    fresh: { type: 'boolean', default: false },
  });
  if (values.out === undefined) throw new UsageError('--out <folder> is missing: where should the consortium be made?');
  const made = await initialiseConsortium({
    members: membersOf(values.members, values.nodes, surroundings),
    out: pathFrom(surroundings, values.out),
    chainId: values['chain-id'],
    host: values.host,
    portBase: wholeNumber('--port-base', values['port-base']),
    fresh: values.fresh,
  });
  const relative = path.relative(surroundings.folder, made.folder);
  const shown = relative.startsWith('..') || path.isAbsolute(relative) ? made.folder : relative || '.';
  surroundings.out(
    [
      `Made the consortium "${made.chainId}" in ${made.folder}`,
      `  genesis      ${made.genesisHash}`,
      `  trust root   ${made.fingerprint}   (trust.json: give it to everybody who checks, by a way you trust)`,
      ...made.nodes.map(
        ({ name, account, rpc, p2p }) =>
          `  node         ${name} of ${account}: RPC ${rpc.host}:${rpc.port}, peers ${p2p.host}:${p2p.port}`,
      ),
      '',
      `Each folder under ${path.join(shown, 'members')} holds private keys: hand it to its owner, keep no copy.`,
      `Start a node:  node apps/node/dist/main.js --config ${path.join(shown, 'members', '<account>', 'nodes', '<node>', 'node.json')}`,
      '',
    ].join('\n'),
  );
  return 0;
};

function membersOf(file: string | undefined, nodes: string | undefined, surroundings: Surroundings): Members {
  if ((file === undefined) === (nodes === undefined))
    throw new UsageError('Give either --members <file.json> or --nodes <n>.');
  if (nodes !== undefined) {
    try {
      return inventedMembers(wholeNumber('--nodes', nodes));
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message);
      throw error;
    }
  }
  return readMembers(pathFrom(surroundings, file as string));
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new UsageError(`${flag} takes a whole number, not "${text}".`);
  return Number(text);
}
