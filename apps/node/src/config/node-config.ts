/**
 * What one node is told: `node.json`, written by `waymark init`, and `network.json`, the list of all nodes. Paths in
 * `node.json` are relative to the folder it lies in. Unknown fields are refused: a misspelt setting must not be silent.
 */
import { z } from 'zod';

const port = z.int().min(0).max(65_535);
const hex32 = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits');
/** Names of accounts and nodes (docs/protocol/formats.md section 1). */
const name = z
  .string()
  .regex(/^(?=.{3,32}$)[a-z0-9]+([.-][a-z0-9]+)*$/, '3 to 32 of a-z, 0-9, with single - or . inside');
const nodeName = z
  .string()
  .regex(/^(?=.{1,32}$)[a-z0-9]+([.-][a-z0-9]+)*$/, '1 to 32 of a-z, 0-9, with single - or . inside');

/** Where something listens, or is reached. Port 0 lets the system choose (tests). */
export const endpointSchema = z.strictObject({ host: z.string().min(1).max(255), port });
export type Endpoint = z.infer<typeof endpointSchema>;

export const roleSchema = z.enum(['validator', 'full']);
export type NodeRole = z.infer<typeof roleSchema>;

export const logLevelSchema = z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']);

/**
 * Overrides of the pacing that genesis names, for tests and trials. They touch this node's timers only, never a rule:
 * nodes may differ. Milliseconds.
 */
const pacingSchema = z.strictObject({
  deltaMs: z.int().min(1).max(60_000).optional(),
  minBlockMs: z.int().min(0).max(60_000).optional(),
  slotMs: z.int().min(1).max(600_000).optional(),
});

/** Ceilings of one node's memory and sockets. */
const limitsSchema = z.strictObject({
  /** Transactions waiting to be proposed. */
  mempoolCountMax: z.int().min(1).default(50_000),
  /** Bytes of them. */
  mempoolBytesMax: z
    .int()
    .min(1_048_576)
    .default(256 * 1024 * 1024),
  /** Bytes of a block store segment before a new one is begun. */
  segmentBytesMax: z
    .int()
    .min(4_096)
    .default(256 * 1024 * 1024),
  /** Free bytes on the disk below which no new transactions are taken. */
  diskRefuseBelowBytes: z
    .int()
    .min(0)
    .default(256 * 1024 * 1024),
  /** Free bytes below which this node does not vote, and does not start. */
  diskSilentBelowBytes: z
    .int()
    .min(0)
    .default(64 * 1024 * 1024),
});

/** Who checks signatures and packs blocks (docs/accelerators.md). What is missing or fails is replaced by the next. */
const acceleratorSchema = z.strictObject({
  /** Engines to try, in the order of preference; the portable one is the last resort, named or not. Default: all but the GPU. */
  engines: z
    .array(z.enum(['gpu', 'native-pool', 'native', 'portable']))
    .min(1)
    .optional(),
  /** Threads of native-pool. Default: one less than the machine runs at once, at most 4. */
  threads: z.int().min(1).max(256).optional(),
  /** A service of this machine, or a card's driver, that is asked first: an absolute path, or a port of 127.0.0.1. */
  socket: z
    .union([
      // The longest name that a unix socket can have.
      z.strictObject({ path: z.string().startsWith('/').max(107) }),
      z.strictObject({ port: port.min(1) }),
    ])
    .optional(),
  /** One in so many answers of a fast engine is compared with the portable reference. */
  crossCheckEvery: z.int().min(1).max(1_000_000).default(1_024),
  /** An engine that has not answered a batch after this long is given up. */
  timeoutMs: z.int().min(100).max(600_000).default(10_000),
});

const rpcSchema = z.strictObject({
  ...endpointSchema.shape,
  /** File of the token that a caller must show (`Authorization: Bearer ...`); at least 32 characters. */
  tokenFile: z.string().min(1).optional(),
  /** Anybody who reaches the port may ask: only where the network itself keeps others out. */
  open: z.boolean().default(false),
});

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

