import { nodePassLifeMaxMs } from '@waymark/ledger/membership';
import { parseCommandArgs, pathFrom, UsageError, type Command } from '../command.js';
import { joinConsortium, renewPass, type Endpoint, type Joined } from './join-consortium.js';

const DAYS_MAX = Math.floor(nodePassLifeMaxMs / 86_400_000);

/** `waymark join`: see the usage in command-line.ts. */
export const joinCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, {
    genesis: { type: 'string' },
    trust: { type: 'string' },
    fingerprint: { type: 'string' },
    key: { type: 'string' },
    secret: { type: 'string' },
    peers: { type: 'string' },
    out: { type: 'string' },
    node: { type: 'string' },
    rpc: { type: 'string', default: '127.0.0.1:4310' },
    'rpc-open': { type: 'boolean', default: false },
    data: { type: 'string', default: 'data' },
    days: { type: 'string', default: '365' },
    renew: { type: 'boolean', default: false },
  });
  const file = (name: 'genesis' | 'trust' | 'key' | 'secret' | 'out'): string => {
    const given = values[name];
    if (given === undefined) throw new UsageError(`--${name} is missing.`);
    return pathFrom(surroundings, given);
  };
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
    throw new UsageError(`--days ${values.days}: a pass is good for 1 to ${DAYS_MAX} days.`);
  const own = { keyFile: file('key'), secretFile: file('secret'), out: file('out'), days, now: surroundings.now() };
  if (values.renew) {
    surroundings.out(
      `${told(await renewPass(own), 'Made a new pass')}\nStart the node again: it shows the new pass then.\n`,
    );
    return 0;
  }
  if (values.peers === undefined)
    throw new UsageError('--peers is missing: where are nodes of the consortium reached?');
  const joined = await joinConsortium({
    ...own,
    genesisFile: file('genesis'),
    trustFile: file('trust'),
    ...(values.fingerprint === undefined ? {} : { fingerprint: values.fingerprint }),
    node: nodeName(values.node),
    peers: values.peers.split(',').map((each) => endpointOf('--peers', each.trim())),
    rpc: endpointOf('--rpc', values.rpc),
    rpcOpen: values['rpc-open'],
    data: values.data,
  });
  surroundings.out(
    [
      told(joined, 'Made a full node'),
      ...(values.fingerprint === undefined
        ? ['', 'Compare the fingerprint with somebody of the consortium, by another way than the files came.']
        : []),
      '',
      `Start it:  node apps/node/dist/main.js --config ${joined.folder}/node.json`,
      '',
    ].join('\n'),
  );
  return 0;
};

function told({ folder, chainId, account, node, genesisHash, fingerprint, expires }: Joined, what: string): string {
  return [
    `${what}: ${node} of ${account} in ${folder}`,
    `  consortium   ${chainId}`,
    `  genesis      ${genesisHash}`,
    `  trust root   ${fingerprint}`,
    `  pass         good until ${expires.toISOString().slice(0, 10)}`,
  ].join('\n');
}

function nodeName(given: string | undefined): string | undefined {
  if (given !== undefined && !/^(?=.{1,32}$)[a-z0-9]+([.-][a-z0-9]+)*$/.test(given))
    throw new UsageError(`--node ${given}: 1 to 32 of a-z, 0-9, with single - or . inside.`);
  return given;
}

/** `host:port`, `[::1]:port`. */
function endpointOf(option: string, text: string): Endpoint {
  const parts = /^(?:\[([0-9a-fA-F:]+)\]|([^\s:[\]]{1,255})):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (host === undefined || port < 1 || port > 65_535)
    throw new UsageError(`${option} ${text}: an address is host:port, for example node.example.com:4321.`);
  return { host, port };
}
