/** The parts of a node, made in order and closed in reverse. */
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { quorum as quorumOf } from '@waymark/consensus/certificates';
import { lbft, type EngineFactory } from '@waymark/consensus/engine';
import { leaderSchedule, type LbftConfig } from '@waymark/consensus/lbft';
import { decodeHeader, genesisSeed } from '@waymark/ledger/chain';
import { parseNodePass } from '@waymark/ledger/membership';
import { toHex } from '@waymark/ledger/primitives';
import { createRuntime, type LedgerModule } from '@waymark/ledger/runtime';
import { openState } from '@waymark/ledger/state';
import { provenanceModule } from '@waymark/provenance/module';
import type { Logger } from 'pino';
import { BlockExchange } from './catch-up/block-exchange.js';
import { CatchUp } from './catch-up/catch-up.js';
import { ConfigError, type LoadedConfig } from './config/index.js';
import { inThreadJudge } from './dry-run/dry-run.js';
import { DryRuns } from './dry-run/dry-runs.js';
import { canOpenThreadJudge, threadJudge } from './dry-run/thread-judge.js';
import { ExecutionTree, type CheckedBlock } from './execution/execution-tree.js';
import { inThreadExecutor } from './execution/executor.js';
import { checkGenesis } from './genesis.js';
import { BlockDesk } from './host/block-desk.js';
import { BookingLane, type Booked } from './host/booking.js';
import { DISK_FULL, DiskGuard } from './host/disk-guard.js';
import { readHaltMark, writeHaltMark } from './host/halt-mark.js';
import { Host } from './host/host.js';
import { Incoming } from './host/incoming.js';
import { serialOfFrame, viewOfFrame } from './host/log-payloads.js';
import { coreRecords, loggedVotes } from './host/recovery.js';
import { rosterOf, seatOf } from './host/roster.js';
import { Admission } from './mempool/admission.js';
import { Mempool } from './mempool/mempool.js';
import { FrameType } from './network/frame.js';
import { certificateKey, NodeNetwork } from './network/network.js';
import type { VisitOptions } from './network/visits.js';
import { ConsensusWatch } from './observability/consensus-watch.js';
import { DiskUsageWatch } from './observability/disk-usage.js';
import { nodeLog } from './observability/log.js';
import { NodeMetrics } from './observability/metrics.js';
import { reportFile } from './observability/reports.js';
import { ConsensusReporter } from './rpc/consensus-report.js';
import { AccountReader } from './rpc/account-reader.js';
import { LedgerReader } from './rpc/ledger-reader.js';
import { StateReader } from './rpc/state-reader.js';
import { rpcMethods } from './rpc/methods.js';
import { startRpcServer } from './rpc/rpc-server.js';
import { SIGNER_FOLDER } from './signer/first-sign-state.js';
import { Signer } from './signer/signer.js';
import { ChainStore, type UnbookedBlock } from './storage/index.js';
import { Scrubber } from './storage/scrubber.js';
import { hashingOf, openAccelerator } from './verification/open-accelerator.js';
import { TransactionVerifier } from './verification/transaction-verifier.js';
import { NODE_VERSION } from './version.js';
import { WriteAheadLog } from './wal/write-ahead-log.js';

export interface NodeOptions {
  readonly loaded: LoadedConfig;
  /** Consensus; default: LBFT-3. */
  readonly engine?: EngineFactory;
  /** Ledger modules; default: what the product ships. */
  readonly modules?: readonly LedgerModule[];
  /** Called once when the node cannot go on: a failed flush, a broken invariant. The process must end. */
  readonly onFatal: (error: unknown) => void;
  readonly log?: Logger;
}

export interface RunningNode {
  readonly rpcPort: number;
  readonly p2pPort: number;
  readonly genesisHash: string;
  finalHeight(): number;
  /** Where the core stands; for tests and the status page. */
  summary(): ReturnType<Host['summary']>;
  close(): Promise<void>;
}