export const nodeConfigSchema = z
  .strictObject({
    /** Name of the node within its account; with the account it makes the memberId. */
    name: nodeName,
    account: name,
    role: roleSchema,
    /** The genesis file, `genesis.json`. */
    genesis: z.string().min(1),
    /** The list of nodes, `network.json`. A full node that joined by a pass has none: it calls `peers`. */
    network: z.string().min(1).optional(),
    /** The pass by which a full node is let in that no list names (docs/protocol/formats.md section 11). */
    nodePass: z.string().min(1).optional(),
    /** Where a full node with a pass calls: nodes of the consortium. */
    peers: z.array(endpointSchema).min(1).max(64).optional(),
    /** Full nodes that no list names: how many this node takes, of one organisation and in all. 0 in all: none. */
    fullNodes: z
      .strictObject({
        perOrganisationMax: z.int().min(0).max(256).default(4),
        inAllMax: z.int().min(0).max(1_024).default(32),
      })
      .prefault({}),
    /** File of the consensus key: the 32-byte Ed25519 seed as 64 hex digits. A validator has one, a full node none. */
    consensusKey: z.string().min(1).optional(),
    /** PKCS #8 PEM of the Ed25519 key of the node certificate. */
    tlsKey: z.string().min(1),
    /** PEM of the self-signed node certificate; peers pin its public key, nothing else of it. */
    tlsCertificate: z.string().min(1),
    /** Folder of everything this node stores. `waymark init` puts the first sign-state of a validator there. */
    dataDir: z.string().min(1),
    /** Where peers call. A full node with a pass has none: nobody calls it. */
    p2p: endpointSchema.optional(),
    /** JSON-RPC: bound to loopback, or behind a token, or open by express wish (on a network that nobody else is on). */
    rpc: rpcSchema,
    pacing: pacingSchema.default({}),
    limits: limitsSchema.prefault({}),
    accelerator: acceleratorSchema.prefault({}),
    log: z.strictObject({ level: logLevelSchema.default('warn') }).prefault({}),
  })
  .superRefine((config, context) => {
    if (config.role === 'validator' && config.consensusKey === undefined)
      context.addIssue({ code: 'custom', path: ['consensusKey'], message: 'a validator needs a consensus key' });
    if (config.role === 'full' && config.consensusKey !== undefined)
      context.addIssue({ code: 'custom', path: ['consensusKey'], message: 'a full node has no consensus key' });
    if (!isLoopback(config.rpc.host) && config.rpc.tokenFile === undefined && !config.rpc.open)
      context.addIssue({
        code: 'custom',
        path: ['rpc'],
        message:
          'whoever reaches this address could ask the node everything: bind it to 127.0.0.1, name a tokenFile, or say "open": true for a network that nobody else is on',
      });
    if (config.rpc.tokenFile !== undefined && config.rpc.open)
      context.addIssue({ code: 'custom', path: ['rpc', 'open'], message: 'with a tokenFile the RPC is not open' });
    const isGuest = config.nodePass !== undefined;
    if (isGuest && config.role !== 'full')
      context.addIssue({
        code: 'custom',
        path: ['nodePass'],
        message: 'a validator is known by genesis: it has no pass',
      });
    if (isGuest !== (config.peers !== undefined))
      context.addIssue({ code: 'custom', path: ['peers'], message: 'nodePass and peers go together' });
    if (isGuest === (config.network !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['network'],
        message: 'either network, or nodePass and peers: a node is on the list or it shows a pass',
      });
    if (!isGuest && config.p2p === undefined)
      context.addIssue({
        code: 'custom',
        path: ['p2p'],
        message: 'a node of the list is called by others: say where it listens',
      });
  });

/** `node.json` with defaults filled in; paths as they stand in the file. */
export type NodeConfig = z.infer<typeof nodeConfigSchema>;
/** What may be written into `node.json`. */
export type NodeConfigFile = z.input<typeof nodeConfigSchema>;

export const networkSchema = z.strictObject({
  nodes: z
    .array(
      z.strictObject({
        name: nodeName,
        account: name,
        role: roleSchema,
        /** SHA-256("waymark/member" || account || 0x00 || name), hex. */
        memberId: hex32,
        p2p: endpointSchema,
        rpc: endpointSchema,
        /** Ed25519 public key of the node's TLS certificate, hex; for validators equal to genesis. */
        p2pKey: hex32,
      }),
    )
    .min(1)
    .max(256),
});
export type Network = z.infer<typeof networkSchema>;
export type NetworkNode = Network['nodes'][number];
