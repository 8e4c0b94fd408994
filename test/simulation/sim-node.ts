import {
  decodeCertificateAt,
  encodeCertificate,
  VoteType,
  type CommitCertificate,
  type Hash,
  type SignedVote,
  type Vote,
} from '@waymark/consensus/certificates';
import {
  markVerified,
  recover,
  step,
  summarize,
  type BlockRef,
  type Effect,
  type Input,
  type LbftConfig,
  type LbftState,
  type LogRecord,
  type OutgoingMessage,
  type TimerName,
} from '@waymark/consensus/lbft';
import {
  decideSignature,
  decodeLoggedVote,
  encodeLoggedVote,
  LogFrameType,
  raiseFloor,
  votesOf,
  type LoggedVote,
} from '@waymark/consensus/signing';
import { decodeLoggedBlock, encodeLoggedBlock, MessageType, type WireMessage } from '@waymark/consensus/wire';
import { concatBytes, toHex } from '@waymark/ledger/primitives';
import { Violation, type Checkers } from './checkers.js';
import type { EventQueue } from './event-queue.js';
import type { Random } from './random.js';
import {
  bodyMatches,
  buildBlock,
  genesis,
  genesisTimeMs,
  readHeader,
  refOf,
  stateAfter,
  type SimBlock,
} from './sim-block.js';
import { genesisHash, sha256, type SimKeys } from './sim-crypto.js';
import type { Crash } from './sim-disk.js';
import type { SimNetwork } from './sim-network.js';
import { NodeDisk } from './sim-node-disk.js';
import { toWire, verifyMessage } from './sim-wire.js';

export interface SimWorld {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly network: SimNetwork;
  readonly keys: SimKeys;
  readonly checkers: Checkers;
  readonly config: Omit<LbftConfig, 'self'>;
  readonly flushMs: number;
  /** Mutations of the host, for the tests of the tests. */
  readonly defects: { readonly sendBeforeFlush?: boolean; readonly signerForgets?: boolean };
}

type InputOf = Input extends infer One ? (One extends Input ? Omit<One, 'clock'> : never) : never;

const emptyState = new Uint8Array(32);

/**
 * A validator in the simulation: the real core, codecs, log and sign-state formats, on a disk, a network and a clock that are simulated. It follows R0 to the letter; a
 * crash may come between any two of its steps.
 */
