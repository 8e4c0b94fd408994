/**
 * Drives the consensus core: feeds it inputs one at a time and performs its effects in the order given. All deciding is in
 * the core, all doing is here and in the rooms this one calls.
 */
import type { Hashing } from '@waymark/accel/contract';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import type { ConsensusEngine } from '@waymark/consensus/engine';
import { encodeMessage, MessageType } from '@waymark/consensus/wire';
import type { Effect, LbftSummary, OutgoingMessage } from '@waymark/consensus/lbft';
import type { Genesis, Header } from '@waymark/ledger/chain';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import type { Logger } from 'pino';
import type { BlockExchange } from '../catch-up/block-exchange.js';
import type { CatchUp } from '../catch-up/catch-up.js';
import type { ExecutionTree } from '../execution/execution-tree.js';
import { Busy, type Admission } from '../mempool/admission.js';
import type { Mempool } from '../mempool/mempool.js';
import { FrameType, type Frame } from '../network/frame.js';
import type { Signer } from '../signer/signer.js';
import type { ChainStore } from '../storage/index.js';
import type { ConsensusWatch } from '../observability/consensus-watch.js';
import type { TransactionVerifier } from '../verification/transaction-verifier.js';
import type { WriteAheadLog } from '../wal/write-ahead-log.js';
import { headerBytesOf, type BlockDesk } from './block-desk.js';
import type { Booked, BookingLane } from './booking.js';
import { Delivery } from './delivery.js';
import { Evaluation } from './evaluation.js';
import { Fetching } from './fetching.js';
import { Inbox, type Unclocked } from './inbox.js';
import type { HaltMark } from './halt-mark.js';
import type { Incoming } from './incoming.js';
import { Notary } from './notary.js';
import { frameOf } from './outgoing.js';
import { buildProposal } from './proposal-builder.js';
import type { Roster } from './roster.js';
import { Timers } from './timers.js';

/** How the host speaks to peers; they are known by the Ed25519 key of their certificate, hex. */
export interface PeerLink {
  send(peer: string, type: FrameType, payload: Uint8Array): boolean;
  connectedPeers(): string[];
  /** Full nodes that are here by a pass. */
  guestPeers(): string[];
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
  /** Listens for people; decides nothing. */
  readonly watch: ConsensusWatch;
  /** The alarm that stopped this node in an earlier run, and how a new one is kept over restarts. */
  readonly haltedBefore: HaltMark | null;
  readonly markHalted: (mark: HaltMark) => void;
  /** A person must see this: evidence of equivocation, alarms. Kept beside the log. */
  readonly report: (kind: string, facts: Readonly<Record<string, unknown>>) => void;
  /** The disk failed, or an invariant of ours is broken: the process must end. */
  readonly fatal: (error: unknown) => void;
}

/** A view lasts minBlockMs and 3 delta at least: judging a block should take this many of them, on this machine. */
const JUDGING_DELTAS = 1.25;
const INCOMING_IN_FLIGHT_MAX = 4_096;
const HOUSEKEEPING_MS = 1_000;

export class Host {
  private readonly inbox: Inbox;
  private readonly timers: Timers;
  private readonly evaluation: Evaluation;
  private readonly notary: Notary;
  private readonly fetching: Fetching;
  private readonly delivery: Delivery;
  private inFlight = 0;
  private workTold: number | null = null;
  private pruneTo = 0;
  private stopped = false;
  private isHalted: boolean;
  private housekeeping: NodeJS.Timeout | null = null;

  constructor(private readonly on: HostOptions) {
    this.isHalted = on.haltedBefore !== null;
    this.inbox = new Inbox((input) => this.take(input));
    this.timers = new Timers(
      () => performance.now(),
      (timer) => this.inbox.post({ kind: 'TIMER', timer }),
    );
    const post = (input: Unclocked): void => this.inbox.post(input);
    this.notary = new Notary({ ...on, post });
    this.delivery = new Delivery({ ...on, post });
    this.fetching = new Fetching({
      ...on,
      post,
      penalize: (peer, code) => on.link.penalize(peer, code),
      whole: (block) => this.notary.durable(block),
      recheck: () => this.evaluation.recheck(),
    });
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
      whole: (block) => this.notary.durable(block),
      missing: (hash) => this.fetching.soon(hash),
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
    return this.delivery.following;
  }

