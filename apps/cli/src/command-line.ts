import { UsageError, type Command, type Surroundings } from './command.js';
import { CommandStopped } from './command-stopped.js';

interface CommandEntry {
  readonly usage: string;
  /** Loaded when asked for: verifying must work where native packages and x509 are missing. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  init: {
    usage: `init --members <file.json> --out <folder>   make keys, node certificates and a genesis for a consortium
init --nodes <n> --out <folder>              the same for n invented members
     --chain-id <name>     name of the chain (default: waymark)
     --host <address>      where the nodes listen and are reached (default: 127.0.0.1)
     --port-base <n>       node i: RPC on n+10+i, peers on n+20+i (default: 4300)
     --fresh               delete the consortium that init made in the folder before, keys included`,
    load: async () => (await import('./init/init-command.js')).initCommand,
  },
  setup: {
    usage: `setup --members <file.json>                  first run of a deployment with containers (docs/operations/install.md)
     --root <folder>       where its volumes are mounted (default: /waymark)
     --chain-id <name>     name of the chain (default: waymark)
     --entrust <accounts>  whose keys its gateway signs with: all (default), none, or a comma list`,
    load: async () => (await import('./setup/setup-command.js')).setupCommand,
  },
  'setup-member': {
    usage: `setup-member --files <folder> --peers <host:port,...>  first run of a member's own deployment (docs/operations/member.md)
     --files <folder>      genesis.json, trust.json, organisation.key.json, organisation.secret
     --fingerprint <3F2A-...>  stop unless trust.json has this fingerprint
     --root, --node, --days as for setup and join`,
    load: async () => (await import('./setup/setup-command.js')).setupMemberCommand,
  },
  join: {
    usage: `join --genesis <genesis.json> --trust <trust.json> --key <organisation.key.json> --secret <organisation.secret>
     --peers <host:port,...> --out <folder>  make a full node of your organisation that follows a running consortium
     --fingerprint <3F2A-...>  stop unless trust.json has this fingerprint
     --node <name>         name of the node (default: <account>-full)
     --rpc <host:port>     where its RPC listens (default: 127.0.0.1:4310); elsewhere than on loopback it asks for a token
     --rpc-open            no token: only on a network that nobody else is on
     --data <folder>       where it keeps its data, from the folder on (default: data)
     --days <n>            how long its pass is good (default: 365)
join --renew --key <...> --secret <...> --out <folder>   a new pass for the node there`,
    load: async () => (await import('./join/join-command.js')).joinCommand,
  },
  key: {
    usage: `key --account <name> --secret <organisation.secret> --out <file>
                                             make a new signing key of an organisation, to rotate to`,
    load: async () => (await import('./key/key-command.js')).keyCommand,
  },
  sample: {
    usage: `sample --api <address> --keys <file.json>    capture the seafood sample, each company its part
     --keys <file.json>    { "<account>": "<API key with the scope capture>", ... }; deleted when all is final`,
    load: async () => (await import('./capture/sample-command.js')).sampleCommand,
  },
  snapshot: {
    usage: `snapshot export --node <node.json> --out <folder>   write the state of a stopped node, with what proves it
snapshot verify <folder> [--trust <trust.json>]     check a snapshot, offline: every byte of it
snapshot import <folder> --node <node.json> [--trust <trust.json>]   begin a node that has no chain yet with it
snapshot prune <folder> --node <node.json> [--trust <trust.json>]    drop blocks behind it from a stopped node
     --values              drop the values that those blocks replaced in the state, too
     --lang en|zh-CN       language of the answer (default: the terminal's)`,
    load: async () => (await import('./snapshot/snapshot-command.js')).snapshotCommand,
  },
  trust: {
    usage: `trust <trust.json>                           show the fingerprint of a trust root, to compare with others`,
    load: async () => (await import('./verify/trust-command.js')).trustCommand,
  },
  verify: {
    usage: `verify <evidence.json> [--trust <trust.json>] check an evidence file, or an answer about the state, offline
     --lang en|zh-CN       language of the answer (default: the terminal's)
     Without --trust: WAYMARK_TRUST_FILE, else the trust root of the demo on this machine.`,
    load: async () => (await import('./verify/verify-command.js')).verifyCommand,
  },
};

const USAGE = `npm run waymark -- <command>

${Object.values(COMMANDS)
  .map(({ usage }) => usage)
  .join('\n\n')}
`;

/** Runs one command. Never throws: what a person must correct is told on `err`, a fault of ours with its trace. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    surroundings.out(USAGE);
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    surroundings.err(`There is no command "${name}".\n\n${USAGE}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    surroundings.out(`${entry.usage}\n`);
    return 0;
  }
  try {
    const command = await entry.load();
    return await command(rest, surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      surroundings.err(`${error.message}\n\n${entry.usage}\n`);
      return 2;
    }
    if (error instanceof CommandStopped) {
      surroundings.err(`${error.message}\n`);
      return 1;
    }
    surroundings.err(
      `The program has a fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 1;
  }
}