/** What must happen, and is undone in reverse order. */
class Closers {
  private readonly list: (() => Promise<void> | void)[] = [];
  add(close: () => Promise<void> | void): void {
    this.list.push(close);
  }
  async closeAll(): Promise<void> {
    let failed: unknown = null;
    for (let close = this.list.pop(); close !== undefined; close = this.list.pop()) {
      try {
        await close();
      } catch (error) {
        failed ??= error; // one part that cannot end must not keep the others open
      }
    }
    if (failed !== null) throw failed as Error;
  }
}

/** Starts a node. Rejects, with everything closed again, when it cannot start. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const closers = new Closers();
  try {
    return await compose(options, closers);
  } catch (error) {
    await closers.closeAll().catch(() => undefined); // what stands in the way is `error`
    throw error;
  }
}

async function compose(
  { loaded, modules, engine: makeEngine = lbft, onFatal, log: given }: NodeOptions,
  closers: Closers,
): Promise<RunningNode> {
  const { config, network, dataDir } = loaded;
  const hashing = hashingOf(config.accelerator);
  const log = given ?? nodeLog(config.name, config.log.level);
  let dead = false;
  const fatal = (error: unknown): void => {
    if (dead) return;
    dead = true;
    log.fatal(
      { error: error instanceof Error ? error.stack : String(error), cause: causeOf(error) },
      'this node cannot go on',
    );
    onFatal(error);
  };

  // Verification and the chain's constants
  const accelerator = await openAccelerator(config.accelerator, log);
  closers.add(() => accelerator.close());
  const { genesis, genesisHash, bytes: genesisBytes } = await checkGenesis(loaded.genesis, hashing, accelerator);
  const roster = rosterOf(hashing, genesis);
  const self = config.role === 'validator' ? seatOf(hashing, genesis, config.account, config.name) : null;
  if (config.role === 'validator' && self === null)
    throw new ConfigError(`genesis gives no seat to ${config.name} of ${config.account}`);
  const runtime = createRuntime({ hashing, modules: modules ?? [provenanceModule], genesis, genesisHash });
  const transactions = new TransactionVerifier({ hashing, verifier: accelerator, runtime });

  // Storage and execution; what was final and not booked is booked now
  const opened = await ChainStore.open({
    dir: join(dataDir, 'chain'),
    hashing,
    genesisHash,
    segmentBytesMax: config.limits.segmentBytesMax,
    genesisWrites: (state) => runtime.genesisState(openState(hashing, state)).writes,
  });
  const { store } = opened;
  closers.add(() => store.close());
  if (opened.cutBytes > 0)
    log.warn({ bytes: opened.cutBytes }, 'a torn record at the end of the block store was cut off');
  const tree = new ExecutionTree({
    hashing,
    runtime,
    executor: inThreadExecutor(runtime),
    store,
    genesisHash,
    genesisTimeMs: genesis.timeMs,
  });
  const onBooked: ((booked: Booked) => void)[] = [];
  const booking = new BookingLane({
    tree,
    store,
    booked: (booked) => onBooked.forEach((tell) => tell(booked)),
    failed: fatal,
  });
  for (const block of opened.unbooked)
    await booking.enqueue([unbookedBlock(block, transactions, toHex(hashing.sha256(block.header)))], block.tip);
  if (opened.unbooked.length > 0)
    log.warn({ blocks: opened.unbooked.length }, 'final blocks of the last run were executed again');

  // The log, the key, and what the core remembers
  const {
    log: wal,
    frames,
    damage,
  } = await WriteAheadLog.open({
    dir: join(dataDir, 'wal'),
    viewOf: viewOfFrame,
    serialOf: serialOfFrame,
  });
  closers.add(() => wal.close());
  if (damage !== 'NONE')
    log.warn(
      { damage },
      damage === 'TORN'
        ? 'the torn end of the log was cut off'
        : 'the log is damaged; what follows the damage was kept',
    );
  const proposer = self === null ? -1 : roster.proposers.indexOf(self);
  const signer =
    self === null || loaded.consensusSeed === null
      ? null
      : await Signer.open({
          dir: join(dataDir, SIGNER_FOLDER),
          seed: loaded.consensusSeed,
          genesisHash,
          member: self,
          proposer: proposer < 0 ? null : proposer,
          hashing,
          log: wal,
          logged: loggedVotes(frames),
          logDamage: damage,
        });
  if (signer !== null) {
    closers.add(() => signer.close());
    const member = roster.members[self as number];
    if (member === undefined || toHex(member.consensusKey) !== toHex(signer.publicKey))
      throw new ConfigError('the consensus key is not the one that genesis names');
  }
  const desk = new BlockDesk(hashing);
  const records = coreRecords(frames, { store, desk, signer });
  const leaderOf = leaderSchedule(genesisSeed(hashing, genesisHash), roster.proposers.length, (bytes) =>
    hashing.sha256(bytes),
  );
  const constants: LbftConfig = {
    committeeSize: roster.members.length,
    self,
    proposers: roster.proposers,
    leaderOf,
    epoch: 0,
    genesis: {
      hash: toHex(genesisHash),
      parentHash: '',
      view: 0,
      parentView: 0,
      height: 0,
      timeMs: genesis.timeMs,
      txCount: 0,
    },
    parameters: {
      deltaMs: config.pacing.deltaMs ?? genesis.parameters.deltaMs,
      minBlockMs: config.pacing.minBlockMs ?? genesis.parameters.minBlockMs,
      slotMs: config.pacing.slotMs ?? genesis.parameters.slotMs,
    },
    sha256: (bytes) => hashing.sha256(bytes),
  };
  const engine = makeEngine(constants, records);

  // The network, and who answers it
  const listed = network?.nodes ?? [];
  const members = new Map(roster.members.map(({ p2pKey, account, node }) => [p2pKey, `${account}/${node}`]));
  const names = new Map([...members, ...listed.map((node) => [node.p2pKey, `${node.account}/${node.name}`] as const)]);
  const visits = visitsOf(loaded, genesisHash, members);
  const net = new NodeNetwork(
    {
      listen: config.p2p ?? { host: '127.0.0.1', port: 0 },
      tlsKeyPem: loaded.tlsKeyPem,
      tlsCertificatePem: loaded.tlsCertificatePem,
      genesisHash,
      peers: listed.map((node) => ({
        key: node.p2pKey,
        name: `${node.account}/${node.name}`,
        endpoint: node.p2p,
      })),
      ...(visits === null
        ? {
            guests: {
              keysOf: (account) => runtime.accounts(tree.final.view).byAccount(account)?.keys ?? [],
              genesisHash,
              limits: config.fullNodes,
              verify: async (check) => (await accelerator.verifyMany([check]))[0] === true,
              wallMs: () => Date.now(),
            },
          }
        : { visits }),
      log,
    },
    {
      opened: (peer) => {
        log.info({ peer: names.get(peer) }, 'session opened');
        host.sessionOpened(peer);
      },
      closed: (peer) => {
        log.info({ peer: names.get(peer) }, 'session closed');
        host.sessionClosed(peer);
      },
      frame: (peer, frame) => host.frame(peer, frame),
    },
  );
  const penalize = (peer: string, code: string): void => net.penalize(peer, code);
  const damaged = (height: number): void => {
    catchUp.repair(height).catch(fatal);
  };
  const exchange = new BlockExchange({
    store,
    desk,
    accelerator,
    send: (peer, type, payload) => net.send(peer, type, payload),
    penalize,
    isGuest: (peer) => net.isGuest(peer),
    damaged,
    failed: fatal,
  });
  const catchUp = new CatchUp({
    hashing,
    store,
    exchange,
    verifier: transactions,
    peers: () => net.connectedPeers(),
    penalize,
    certified: (header, hash, certificate) => host.certified(header, hash, certificate),
    book: (blocks, certificate) => booking.enqueue(blocks, certificate),
    log,
  });
  const mempool = new Mempool({ countMax: config.limits.mempoolCountMax, bytesMax: config.limits.mempoolBytesMax });
  const admission = new Admission({
    verifier: transactions,
    mempool,
    runtime,
    tree,
    store,
    handOn: (transaction) => {
      for (const { p2pKey } of roster.members) net.send(p2pKey, FrameType.TX, transaction.bytes);
    },
    changed: () => host.admitted(),
    nowMs: () => performance.now(),
  });
  const watch = new ConsensusWatch({
    leaderOf: (view) => {
      const member = roster.members[roster.proposers[leaderOf(view)] ?? -1];
      return member === undefined ? '' : `${member.account}/${member.node}`;
    },
    finalHeight: () => store.finalHeight,
    wallMs: () => Date.now(),
  });
  if (signer !== null && signer.quarantine !== null) watch.silence(signer.quarantine);
  const host: Host = new Host({
    engine,
    hashing,
    genesis,
    genesisHash,
    roster,
    self,
    leaderOf,
    deltaMs: constants.parameters.deltaMs,
    runtime,
    store,
    tree,
    desk,
    mempool,
    admission,
    verifier: transactions,
    incoming: new Incoming({
      hashing,
      roster,
      genesisHash: toHex(genesisHash),
      desk,
      verify: (checks) => transactions.verify(checks),
    }),
    exchange,
    catchUp,
    booking,
    signer,
    wal,
    link: net,
    log,
    watch,
    haltedBefore: readHaltMark(dataDir),
    markHalted: (mark) => writeHaltMark(dataDir, mark),
    report: reportFile(dataDir, (error) =>
      log.error({ error: (error as Error).message }, 'a report could not be written'),
    ),
    fatal,
  });

  // RPC, and the watchers
  const reader = new LedgerReader({
    hashing,
    store,
    tree,
    chainId: genesis.chainId,
    genesisHash,
    genesisBytes,
    damaged,
  });
  const reporter = new ConsensusReporter({
    identity: { name: config.name, account: config.account, role: config.role, version: NODE_VERSION, seat: self },
    roster,
    quorum: quorumOf(roster.members.length),
    store,
    mempool,
    watch,
    disk: new DiskUsageWatch(dataDir),
    summary: () => host.summary(),
    executedHeight: () => tree.latest.height,
    finalTimeMs: () => reader.finalTimeMs(genesis.timeMs),
    catchingUp: () => host.catchingUp,
    peers: () => net.facts(),
  });
  closers.add(() => reporter.close());
  const metrics = new NodeMetrics(reporter.on);
  onBooked.push(
    (booked) => host.booked(booked),
    ({ block: { header } }) => net.progress(header.height),
    ({ block: { header } }) => {
      const live = !host.catchingUp;
      watch.booked({
        height: header.height,
        view: header.view,
        timeMs: header.time,
        transactions: header.txCount,
        live,
      });
      if (live) metrics.booked(header.time);
    },
    () => reader.booked(),
  );
  const disk = new DiskGuard({
    dir: dataDir,
    reserve: {
      refuseBelowBytes: config.limits.diskRefuseBelowBytes,
      silentBelowBytes: config.limits.diskSilentBelowBytes,
    },
    admission,
    signer,
    log,
  });
  // Modules of a test's own no other thread can load.
  const judge = modules === undefined && canOpenThreadJudge ? threadJudge(genesisBytes) : inThreadJudge(runtime);
  closers.add(() => judge.close());
  const rpc = await startRpcServer({
    listen: config.rpc,
    token: loaded.rpcToken,
    methods: rpcMethods({
      admission,
      mempool,
      dryRuns: new DryRuns({ judge, tree, store, nowMs: () => performance.now(), wallMs: () => Date.now() }),
      tree,
      store,
      reader,
      accounts: new AccountReader(tree),
      state: new StateReader({ hashing, store, tree, chainId: genesis.chainId, genesisHash }),
      genesisBytes,
      genesisTimeMs: genesis.timeMs,
      status: () => {
        const { epoch, view, quarantined, halted } = host.summary();
        const around = visits === null ? listed : roster.members.map(({ node, p2pKey }) => ({ name: node, p2pKey }));
        const peers = around
          .filter((node) => node.p2pKey !== net.key)
          .map((node) => ({ name: node.name, connected: net.connected(node.p2pKey) }));
        return {
          chainId: genesis.chainId,
          genesisHash: toHex(genesisHash),
          name: config.name,
          account: config.account,
          role: config.role,
          version: NODE_VERSION,
          epoch,
          view,
          quarantined,
          halted: halted || host.halted,
          peers,
        };
      },
      consensus: () => reporter.report(),
      network: () => ({
        nodes: listed.map(({ account, name, role, p2p }) => ({ account, name, role, p2p })),
        fullNodes: net.guestFacts().map(({ key, ...guest }) => ({ ...guest, p2pKey: key })),
        visits: net
          .visitFacts()
          .map(({ address, name, connected, refusal }) => ({ address, name, connected, refusal })),
      }),
    }),
    metrics: () => metrics.text(),
    unhealthy: () => {
      if (dead || host.halted) return 'stopped after an alarm';
      if (disk.full) return `${DISK_FULL}: this node does not vote until there is room on its disk`;
      const needed = roster.members.length === 1 ? 0 : 1;
      if (net.connectedPeers().length < needed) {
        const refusal = net.visitFacts().find((visit) => visit.refusal !== null)?.refusal;
        return refusal == null ? 'no other node is connected' : `turned away: ${refusal}`;
      }
      return host.catchingUp ? 'catching up' : null;
    },
    log,
  });
  closers.add(() => rpc.close());
  await disk.start();
  const scrubber = new Scrubber({ store, damaged, log, failed: fatal });
  host.start();
  closers.add(() => host.stop());
  scrubber.start();
  closers.add(() => scrubber.stop());
  closers.add(() => disk.stop());
  await net.start();
  closers.add(() => net.close());
  log.info({ height: store.finalHeight, rpc: rpc.port, p2p: net.port }, 'the node runs');

  let closing: Promise<void> | null = null;
  return {
    rpcPort: rpc.port,
    p2pPort: net.port,
    genesisHash: toHex(genesisHash),
    finalHeight: () => store.finalHeight,
    summary: () => host.summary(),
    close: () => {
      dead = true; // what fails from here on fails because its parts are closed
      return (closing ??= closers.closeAll());
    },
  };
}

/**
 * Whom a full node with a pass calls; null for a node of the list. The pass is looked at here already: what is wrong with it is told
 * at the start, not after a minute of knocking.
 */
