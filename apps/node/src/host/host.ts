/**
 * Drives the consensus core: feeds it inputs one at a time and performs its effects in the order given. All deciding is in
 * the core, all doing is here and in the rooms this one calls.
 */
import type { Hashing } from '@waymark/accel/contract';
import { VoteType, type Certificate, type CommitCertificate, type Vote } from '@waymark/consensus/certificates';
import type { ConsensusEngine } from '@waymark/consensus/engine';
import { LogFrameType } from '@waymark/consensus/signing';
import { encodeLoggedBlock } from '@waymark/consensus/wire';
import {
  markVerified,
  type BlockRef,
  type Effect,
  type LbftSummary,
  type OutgoingMessage,
} from '@waymark/consensus/lbft';
import { decodeHeader, type Genesis, type Header } from '@waymark/ledger/chain';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import type { Logger } from 'pino';
import type { BlockExchange } from '../catch-up/block-exchange.js';
import { NoAnswer } from '../catch-up/block-exchange.js';
import type { CatchUp } from '../catch-up/catch-up.js';
import type { CheckedBlock, ExecutionTree } from '../execution/execution-tree.js';
import type { Admission } from '../mempool/admission.js';
import type { Mempool } from '../mempool/mempool.js';
import { FrameType, type Frame } from '../network/frame.js';
import type { Signer, SigningAnswer } from '../signer/signer.js';
import type { ChainStore } from '../storage/index.js';
import type { TransactionVerifier } from '../verification/transaction-verifier.js';
import type { WriteAheadLog } from '../wal/write-ahead-log.js';
import { blockRefOf, type BlockDesk, type DeskBlock } from './block-desk.js';
import type { Booked, BookingLane } from './booking.js';
import { checkedBlock, Evaluation } from './evaluation.js';
import { Inbox, type Unclocked } from './inbox.js';
import type { Incoming } from './incoming.js';
import { encodeLoggedCertificate } from './log-payloads.js';
import { frameOf } from './outgoing.js';
import { buildProposal } from './proposal-builder.js';
import type { Roster } from './roster.js';
import { Timers } from './timers.js';

/** How the host speaks to peers; they are known by the Ed25519 key of their certificate, hex. */
export interface PeerLink {
  send(peer: string, type: FrameType, payload: Uint8Array): boolean;
  connectedPeers(): string[];
  penalize(peer: string, code: string): void;
  /** Ends all sessions and lets new ones be opened. */
  reopenSessions(): void;
}

export interface HostOptions {
  readonly engine: ConsensusEngine;
  readonly hashing: Hashing;
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
  readonly roster: Roster;
  /** Own committee index; null: observer. */
  readonly self: number | null;
  readonly leaderOf: (view: number) => number;
  /** Delta of the timers, milliseconds. */
  readonly deltaMs: number;
  readonly runtime: Runtime;
  readonly store: ChainStore;
  readonly tree: ExecutionTree;
  readonly desk: BlockDesk;
  readonly mempool: Mempool;
  readonly admission: Admission;
  readonly verifier: TransactionVerifier;
  readonly incoming: Incoming;
  readonly exchange: BlockExchange;
  readonly catchUp: CatchUp;
  readonly booking: BookingLane;
  /** Null for an observer. */
  readonly signer: Signer | null;
  readonly wal: WriteAheadLog;
  readonly link: PeerLink;
  readonly log: Logger;
  /** A person must see this: evidence of equivocation, alarms. Kept beside the log. */
  readonly report: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
  /** The disk failed, or an invariant of ours is broken: the process must end. */
  readonly fatal: (error: unknown) => void;
}

/** A view lasts minBlockMs and 3 delta at least: judging a block should take this many of them, on this machine. */
const JUDGING_DELTAS = 1.25;
const MISSING_BODY_PATIENCE_MS = 15;
const WHOLE_BODY_PATIENCE_MS = 150;
const INCOMING_IN_FLIGHT_MAX = 4_096;
const HOUSEKEEPING_MS = 1_000;

export class Host {
  private readonly inbox: Inbox;
  private readonly timers: Timers;
  private readonly evaluation: Evaluation;
  private readonly fetching = new Map<string, { proposal: boolean }>();
  /** Blocks whose body is waited for a moment before it is asked for. */
  private readonly patient = new Set<string>();
  private readonly certificatesLogged = new Set<string>();
  private following = false;
  private catchUpTarget: Extract<Effect, { kind: 'CATCH_UP' }> | null = null;
  private inFlight = 0;
  private workTold: number | null = null;
  private pruneTo = 0;
  private stopped = false;
  private isHalted = false;
  private housekeeping: NodeJS.Timeout | null = null;