  summary(): LbftSummary {
    return this.on.engine.summary();
  }

  start(): void {
    const before = this.on.haltedBefore;
    if (before !== null) {
      this.stopAdmitting();
      this.on.log.fatal(
        { code: before.code, ...before.facts, since: new Date(before.timeMs).toISOString() },
        'this node was stopped by an alarm and stays stopped: it serves what it has, votes and follows no more. When a person has found the cause, halted.json in the data folder is to be taken away',
      );
      return;
    }
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
    for (const room of [this.notary, this.fetching, this.delivery]) room.close();
    this.on.catchUp.close();
    await this.on.booking.idle();
  }

  // --- what comes from the network ---------------------------------------------------------------------------------

  sessionOpened(peer: string): void {
    const member = this.on.roster.memberByP2pKey(peer);
    if (this.isHalted) return;
    if (member === undefined) this.showFinal(peer);
    else this.inbox.post({ kind: 'SESSION_OPENED', peer: member.index });
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
        if (this.isHalted) return;
        this.bounded(async () => {
          const { offence } = await this.on.admission.gossip(frame.payload);
          if (offence !== null) this.on.link.penalize(peer, offence.code);
        });
        return;
      default:
        if (!this.isHalted) this.bounded(() => this.receive(peer, frame));
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
      this.on.watch.stepped(input, effects);
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
        this.notary.certificate(effect.certificate, effect.block);
        return;
      case 'SIGN':
        this.notary.sign(effect);
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
        this.fetching.block(effect.blockHash, effect.from, effect.proposal);
        return;
      case 'CATCH_UP':
        this.delivery.follow(effect);
        return;
      case 'DELIVER':
        this.delivery.deliver(effect.blocks, effect.certificate);
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
        if (effect.halt) this.halt({ code: effect.code, timeMs: Date.now(), facts: effect.facts });
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
        this.notary.leaveQuarantine(effect.floor);
        return;
    }
  }

  /** An alarm that stops voting: for good, until a person has looked. */
  private halt(mark: HaltMark): void {
    this.isHalted = true;
    this.stopAdmitting();
    try {
      this.on.markHalted(mark);
    } catch (error) {
      // The process stays and votes no more; what is lost is only that a restart would forget it.
      this.on.log.fatal(
        { error: (error as Error).message },
        'that this node is halted could not be written: do not start it again',
      );
    }
  }

  private stopAdmitting(): void {
    this.on.admission.halted = new Busy('this node was stopped by an alarm', 60_000);
  }

  // --- what goes out -----------------------------------------------------------------------------------------------

  private publish(message: OutgoingMessage, to: readonly number[], observers: boolean): void {
    const frame = frameOf(message, {
      header: (block) => headerBytesOf(block, this.on),
      txHashes: (block) => this.on.desk.get(block.hash)?.txHashes ?? (block.txCount === 0 ? [] : null),
    });
    if (frame === null) return;
    const { link, roster } = this.on;
    for (const index of to) {
      const member = roster.members[index];
      if (member !== undefined) link.send(member.p2pKey, frame.type, frame.payload);
    }
    if (!observers) return;
    for (const peer of [...link.connectedPeers(), ...link.guestPeers()])
      if (roster.memberByP2pKey(peer) === undefined) link.send(peer, frame.type, frame.payload);
  }

  /** Tells an observer that has just come where the chain stands: it need not wait for the next block. */
  private showFinal(peer: string): void {
    const { store } = this.on;
    const certificate = store.tipCertificate;
    const stored = store.header(store.finalHeight);
    if (certificate === null || stored === null || certificate.blockHash !== toHex(stored.hash)) return;
    this.on.link.send(
      peer,
      FrameType.VALIDATE,
      encodeMessage({ type: MessageType.VALIDATE, certificate, header: stored.header }),
    );
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

  // --- finality ----------------------------------------------------------------------------------------------------

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