export class SimNode {
  // What survives a crash.
  readonly #disk: NodeDisk;
  readonly #chain: {
    readonly block: SimBlock;
    readonly stateRoot: Uint8Array;
    readonly certificate: CommitCertificate | null;
  }[] = [];
  // What does not.
  #core!: LbftState;
  #generation = 0;
  #alive = false;
  #signing: (() => void)[] = [];
  #signerBusy = false;
  #blocks = new Map<Hash, SimBlock>();
  #stored = new Set<Hash>();
  #pending = new Map<string, { readonly transaction: Uint8Array; readonly atMs: number }>();
  #wanted = new Set<Hash>();
  #catchUpTarget: { readonly block: BlockRef; readonly certificate: CommitCertificate } | null = null;
  #lastWork: number | null = null;
  #feeding = false;
  #inbox: InputOf[] = [];
  readonly skewMs: number;
  readonly keyId: Hash;

  constructor(
    readonly index: number,
    protected readonly world: SimWorld,
  ) {
    this.skewMs = world.random.int(-100, 100);
    this.keyId = toHex(sha256(world.keys.committee[index]!));
    this.#disk = new NodeDisk(this.keyId);
  }

  /** Whether the checkers hold this node to its word. */
  get honest(): boolean {
    return true;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get summary(): ReturnType<typeof summarize> {
    return summarize(this.#core);
  }

  boot(): void {
    this.#generation += 1;
    this.#alive = true;
    this.#signing = [];
    this.#signerBusy = false;
    this.#wanted = new Set();
    this.#pending = new Map();
    this.#lastWork = null;
    this.#inbox = [];
    this.#catchUpTarget = null;
    const records = this.#readDisk();
    this.#core = recover({ ...this.world.config, self: this.index }, records);
    const { finalView, finalHeight, quarantined } = summarize(this.#core);
    this.world.checkers.restarted(this.index, finalView, finalHeight);
    if (quarantined && this.honest)
      throw new Violation('R11', `node ${this.index} quarantines itself without a fault of its disk`);
    this.feed({ kind: 'START' });
    this.onBoot();
    for (let peer = 0; peer < this.world.config.committeeSize; peer++) {
      if (peer !== this.index)
        this.later(this.world.random.int(1, 50), () => this.feed({ kind: 'SESSION_OPENED', peer }));
    }
  }

  crash(kind: Crash): void {
    this.#alive = false;
    this.#generation += 1;
    this.#disk.crash(kind, this.world.random);
  }

  submit(transaction: Uint8Array): void {
    if (!this.#alive) return;
    this.#pending.set(toHex(transaction), { transaction, atMs: this.world.queue.nowMs });
    this.#tellWork();
  }

  receive(from: number, message: WireMessage): void {
    if (!this.#alive) return;
    const verified = verifyMessage(message, this.world, {
      proposed: (block) => {
        if (!this.#blocks.has(block.ref.hash)) this.#blocks.set(block.ref.hash, block);
      },
      header: (hash, header) => void this.#headers.set(hash, header),
    });
    if (verified !== null)
      for (const each of verified) this.feed({ kind: 'MESSAGE', from, message: markVerified(each) });
    if (message.type === MessageType.BLOCK_REQ)
      this.#answerBlocks(
        from,
        message.request.by === 'HASHES' ? message.request.hashes : this.#hashesAt(message.request),
      );
    if (message.type === MessageType.BLOCK_RESP && message.response.of === 'BLOCKS')
      this.#takeBlocks(message.response.blocks);
  }

  /** For Byzantine wrappers. */
  protected onBoot(): void {}
  protected transmit(to: number, message: WireMessage): void {
    this.world.network.send(this.index, to, message);
  }

  protected later(delayMs: number, run: () => void): void {
    const generation = this.#generation;
    this.world.queue.after(delayMs, () => {
      if (generation === this.#generation && this.#alive) run();
    });
  }

  /** One inbox, one loop: inputs that arise while effects are performed wait their turn. */
  protected feed(input: InputOf): void {
    this.#inbox.push(input);
    if (this.#feeding) return;
    this.#feeding = true;
    try {
      for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) this.#one(next);
    } finally {
      this.#feeding = false;
    }
  }

  #one(input: InputOf): void {
    const { queue, checkers } = this.world;
    const clock = { monotonicMs: queue.nowMs, wallMs: genesisTimeMs + queue.nowMs + this.skewMs };
    const { effects } = step(this.#core, { ...input, clock });
    checkers.note(`${queue.nowMs} ${this.index} ${input.kind} ${effects.map(({ kind }) => kind).join()}\n`);
    for (const effect of effects) this.#perform(effect);
    const { finalView, finalHeight } = summarize(this.#core);
    checkers.final(this.index, finalView, finalHeight);
  }

  #perform(effect: Effect): void {
    const { checkers, random, config } = this.world;
    switch (effect.kind) {
      case 'APPEND_CERTIFICATE': {
        if (this.honest) checkers.certificate(this.index, effect.certificate);
        const header = effect.block === null ? new Uint8Array(0) : this.#headerOf(effect.block);
        this.#disk.append(LogFrameType.CERTIFICATE, concatBytes(encodeCertificate(effect.certificate), header));
        return;
      }
      case 'SIGN':
        this.#queueSignature(() => this.#sign(effect.vote, effect.rest));
        return;
      case 'PUBLISH':
        for (const to of effect.to) this.#sendOut(to, effect.message);
        return;
      case 'SEND':
        this.#sendOut(effect.to, effect.message);
        return;
      case 'SET_TIMER':
        this.#setTimer(effect.timer, effect.atMonotonicMs);
        return;
      case 'CANCEL_TIMER':
        return;
      case 'BUILD_PROPOSAL':
        this.later(random.int(1, 10), () => this.#build(effect));
        return;
      case 'EVALUATE_PROPOSAL':
        this.later(random.int(1, 20), () => this.#evaluate(effect.view, effect.block));
        return;
      case 'REQUEST_CERTIFICATES':
        for (const to of effect.to)
          this.transmit(to, { type: MessageType.CERT_REQ, epoch: 0, fromView: effect.fromView, toView: effect.toView });
        return;
      case 'REQUEST_BLOCK':
        this.#wanted.add(effect.blockHash);
        this.#fetch(effect.blockHash, effect.from);
        return;
      case 'CATCH_UP':
        this.#catchUpTarget = { block: effect.block, certificate: effect.certificate };
        this.#continueCatchUp();
        return;
      case 'DELIVER':
        for (const block of effect.blocks)
          this.#deliver(block, block.hash === effect.certificate.blockHash ? effect.certificate : null);
        return;
      case 'RAISE_FLOOR':
        this.#disk.signState = raiseFloor(this.#disk.signState, effect.view);
        return;
      case 'PRUNE':
        return;
      case 'EVIDENCE':
        if (!this.honest) return;
        checkers.convicted(
          effect.first.vote.type === VoteType.PROPOSE ? config.proposers[effect.first.sender]! : effect.first.sender,
        );
        return;
      case 'ALARM':
        if (!this.honest) return;
        throw new Violation('ALARM', `node ${this.index}: ${effect.code} ${JSON.stringify(effect.facts)}`);
      case 'QUARANTINE_ENTERED':
        if (!this.honest) return;
        throw new Violation('QUARANTINE', `node ${this.index}: ${effect.reason}`);
      case 'LEAVE_QUARANTINE':
        return;
    }
  }

  // --- signer and log -------------------------------------------------------------------------------------------------

  #queueSignature(work: () => void): void {
    this.#signing.push(work);
    if (!this.#signerBusy) this.#nextSignature();
  }

  #nextSignature(): void {
    const work = this.#signing.shift();
    this.#signerBusy = work !== undefined;
    work?.();
  }

  /** R0: decide, log behind what it rests on, flush, sign-state, flush, answer. */
  #sign(vote: Vote, rest: { readonly block: BlockRef } | null): void {
    const { checkers, keys, flushMs, random, config, defects } = this.world;
    const decision = decideSignature(this.#disk.signState, vote);
    const sender = vote.type === VoteType.PROPOSE ? config.proposers.indexOf(this.index) : this.index;
    const signed: SignedVote = { vote, sender, signature: keys.sign(this.index, vote) };
    if (decision.kind === 'REFUSE' && defects.signerForgets !== true) {
      this.later(0, () => {
        this.feed({ kind: 'SIGNING_REFUSED', vote, code: decision.code });
        this.#nextSignature();
      });
      return;
    }
    checkers.signing(this.index, vote);
    if (decision.kind === 'SIGN') this.#disk.signState = decision.next;
    if (rest !== null && !this.#stored.has(rest.block.hash))
      this.#storeBlock(rest.block.hash, vote.type === VoteType.PROPOSE ? signed : null);
    this.#disk.append(LogFrameType.VOTE, encodeLoggedVote({ serial: this.#disk.signState.serial, vote }));
    const mark = this.#disk.mark();
    if (defects.sendBeforeFlush === true) {
      this.later(0, () => this.feed({ kind: 'SIGNED', vote: signed }));
    }
    this.later(random.int(1, flushMs), () => {
      this.#disk.flushLog(mark);
      const cell = this.#disk.writeSignState();
      this.later(random.int(1, flushMs), () => {
        cell.flush();
        if (defects.sendBeforeFlush !== true) this.feed({ kind: 'SIGNED', vote: signed });
        this.#nextSignature();
      });
    });
  }

  /** Header, body and proposal of a block into the log; not flushed here. */
  #storeBlock(hash: Hash, own: SignedVote | null): void {
    const block = this.#blocks.get(hash);
    if (block === undefined) throw new Error(`node ${this.index} is asked to store a block it does not have`);
    if (own !== null && block.proposal !== null) block.proposal = { ...block.proposal, vote: own };
    this.#disk.append(
      LogFrameType.PROPOSAL,
      encodeLoggedBlock({ header: block.header, transactions: block.transactions, proposal: block.proposal }),
    );
    this.#stored.add(hash);
  }

  #readDisk(): LogRecord[] {
    const scan = this.#disk.readLog();
    this.#blocks = new Map();
    this.#stored = new Set();
    const records: LogRecord[] = [];
    const votes: LoggedVote[] = [];
    const tip = this.#chain.at(-1);
    if (tip !== undefined) {
      records.push({ kind: 'DELIVERED', block: tip.block.ref });
      if (tip.certificate !== null)
        records.push({ kind: 'CERTIFICATE', certificate: tip.certificate, block: tip.block.ref });
      for (const { block } of this.#chain) this.#blocks.set(block.ref.hash, block);
    }
    for (const { type, payload } of scan.frames) {
      if (type === LogFrameType.VOTE) votes.push(decodeLoggedVote(payload)!);
      if (type === LogFrameType.CERTIFICATE) {
        const read = decodeCertificateAt(payload, 0)!;
        records.push({
          kind: 'CERTIFICATE',
          certificate: read.certificate,
          block: read.next < payload.length ? refOf(payload.subarray(read.next)) : null,
        });
      }
      if (type === LogFrameType.PROPOSAL || type === LogFrameType.BLOCK) this.#recall(payload, records);
    }
    const refused = this.#disk.recoverSignState(votes, scan.damage !== null);
    if (refused !== null) {
      records.push({ kind: 'QUARANTINED', reason: refused });
      return records;
    }
    const { signState } = this.#disk;
    const own = votesOf(signState);
    this.world.checkers.recovered(this.index, signState.floor, own);
    records.push({ kind: 'FLOOR', view: signState.floor });
    for (const vote of own) {
      const sender = vote.type === VoteType.PROPOSE ? this.world.config.proposers.indexOf(this.index) : this.index;
      records.push({ kind: 'OWN_VOTE', vote: { vote, sender, signature: this.world.keys.sign(this.index, vote) } });
    }
    return records;
  }

  #recall(payload: Uint8Array, records: LogRecord[]): void {
    const stored = decodeLoggedBlock(payload)!;
    const ref = refOf(stored.header)!;
    this.#blocks.set(ref.hash, {
      ref,
      header: stored.header,
      transactions: stored.transactions,
      proposal: stored.proposal,
    });
    this.#stored.add(ref.hash);
    records.push({ kind: 'BLOCK', block: ref });
    if (stored.proposal !== null && this.world.config.proposers[stored.proposal.vote.sender] === this.index) {
      records.push({ kind: 'OWN_PROPOSAL', block: ref, certificates: stored.proposal.certificates });
    }
  }

  // --- ledger ---------------------------------------------------------------------------------------------------------

  #stateRootAfter(hash: Hash): Uint8Array | null {
    if (hash === genesis.hash) return emptyState;
    const block = this.#blocks.get(hash);
    if (block === undefined) return null;
    const onChain = this.#chain[block.ref.height - 1];
    if (onChain?.block.ref.hash === hash) return onChain.stateRoot;
    const parent = this.#stateRootAfter(block.ref.parentHash);
    return parent === null ? null : stateAfter(parent, block.transactions);
  }

  #build(asked: Extract<Effect, { kind: 'BUILD_PROPOSAL' }>): void {
    const parentStateRoot = this.#stateRootAfter(asked.parent.hash);
    if (parentStateRoot === null) {
      this.feed({ kind: 'PROPOSAL_BUILT', view: asked.view, block: null });
      return;
    }
    const leaderIdx = this.world.config.proposers.indexOf(this.index);
    const transactions = asked.empty ? [] : this.#includable(asked.parent.hash).slice(0, 20);
    const block = buildBlock({
      parent: asked.parent,
      parentStateRoot,
      view: asked.view,
      leaderIdx,
      timeMs: asked.timeMs,
      transactions,
    });
    // The vote is filled in when it is signed.
    const vote: SignedVote = {
      vote: { type: VoteType.PROPOSE, epoch: 0, view: asked.view, blockHash: block.ref.hash },
      sender: leaderIdx,
      signature: new Uint8Array(64),
    };
    block.proposal = { vote, certificates: asked.certificates };
    this.#blocks.set(block.ref.hash, block);
    this.feed({ kind: 'PROPOSAL_BUILT', view: asked.view, block: block.ref });
  }

  #includable(parentHash: Hash): Uint8Array[] {
    const taken = new Set<string>();
    for (
      let block = this.#blocks.get(parentHash);
      block !== undefined && block.ref.height > this.#chain.length;
      block = this.#blocks.get(block.ref.parentHash)
    ) {
      for (const transaction of block.transactions) taken.add(toHex(transaction));
    }
    return [...this.#pending].flatMap(([id, { transaction }]) => (taken.has(id) ? [] : [transaction]));
  }

  #evaluate(view: number, ref: BlockRef): void {
    const block = this.#blocks.get(ref.hash);
    const header = block === undefined ? null : readHeader(block.header);
    const parentRoot = this.#stateRootAfter(ref.parentHash);
    if (block === undefined || header === null || parentRoot === null) {
      this.feed({ kind: 'PROPOSAL_EVALUATED', view, blockHash: ref.hash, outcome: 'NOT_YET' });
      if (this.#wanted.size > 0 && this.#core.view === view) this.later(50, () => this.#evaluate(view, ref));
      return;
    }
    const legal =
      header.version === 1 &&
      header.leaderIdx === this.world.config.leaderOf(view) &&
      toHex(header.genesisHash) === genesisHash;
    const outcome = !legal ? 'ILLICIT' : toHex(header.parentStateRoot) === toHex(parentRoot) ? 'VALID' : 'DIVERGENT';
    this.feed({ kind: 'PROPOSAL_EVALUATED', view, blockHash: ref.hash, outcome });
  }

  #deliver(ref: BlockRef, certificate: CommitCertificate | null): void {
    const block = this.#blocks.get(ref.hash);
    if (block === undefined)
      throw new Violation('R9', `node ${this.index} is told to deliver a block whose body it does not have`);
    const parent = this.#chain.at(-1);
    const stateRoot = stateAfter(parent?.stateRoot ?? emptyState, block.transactions);
    this.world.checkers.delivered(this.index, ref, parent?.block.ref ?? genesis, stateRoot);
    this.#chain.push({ block, stateRoot, certificate });
    for (const transaction of block.transactions) this.#pending.delete(toHex(transaction));
    this.#wanted.delete(ref.hash);
    this.#tellWork();
  }

  #tellWork(): void {
    const oldest = [...this.#pending.values()][0]?.atMs ?? null;
    if (oldest === this.#lastWork) return;
    this.#lastWork = oldest;
    this.feed({ kind: 'WORK', oldestMonotonicMs: oldest });
  }

  // --- messages -------------------------------------------------------------------------------------------------------

  #setTimer(timer: TimerName, atMs: number): void {
    this.later(atMs - this.world.queue.nowMs, () => this.feed({ kind: 'TIMER', timer }));
  }

  #headerOf(ref: BlockRef): Uint8Array {
    const block = this.#blocks.get(ref.hash);
    const header = block?.header ?? this.#headers.get(ref.hash);
    if (header === undefined) throw new Error(`node ${this.index} has no header of ${ref.hash}`);
    return header;
  }
  readonly #headers = new Map<Hash, Uint8Array>();

  #sendOut(to: number, message: OutgoingMessage): void {
    const wire = toWire(message, {
      block: (hash) => this.#blocks.get(hash),
      header: (block) => this.#headerOf(block),
    });
    if (message.kind === 'VOTE' || message.kind === 'PROPOSE') this.world.checkers.sent(this.index, message.vote);
    if (message.kind === 'STATUS')
      for (const vote of message.status.ownVotes) this.world.checkers.sent(this.index, vote);
    this.transmit(to, wire);
  }

  // --- blocks and catch-up --------------------------------------------------------------------------------------------

  #fetch(hash: Hash, from: readonly number[]): void {
    if (!this.#wanted.has(hash)) return;
    const known = this.#blocks.get(hash);
    if (known !== undefined) {
      this.#persist(known);
      return;
    }
    for (const to of from)
      this.transmit(to, { type: MessageType.BLOCK_REQ, request: { by: 'HASHES', hashes: [hash] } });
    const everybody = Array.from({ length: this.world.config.committeeSize }, (_, peer) => peer).filter(
      (peer) => peer !== this.index,
    );
    this.later(400, () => this.#fetch(hash, everybody));
  }

  #persist(block: SimBlock): void {
    const { hash } = block.ref;
    this.#wanted.delete(hash);
    if (!this.#stored.has(hash)) this.#storeBlock(hash, null);
    const mark = this.#disk.mark();
    this.later(this.world.random.int(1, this.world.flushMs), () => {
      this.#disk.flushLog(mark);
      this.feed({ kind: 'BLOCK_DURABLE', block: block.ref });
    });
  }

  #hashesAt(request: { readonly by: string; readonly fromHeight?: number; readonly toHeight?: number }): Hash[] {
    if (request.by !== 'HEIGHTS') return [];
    return this.#chain
      .slice(request.fromHeight! - 1, Math.min(request.toHeight!, request.fromHeight! + 31))
      .map(({ block }) => block.ref.hash);
  }

  #answerBlocks(to: number, hashes: readonly Hash[]): void {
    const blocks = hashes.flatMap((hash) => this.#blocks.get(hash) ?? []);
    if (blocks.length === 0) return;
    this.transmit(to, {
      type: MessageType.BLOCK_RESP,
      response: {
        of: 'BLOCKS',
        blocks: blocks.map(({ header, transactions, proposal }) => ({ header, transactions, proposal })),
      },
    });
  }

  #takeBlocks(blocks: readonly { readonly header: Uint8Array; readonly transactions: readonly Uint8Array[] }[]): void {
    for (const { header, transactions } of blocks) {
      const ref = refOf(header);
      if (ref === null || !bodyMatches(header, transactions)) continue;
      const block = this.#blocks.get(ref.hash) ?? { ref, header, transactions, proposal: null };
      this.#blocks.set(ref.hash, block);
      if (this.#wanted.has(ref.hash)) this.#persist(block);
    }
    if (this.#catchUpTarget !== null) this.#continueCatchUp();
  }

  /** 2.12: blocks by height from everybody, checked by hash links down from the certified one, then delivered in order. */
  #continueCatchUp(): void {
    const target = this.#catchUpTarget;
    if (target === null) return;
    const path: BlockRef[] = [];
    let ref: BlockRef | undefined = this.#blocks.get(target.block.hash)?.ref;
    while (ref !== undefined && ref.height > this.#chain.length) {
      path.unshift(ref);
      ref = ref.height === this.#chain.length + 1 ? undefined : this.#blocks.get(ref.parentHash)?.ref;
    }
    if (path[0]?.height === this.#chain.length + 1) {
      this.#catchUpTarget = null;
      for (const block of path) this.#deliver(block, block.hash === target.block.hash ? target.certificate : null);
      this.feed({ kind: 'CAUGHT_UP', block: target.block, certificate: markVerified(target.certificate) });
      return;
    }
    if (this.#catchUpAskedMs + 200 > this.world.queue.nowMs && this.#catchUpAskedMs > 0) return;
    this.#catchUpAskedMs = this.world.queue.nowMs;
    for (let peer = 0; peer < this.world.config.committeeSize; peer++) {
      if (peer === this.index) continue;
      this.transmit(peer, { type: MessageType.BLOCK_REQ, request: { by: 'HASHES', hashes: [target.block.hash] } });
      const lowest = path[0]?.height ?? target.block.height;
      for (let from = this.#chain.length + 1; from < lowest; from += 32)
        this.transmit(peer, {
          type: MessageType.BLOCK_REQ,
          request: { by: 'HEIGHTS', fromHeight: from, toHeight: from + 31 },
        });
    }
    this.later(250, () => this.#continueCatchUp());
  }
  #catchUpAskedMs = 0;
}