  constructor(private readonly on: HostOptions) {
    this.inbox = new Inbox((input) => this.take(input));
    this.timers = new Timers(
      () => performance.now(),
      (timer) => this.inbox.post({ kind: 'TIMER', timer }),
    );
    this.evaluation = new Evaluation({
      desk: on.desk,
      tree: on.tree,
      verifier: on.verifier,
      runtime: on.runtime,
      genesis: on.genesis,
      genesisHash: on.genesisHash,
      committeeHash: on.roster.committeeHash,
      leaderOf: on.leaderOf,
      waiting: (txHash) => on.mempool.byTxHash(txHash),
      whole: (block) => this.makeDurable(block),
      missing: (hash) => this.fetchSoon(hash),
      answer: (view, blockHash, outcome, rule) => {
        this.on.admission.noteInFlight(this.on.tree.unfinalTxIds());
        this.inbox.post({
          kind: 'PROPOSAL_EVALUATED',
          view,
          blockHash,
          outcome,
          ...(rule === undefined ? {} : { code: rule }),
        });
      },
      faulty: (block) => {
        // Whoever of them is the cause: none of them is proposed by this node again.
        for (const { txId } of block.transactions ?? []) on.mempool.remove(toHex(txId));
      },
      failed: (error) => on.fatal(error),
      log: on.log,
    });
  }

  /** True after an alarm that stops voting. */
  get halted(): boolean {
    return this.isHalted;
  }

  /** True while blocks far ahead are fetched. */
  get catchingUp(): boolean {
    return this.following;
  }

  summary(): LbftSummary {
    return this.on.engine.summary();
  }

  start(): void {
    this.inbox.post({ kind: 'START' });
    this.tellWork();
    this.housekeeping = setInterval(() => {
      this.on.admission.handOnAgain();
      this.tellWork();
    }, HOUSEKEEPING_MS);
  }

  /** Stops taking inputs; what is being booked is finished. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.housekeeping !== null) clearInterval(this.housekeeping);
    this.timers.cancelAll();
    this.inbox.close();
    this.on.catchUp.close();
    await this.on.booking.idle();
  }

  // --- what comes from the network ---------------------------------------------------------------------------------

  sessionOpened(peer: string): void {
    const member = this.on.roster.memberByP2pKey(peer);
    if (member !== undefined) this.inbox.post({ kind: 'SESSION_OPENED', peer: member.index });
  }

  sessionClosed(peer: string): void {
    this.on.exchange.lostPeer(peer);
  }

  frame(peer: string, frame: Frame): void {
    if (this.stopped) return;
    switch (frame.type) {
      case FrameType.BLOCK_REQ:
      case FrameType.BLOCK_RESP:
      case FrameType.HEADERS_REQ:
      case FrameType.HEADERS_RESP:
        this.on.exchange.onFrame(peer, frame);
        return;
      case FrameType.TX:
        this.bounded(async () => {
          const { offence } = await this.on.admission.gossip(frame.payload);
          if (offence !== null) this.on.link.penalize(peer, offence.code);
        });
        return;
      default:
        this.bounded(() => this.receive(peer, frame));
    }
  }

  /** Runs work for peers, at most so much of it at once; what is above is lost. */
  private bounded(work: () => Promise<void>): void {
    if (this.inFlight >= INCOMING_IN_FLIGHT_MAX) return;
    this.inFlight += 1;
    work()
      .catch((error: unknown) => this.on.fatal(error))
      .finally(() => {
        this.inFlight -= 1;
      });
  }

  private async receive(peer: string, frame: Frame): Promise<void> {
    const { messages, offence } = await this.on.incoming.receive(frame.type, frame.payload);
    if (offence !== null) this.on.link.penalize(peer, offence);
    const from = this.on.roster.memberByP2pKey(peer)?.index ?? null;
    for (const message of messages) this.inbox.post({ kind: 'MESSAGE', from, message });
  }

  // --- the loop ----------------------------------------------------------------------------------------------------

  private take(input: Unclocked): void {
    if (this.stopped) return;
    let effects: readonly Effect[];
    try {
      const clock = { monotonicMs: performance.now(), wallMs: Date.now() };
      const result = this.on.engine.step({ ...input, clock });
      if (result.ignored !== undefined) this.on.log.trace({ input: input.kind, reason: result.ignored }, 'ignored');
      effects = result.effects;
    } catch (error) {
      this.on.fatal(error);
      return;
    }
    for (const effect of effects) this.perform(effect);
  }

