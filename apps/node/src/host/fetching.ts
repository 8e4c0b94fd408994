/**
 * Gets the blocks that the core or the evaluation misses: a moment later, for gossip may bring the rest; then the missing
 * transactions from the leader; then whole, from anybody. What came is made durable and told.
 */
import type { Hashing } from '@waymark/accel/contract';
import { decodeHeader } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { NoAnswer, type BlockExchange } from '../catch-up/block-exchange.js';
import type { CatchUp } from '../catch-up/catch-up.js';
import type { ExecutionTree } from '../execution/execution-tree.js';
import type { Mempool } from '../mempool/mempool.js';
import type { ChainStore } from '../storage/index.js';
import type { TransactionVerifier } from '../verification/transaction-verifier.js';
import { blockRefOf, type BlockDesk, type DeskBlock } from './block-desk.js';
import type { Unclocked } from './inbox.js';
import type { Incoming } from './incoming.js';
import type { Roster } from './roster.js';

const MISSING_BODY_PATIENCE_MS = 15;
const WHOLE_BODY_PATIENCE_MS = 150;
const TRANSACTIONS_TIMEOUT_MS = 500;

export class Fetching {
  private readonly fetching = new Map<string, { proposal: boolean }>();
  /** Blocks whose body is waited for a moment before it is asked for. */
  private readonly patient = new Set<string>();
  private closed = false;

  constructor(
    private readonly on: {
      readonly hashing: Hashing;
      readonly roster: Roster;
      readonly leaderOf: (view: number) => number;
      readonly desk: BlockDesk;
      readonly store: ChainStore;
      readonly tree: ExecutionTree;
      readonly mempool: Mempool;
      readonly verifier: TransactionVerifier;
      readonly incoming: Incoming;
      readonly exchange: BlockExchange;
      readonly catchUp: CatchUp;
      readonly penalize: (peer: string, code: string) => void;
      /** A body is whole: make it durable and tell. */
      readonly whole: (block: DeskBlock) => void;
      /** Something came that a waiting proposal may need. */
      readonly recheck: () => void;
      readonly post: (input: Unclocked) => void;
      readonly fatal: (error: unknown) => void;
    },
  ) {}

  /** A body that gossip may complete in a moment is asked for only after a moment: what is missing of the leader, then all of it of anybody. */
  soon(hash: string): void {
    if (this.fetching.has(hash) || this.patient.has(hash)) return;
    this.patient.add(hash);
    const leader = this.leaderOfBlock(hash);
    const stillMissing = (): boolean =>
      !this.closed && this.on.tree.get(hash) === undefined && this.on.desk.get(hash)?.bytes == null;
    const later = (afterMs: number, act: () => void): void => {
      setTimeout(() => {
        if (stillMissing()) act();
        else this.patient.delete(hash);
      }, afterMs).unref();
    };
    const fetchWhole = (): void => {
      this.patient.delete(hash);
      this.block(hash, leader === null ? [] : [leader], false);
    };
    later(MISSING_BODY_PATIENCE_MS, () => {
      const block = this.on.desk.get(hash);
      if (block?.txHashes == null || leader === null) return fetchWhole();
      this.missingOf(block, leader);
      later(WHOLE_BODY_PATIENCE_MS, fetchWhole);
    });
  }

  private leaderOfBlock(hash: string): number | null {
    const block = this.on.desk.get(hash);
    return block === undefined ? null : (this.on.roster.proposers[this.on.leaderOf(block.ref.view)] ?? null);
  }

  /** Asks the leader for just the transactions that are missing here. */
  private missingOf(block: DeskBlock, leader: number): void {
    const { mempool, verifier, exchange, roster } = this.on;
    const indexes = (block.txHashes ?? []).flatMap((txHash, index) =>
      mempool.byTxHash(txHash) === undefined && verifier.known(txHash) === undefined ? [index] : [],
    );
    const peer = roster.members[leader]?.p2pKey;
    if (peer === undefined || indexes.length === 0) return this.on.recheck();
    const wanted = new Set(indexes.map((index) => block.txHashes?.[index]));
    exchange.transactionsOf(peer, block.hash, indexes, TRANSACTIONS_TIMEOUT_MS).then(
      async (transactions) => {
        const fitting = transactions.filter((bytes) => wanted.has(toHex(this.on.hashing.sha256(bytes))));
        const answers = await Promise.all(fitting.map((bytes) => verifier.check(bytes)));
        const refused = answers.find((answer) => !answer.ok);
        if (refused?.ok === false) block.illicit ??= refused.refusal.code;
        this.on.recheck();
      },
      (error: unknown) => {
        if (!(error instanceof NoAnswer)) this.on.fatal(error);
      },
    );
  }

  /** REQUEST_BLOCK: until the block is durable here, or booked. */
  block(hash: string, from: readonly number[], proposal: boolean): void {
    const { desk, store, catchUp, roster } = this.on;
    const height = store.heightOf(Buffer.from(hash, 'hex'));
    if (height !== null) {
      const stored = store.header(height);
      const header = stored === null ? null : decodeHeader(stored.header);
      if (header?.ok === true) this.on.post({ kind: 'BLOCK_DURABLE', block: blockRefOf(header.value, hash) });
      return;
    }
    const here = desk.get(hash);
    if (here !== undefined)
      desk.complete(here, (txHash) => this.on.mempool.byTxHash(txHash) ?? this.on.verifier.known(txHash));
    if (here?.durable === true) {
      this.on.post({ kind: 'BLOCK_DURABLE', block: here.ref });
      return;
    }
    if (here?.bytes != null && !(proposal && here.proposal === null)) {
      this.on.whole(here);
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
      !this.closed && store.heightOf(Buffer.from(hash, 'hex')) === null && desk.get(hash)?.durable !== true;
    catchUp
      .fetchBlock(hash, preferred, wanted)
      .then(async (found) => {
        if (found === null || this.closed) return;
        const block = desk.learn(found.block.header);
        if (block === null) return;
        desk.offerBody(block, found.block.transactions);
        this.on.whole(block);
        const { proposal: held } = found.block;
        if (wish.proposal && held !== null) {
          const received = await this.on.incoming.proposal({
            ...held,
            header: found.block.header,
            body: { kind: 'HASHES', txHashes: block.txHashes ?? [] },
          });
          if (received.offence !== null) this.on.penalize(found.peer, received.offence);
          for (const message of received.messages) this.on.post({ kind: 'MESSAGE', from: null, message });
        }
        this.on.recheck();
      })
      .catch((error: unknown) => this.on.fatal(error))
      .finally(() => this.fetching.delete(hash));
  }

  close(): void {
    this.closed = true;
  }
}