function visitsOf(
  { config, nodePass, tlsCertificatePem }: LoadedConfig,
  genesisHash: Uint8Array,
  members: ReadonlyMap<string, string>,
): VisitOptions | null {
  if (nodePass === null || config.peers === undefined) return null;
  const read = parseNodePass(nodePass);
  if (!read.ok)
    throw new ConfigError(
      `nodePass: ${read.refusal.code} ${read.refusal.pointer} ${JSON.stringify(read.refusal.facts)}`,
    );
  const pass = read.value;
  if (pass.genesisHash !== toHex(genesisHash))
    throw new ConfigError(
      `GENESIS_FOREIGN: the pass is for the chain ${pass.genesisHash}, genesis.json is ${toHex(genesisHash)}; join again with the right genesis file`,
    );
  if (pass.p2pKey !== certificateKey(new X509Certificate(tlsCertificatePem)))
    throw new ConfigError('NODE_PASS_KEY_DIFFERS: the pass was made for another node certificate than tlsCertificate');
  if (pass.account !== config.account || pass.node !== config.name)
    throw new ConfigError(
      `nodePass: made for ${pass.account}/${pass.node}, this node is ${config.account}/${config.name}`,
    );
  return { addresses: config.peers, members, pass: nodePass };
}

function unbookedBlock(block: UnbookedBlock, transactions: TransactionVerifier, hash: string): CheckedBlock {
  const header = decodeHeader(block.header);
  if (!header.ok) throw new Error(`the header of stored block ${block.height} does not decode`);
  return {
    hash,
    header: header.value,
    headerBytes: block.header,
    transactions: block.transactions.map((bytes) => transactions.trusted(bytes)),
  };
}

function causeOf(error: unknown): string | undefined {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
}