  /** The one match over effects. */
  private perform(effect: Effect): void {
    switch (effect.kind) {
      case 'APPEND_CERTIFICATE':
        this.logCertificate(effect.certificate, effect.block);
        return;
      case 'SIGN':
        this.sign(effect);
        return;
      case 'PUBLISH':
        this.publish(effect.message, effect.to, effect.observers);
        return;
      case 'SEND':
        this.publish(effect.message, [effect.to], false);
        return;
      case 'SET_TIMER':
        this.timers.set(effect.timer, effect.atMonotonicMs);
        return;
      case 'CANCEL_TIMER':
        this.timers.cancel(effect.timer);
        return;
      case 'BUILD_PROPOSAL':
        this.build(effect);
        return;
      case 'EVALUATE_PROPOSAL':
        this.evaluation.ask(effect.view, effect.block.hash);
        return;
      case 'REQUEST_CERTIFICATES':
        this.publish(
          { kind: 'CERT_REQ', epoch: 0, fromView: effect.fromView, toView: effect.toView },
          effect.to,
          false,
        );
        return;
      case 'REQUEST_BLOCK':
        this.fetch(effect.blockHash, effect.from, effect.proposal);
        return;
      case 'CATCH_UP':
        this.followFar(effect);
        return;
      case 'DELIVER':
        this.deliver(effect.blocks, effect.certificate);
        return;
      case 'RAISE_FLOOR':
        this.on.signer?.raiseFloor(effect.view);
        return;
      case 'PRUNE':
        this.pruneTo = Math.max(this.pruneTo, effect.throughView);
        return;
      case 'EVIDENCE':
        this.on.log.error(
          { offence: effect.offence, member: effect.first.sender, view: effect.first.vote.view },
          'a key signed two messages that exclude each other',
        );
        this.on.report('EVIDENCE', { offence: effect.offence, first: effect.first, second: effect.second });
        return;
      case 'ALARM':
        this.on.log.fatal(
          { code: effect.code, ...effect.facts },
          effect.halt ? 'this node stops voting: a person must look' : 'alarm',
        );
        this.on.report('ALARM', { code: effect.code, halt: effect.halt, ...effect.facts });
        if (effect.halt) this.isHalted = true;
        return;
      case 'QUARANTINE_ENTERED':
        this.on.log.error(
          { reason: effect.reason },
          'quarantine: this key signs nothing until enough peers have shown where they stand',
        );
        this.on.signer?.enterQuarantine('RECORDS_CONTRADICT');
        this.on.link.reopenSessions(); // only what peers show over sessions opened since counts towards release
        return;
      case 'LEAVE_QUARANTINE':
        this.leaveQuarantine(effect.floor);
        return;
    }
  }

  // --- the book ----------------------------------------------------------------------------------------------------

  private logCertificate(certificate: Certificate, block: BlockRef | null): void {
    const name = `${certificate.kind}${certificate.view}`;
    if (this.certificatesLogged.has(name)) return;
    this.certificatesLogged.add(name);
    for (const oldest of this.certificatesLogged) {
      if (this.certificatesLogged.size <= 1_024) break;
      this.certificatesLogged.delete(oldest);
    }
    this.on.incoming.noteOwn(certificate);
    const header = block === null ? null : this.headerBytes(block);
    this.on.wal.append(LogFrameType.CERTIFICATE, encodeLoggedCertificate({ certificate, header }));
  }

  private logBlock(block: DeskBlock): void {
    if (block.logged || block.bytes === null) return;
    block.logged = true;
    this.on.wal.append(LogFrameType.BLOCK, encodeLoggedBlock({ ...block.bytes, proposal: null }));
  }

  /** Writes a whole body to the log and tells the core once it is on the disk. */
  private makeDurable(block: DeskBlock): void {
    if (block.durable || block.bytes === null) return;
    this.logBlock(block);
    // Later in this turn of the loop a vote may be asked for that rests on it: one flush then serves both.
    setImmediate(() => {
      if (this.stopped) return;
      this.on.wal.flush().then(
        () => this.tellDurable(block),
        (error: unknown) => this.on.fatal(error),
      );
    });
  }

  private tellDurable(block: DeskBlock): void {
    if (block.durable) return;
    block.durable = true;
    this.inbox.post({ kind: 'BLOCK_DURABLE', block: block.ref });
  }

  private sign({ vote, rest }: Extract<Effect, { kind: 'SIGN' }>): void {
    const { signer, desk } = this.on;
    if (signer === null) {
      this.on.fatal(new Error('an observer was asked to sign'));
      return;
    }
    const block = rest === null ? undefined : desk.get(rest.block.hash);
    if (rest !== null) {
      if (block?.bytes == null) {
        this.on.fatal(new Error(`asked to sign for block ${rest.block.hash}, whose body is not here`));
        return;
      }
      this.logBlock(block);
      for (const certificate of rest.certificates) this.logCertificate(certificate, null);
    }
    if (vote.type === VoteType.PROPOSE && block?.bytes != null && rest !== null)
      this.logProposal(block, vote, rest.certificates);
    signer.request(vote).then(
      (answer) => this.signed(answer, block ?? null, rest?.certificates ?? []),
      (error: unknown) => this.on.fatal(error),
    );
  }

  /** What must be there to send an own proposal again unchanged. Its signature is made again then: Ed25519 is deterministic. */
  private logProposal(block: DeskBlock, vote: Vote, certificates: readonly Certificate[]): void {
    const unsigned = { vote, sender: this.on.leaderOf(vote.view), signature: new Uint8Array(64) };
    const payload = encodeLoggedBlock({
      header: block.headerBytes,
      transactions: [],
      proposal: { vote: unsigned, certificates },
    });
    this.on.wal.append(LogFrameType.PROPOSAL, payload);
  }

  private signed(answer: SigningAnswer, block: DeskBlock | null, certificates: readonly Certificate[]): void {
    if (this.stopped) return;
    if (block !== null) this.tellDurable(block);
    if (answer.kind === 'REFUSED') {
      this.on.log.warn({ code: answer.code, view: answer.vote.view, type: answer.vote.type }, 'the signer refused');
      this.inbox.post({ kind: 'SIGNING_REFUSED', vote: answer.vote, code: answer.code });
      return;
    }
    if (block !== null && answer.vote.vote.type === VoteType.PROPOSE)
      block.proposal ??= { vote: answer.vote, certificates };
    this.inbox.post({ kind: 'SIGNED', vote: answer.vote });
  }

  private leaveQuarantine(floor: number): void {
    const { signer } = this.on;
    if (signer === null) return;
    signer.leaveQuarantine(floor).then(
      () => {
        this.on.log.warn({ floor }, 'left quarantine');
        this.inbox.post({ kind: 'QUARANTINE_LEFT', floor });
      },
      (error: unknown) => this.on.fatal(error),
    );
  }

  // --- what goes out -----------------------------------------------------------------------------------------------

  private publish(message: OutgoingMessage, to: readonly number[], observers: boolean): void {
    const frame = frameOf(message, {
      header: (block) => this.headerBytes(block),
      txHashes: (block) => this.on.desk.get(block.hash)?.txHashes ?? (block.txCount === 0 ? [] : null),
    });
    if (frame === null) return;
    const { link, roster } = this.on;
    for (const index of to) {
      const member = roster.members[index];
      if (member !== undefined) link.send(member.p2pKey, frame.type, frame.payload);
    }
    if (!observers) return;
    for (const peer of link.connectedPeers())
      if (roster.memberByP2pKey(peer) === undefined) link.send(peer, frame.type, frame.payload);
  }

  private headerBytes(block: BlockRef): Uint8Array | null {
    const waiting = this.on.desk.get(block.hash);
    if (waiting !== undefined) return waiting.headerBytes;
    const stored = this.on.store.header(block.height);
    return stored !== null && toHex(stored.hash) === block.hash ? stored.header : null;
  }

  // --- proposals ---------------------------------------------------------------------------------------------------

  private build({ view, parent, timeMs, empty }: Extract<Effect, { kind: 'BUILD_PROPOSAL' }>): void {
    const { tree, desk } = this.on;
    const executed = tree.get(parent.hash);
    if (executed === undefined) {
      this.inbox.post({ kind: 'PROPOSAL_BUILT', view, block: null });
      this.evaluation.executed(parent.hash).catch((error: unknown) => this.on.fatal(error));
      return;
    }
    const built = buildProposal(
      { ...this.on, committeeHash: this.on.roster.committeeHash },
      {
        view,
        parent: executed,
        parentView: parent.view,
        historyRoot: tree.historyRoot(executed),
        timeMs,
        leaderIdx: this.on.leaderOf(view),
        empty,
        bytesAim: tree.gauge.bytesWithin(JUDGING_DELTAS * this.on.deltaMs),
      },
    );
    const block = desk.learn(built.headerBytes);
    if (block === null) {
      this.on.fatal(new Error('a header built here does not decode'));
      return;
    }
    desk.setBody(block, built.transactions);
    this.inbox.post({ kind: 'PROPOSAL_BUILT', view, block: block.ref });
  }

  /** Transactions were admitted: a body may be whole now, and there may be work. */
  admitted(): void {
    this.evaluation.recheck();
    this.tellWork();
  }

  private tellWork(): void {
    const oldest = this.on.admission.oldestWorkMs();
    if (oldest === this.workTold) return;
    this.workTold = oldest;
    this.inbox.post({ kind: 'WORK', oldestMonotonicMs: oldest });
  }

  // --- fetching ----------------------------------------------------------------------------------------------------

  /** A body that gossip may complete in a moment is asked for only after a moment: what is missing of the leader, then all of it of anybody. */
  private fetchSoon(hash: string): void {
    if (this.fetching.has(hash) || this.patient.has(hash)) return;
    this.patient.add(hash);
    const leader = this.leaderOfBlock(hash);
    const stillMissing = (): boolean =>
      !this.stopped && this.on.tree.get(hash) === undefined && this.on.desk.get(hash)?.bytes == null;
    const later = (afterMs: number, act: () => void): void => {
      setTimeout(() => {
        if (stillMissing()) act();
        else this.patient.delete(hash);
      }, afterMs).unref();
    };
    const fetchWhole = (): void => {
      this.patient.delete(hash);
      this.fetch(hash, leader === null ? [] : [leader], false);
    };
    later(MISSING_BODY_PATIENCE_MS, () => {
      const block = this.on.desk.get(hash);
      if (block?.txHashes == null || leader === null) return fetchWhole();
      this.fetchMissing(block, leader);
      later(WHOLE_BODY_PATIENCE_MS, fetchWhole);
    });
  }

  private leaderOfBlock(hash: string): number | null {
    const block = this.on.desk.get(hash);
    return block === undefined ? null : (this.on.roster.proposers[this.on.leaderOf(block.ref.view)] ?? null);
  }

  /** Asks the leader for just the transactions that are missing here. */
  private fetchMissing(block: DeskBlock, leader: number): void {
    const { mempool, verifier, exchange, roster } = this.on;
    const indexes = (block.txHashes ?? []).flatMap((txHash, index) =>
      mempool.byTxHash(txHash) === undefined && verifier.known(txHash) === undefined ? [index] : [],
    );
    const peer = roster.members[leader]?.p2pKey;
    if (peer === undefined || indexes.length === 0) return this.evaluation.recheck();
    const wanted = new Set(indexes.map((index) => block.txHashes?.[index]));
    exchange.transactionsOf(peer, block.hash, indexes, 500).then(
      async (transactions) => {
        const fitting = transactions.filter((bytes) => wanted.has(toHex(this.on.hashing.sha256(bytes))));
        const answers = await Promise.all(fitting.map((bytes) => verifier.check(bytes)));
        const refused = answers.find((answer) => !answer.ok);
        if (refused?.ok === false) block.illicit ??= refused.refusal.code;
        this.evaluation.recheck();
      },
      (error: unknown) => {
        if (!(error instanceof NoAnswer)) this.on.fatal(error);
      },
    );
  }

  /** REQUEST_BLOCK: until the block is durable here, or booked. */
  private fetch(hash: string, from: readonly number[], proposal: boolean): void {
    const { desk, store, catchUp, roster } = this.on;
    const height = store.heightOf(Buffer.from(hash, 'hex'));
    if (height !== null) {
      const stored = store.header(height);
      const header = stored === null ? null : decodeHeader(stored.header);
      if (header?.ok === true) this.inbox.post({ kind: 'BLOCK_DURABLE', block: blockRefOf(header.value, hash) });
      return;
    }
    const here = desk.get(hash);
    if (here !== undefined)
      desk.complete(here, (txHash) => this.on.mempool.byTxHash(txHash) ?? this.on.verifier.known(txHash));
    if (here?.durable === true) {
      this.inbox.post({ kind: 'BLOCK_DURABLE', block: here.ref });
      return;
    }
    if (here?.bytes != null && !(proposal && here.proposal === null)) {
      this.makeDurable(here);
      return;
    }
    const under = this.fetching.get(hash);
    if (under !== undefined) {
      under.proposal ||= proposal;
      return;
    }
    const wish = { proposal };
    this.fetching.set(hash, wish);
    const preferred = from.flatMap((index) => roster.members[index]?.p2pKey ?? []);
    const wanted = (): boolean =>
      !this.stopped && store.heightOf(Buffer.from(hash, 'hex')) === null && desk.get(hash)?.durable !== true;
    catchUp
      .fetchBlock(hash, preferred, wanted)
      .then(async (found) => {
        if (found === null || this.stopped) return;
        const block = desk.learn(found.block.header);
        if (block === null) return;
        desk.offerBody(block, found.block.transactions);
        this.makeDurable(block);
        const { proposal: held } = found.block;
        if (wish.proposal && held !== null) {
          const received = await this.on.incoming.proposal({
            ...held,
            header: found.block.header,
            body: { kind: 'HASHES', txHashes: block.txHashes ?? [] },
          });
          if (received.offence !== null) this.on.link.penalize(found.peer, received.offence);
          for (const message of received.messages) this.inbox.post({ kind: 'MESSAGE', from: null, message });
        }
        this.evaluation.recheck();
      })
      .catch((error: unknown) => this.on.fatal(error))
      .finally(() => this.fetching.delete(hash));
  }

  private followFar(effect: Extract<Effect, { kind: 'CATCH_UP' }>): void {
    this.catchUpTarget = effect;
    if (this.following) return;
    this.following = true;
    const follow = async (): Promise<void> => {
      await this.on.booking.idle();
      for (;;) {
        const target = this.catchUpTarget as Extract<Effect, { kind: 'CATCH_UP' }>;
        const reached = await this.on.catchUp.follow(target.block.height);
        if (this.stopped) return;
        if (this.on.store.finalHeight < (this.catchUpTarget as typeof target).block.height) continue;
        this.following = false;
        const block = reached === null ? target.block : blockRefOf(reached.header, reached.hash);
        const certificate = reached === null ? target.certificate : reached.certificate;
        this.inbox.post({ kind: 'CAUGHT_UP', block, certificate: markVerified(certificate) });
        return;
      }
    };
    follow().catch((error: unknown) => {
      this.following = false;
      if (!this.stopped) this.on.fatal(error);
    });
  }

  // --- finality ----------------------------------------------------------------------------------------------------

  private deliver(refs: readonly BlockRef[], certificate: CommitCertificate): void {
    const blocks: CheckedBlock[] = [];
    for (const ref of refs) {
      const block = this.on.desk.get(ref.hash);
      if (block === undefined) {
        if (ref.height <= this.on.store.finalHeight) continue;
        this.on.fatal(new Error(`block ${ref.hash} is to be delivered and is not here`));
        return;
      }
      // A quorum has certified it: its transactions need no second look.
      if (block.transactions === null && block.bytes !== null)
        this.on.desk.setBody(
          block,
          block.bytes.transactions.map((bytes) => this.on.verifier.trusted(bytes)),
        );
      const checked = checkedBlock(block);
      if (checked === null) {
        this.on.fatal(new Error(`block ${ref.hash} is to be delivered and has no body`));
        return;
      }
      blocks.push(checked);
    }
    this.on.booking.enqueue(blocks, certificate).catch(() => undefined); // the lane itself tells of failures
  }

  /** A block is in the book: told by the booking lane. */
  booked({ block, txIds }: Booked): void {
    const { admission, verifier, desk, wal, tree, signer } = this.on;
    admission.settle(txIds, tree.unfinalTxIds());
    verifier.forget(block.transactions.map(({ txHash }) => toHex(txHash)));
    desk.prune(block.header.height);
    // Whoever signs nothing keeps no votes; the copies of the sign-state of whoever does must be past those that go.
    const signedSerial = signer === null ? Number.MAX_SAFE_INTEGER : signer.storedSerial;
    wal.prune(Math.min(this.pruneTo, block.header.view), signedSerial).catch((error: unknown) => this.on.fatal(error));
    this.evaluation.recheck();
    this.tellWork();
  }

  /** True when exactly q members signed COMMIT for this header. */
  async certified(header: Header, hash: string, certificate: CommitCertificate): Promise<boolean> {
    return (
      certificate.blockHash === hash &&
      certificate.view === header.view &&
      certificate.epoch === header.epoch &&
      equalBytes(header.committeeHash, this.on.roster.committeeHash) &&
      (await this.on.incoming.certificateHolds(certificate))
    );
  }
}
