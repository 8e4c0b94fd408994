/**
 * Following a chain that is far ahead (docs/protocol/consensus.md 2.12, points 2 and 3): certified headers, one certificate a
 * range, linked downwards by hash; bodies in parallel from several peers; executed and booked in order. Also fetches single
 * blocks by hash, and anew what rotted on this disk.
 */
import { decodeHeader, type Header } from '@waymark/ledger/chain';
import { equalBytes, toHex, treeHead } from '@waymark/ledger/primitives';
import type { Hashing } from '@waymark/accel/contract';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import type { WireBlock } from '@waymark/consensus/wire';
import type { Logger } from 'pino';
import type { CheckedBlock } from '../execution/execution-tree.js';
import type { BlockBytes, ChainStore } from '../storage/index.js';
import type { TransactionVerifier } from '../verification/transaction-verifier.js';
import { NoAnswer, type BlockExchange } from './block-exchange.js';
import { HEADERS_MAX } from './exchange-codec.js';

const TIMEOUT_MS = 3_000;
const BODIES_AT_ONCE = 32;
const PARALLEL_MAX = 4;
const PAUSE_MS = 250;

interface LinkedHeader {
  readonly hash: string;
  readonly header: Header;
  readonly bytes: Uint8Array;
}

export class CatchUp {
  private closed = false;
  private readonly repairing = new Set<number>();

  constructor(
    private readonly on: {
      readonly hashing: Hashing;
      readonly store: ChainStore;
      readonly exchange: BlockExchange;
      readonly verifier: TransactionVerifier;
      /** Sessions now open, to ask. */
      readonly peers: () => readonly string[];
      readonly penalize: (peer: string, code: string) => void;
      /** True when exactly q members signed COMMIT for this header. */
      readonly certified: (header: Header, hash: string, certificate: CommitCertificate) => Promise<boolean>;
      readonly book: (blocks: readonly CheckedBlock[], certificate: CommitCertificate) => Promise<void>;
      readonly log: Logger;
    },
  ) {}

  /** Follows up to `target` at least, then gives the newest booked certified block. Rejects only on a fault of ours or on close. */
  async follow(target: number): Promise<{ header: Header; hash: string; certificate: CommitCertificate } | null> {
    const { store, log } = this.on;
    let newest: { header: Header; hash: string; certificate: CommitCertificate } | null = null;
    const from = store.finalHeight;
    while (!this.closed && store.finalHeight < target) {
      const range = await this.certifiedRange(store.finalHeight + 1);
      if (range === null) {
        await pause(PAUSE_MS);
        continue;
      }
      await this.bookRange(range.headers, range.certificate);
      const last = range.headers.at(-1) as LinkedHeader;
      newest = { header: last.header, hash: last.hash, certificate: range.certificate };
    }
    if (newest !== null) log.info({ from, to: store.finalHeight }, 'caught up');
    return newest;
  }

  /** Headers that directly follow the booked block, checked: linked by hash from the certified last one down. */
  private async certifiedRange(
    from: number,
  ): Promise<{ headers: LinkedHeader[]; certificate: CommitCertificate } | null> {
    for (const peer of this.shuffledPeers()) {
      try {
        const answer = await this.on.exchange.headers(peer, from, HEADERS_MAX, TIMEOUT_MS);
        if (answer.certificate === null || answer.headers.length === 0) continue;
        const headers = this.link(from, answer.headers);
        const last = headers?.at(-1);
        if (
          headers === null ||
          last === undefined ||
          !(await this.on.certified(last.header, last.hash, answer.certificate))
        ) {
          this.on.penalize(peer, 'HEADERS_INVALID');
          continue;
        }
        return { headers, certificate: answer.certificate };
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
      }
    }
    return null;
  }

  private link(from: number, bytes: readonly Uint8Array[]): LinkedHeader[] | null {
    const { hashing, store } = this.on;
    let parent = toHex(store.hashAt(from - 1) as Uint8Array);
    const headers: LinkedHeader[] = [];
    for (const [index, each] of bytes.entries()) {
      const decoded = decodeHeader(each);
      if (!decoded.ok || decoded.value.height !== from + index || toHex(decoded.value.parentHash) !== parent)
        return null;
      parent = toHex(hashing.sha256(each));
      headers.push({ hash: parent, header: decoded.value, bytes: each });
    }
    return headers;
  }

  /** Bodies of a range, several pieces at once, booked in order as they come. */
  private async bookRange(headers: readonly LinkedHeader[], certificate: CommitCertificate): Promise<void> {
    const pieces: LinkedHeader[][] = [];
    for (let at = 0; at < headers.length; at += BODIES_AT_ONCE) pieces.push(headers.slice(at, at + BODIES_AT_ONCE));
    const fetching: Promise<CheckedBlock[]>[] = [];
    let next = 0;
    const ahead = (): void => {
      while (next < pieces.length && fetching.length < PARALLEL_MAX) {
        const piece = this.bodies(pieces[next] as LinkedHeader[], next);
        piece.catch(() => undefined); // awaited below, in order
        fetching.push(piece);
        next += 1;
      }
    };
    ahead();
    for (let piece = fetching.shift(); piece !== undefined; piece = fetching.shift()) {
      const blocks = await piece;
      ahead();
      await this.on.book(blocks, certificate);
    }
  }

  private async bodies(headers: readonly LinkedHeader[], turn: number): Promise<CheckedBlock[]> {
    const blocks: CheckedBlock[] = [];
    while (blocks.length < headers.length) {
      if (this.closed) throw new NoAnswer('closing');
      const peers = this.shuffledPeers();
      const peer = peers[turn % Math.max(1, peers.length)];
      const wanted = headers[blocks.length] as LinkedHeader;
      if (peer === undefined) {
        await pause(PAUSE_MS);
        continue;
      }
      try {
        const got = await this.on.exchange.blocksByHeight(
          peer,
          wanted.header.height,
          (headers.at(-1) as LinkedHeader).header.height,
          TIMEOUT_MS,
        );
        if (got.length === 0) await pause(PAUSE_MS);
        for (const block of got) {
          const expected = headers[blocks.length];
          const checked = expected === undefined ? null : this.checkBody(expected, block);
          if (checked === null) {
            this.on.penalize(peer, 'BODY_INVALID');
            break;
          }
          blocks.push(checked);
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        await pause(PAUSE_MS);
      }
    }
    return blocks;
  }

  /** The body that a certified header commits to. Its transactions were checked by the quorum that certified it. */
  private checkBody(expected: LinkedHeader, block: BlockBytes): CheckedBlock | null {
    const { hashing, verifier } = this.on;
    if (!equalBytes(block.header, expected.bytes)) return null;
    const hashes = block.transactions.map((bytes) => hashing.sha256(bytes));
    if (!equalBytes(treeHead(hashing, hashes), expected.header.txRoot)) return null;
    return {
      hash: expected.hash,
      header: expected.header,
      headerBytes: expected.bytes,
      transactions: block.transactions.map((bytes) => verifier.trusted(bytes)),
    };
  }

  /** One block by hash from anybody, `preferred` first; null when `wanted` says that it is no longer needed. */
  async fetchBlock(
    hash: string,
    preferred: readonly string[],
    wanted: () => boolean,
  ): Promise<{ block: WireBlock; peer: string } | null> {
    for (let attempt = 0; !this.closed && wanted(); attempt += 1) {
      const open = new Set(this.on.peers());
      const order = [
        ...preferred.filter((peer) => open.has(peer)),
        ...this.shuffledPeers().filter((peer) => !preferred.includes(peer)),
      ];
      for (const peer of order) {
        if (!wanted()) return null;
        try {
          const [block] = await this.on.exchange.blocksByHash(peer, [hash], Math.min(TIMEOUT_MS, 500 * (attempt + 1)));
          if (block === undefined) continue;
          const txHashes = block.transactions.map((bytes) => this.on.hashing.sha256(bytes));
          const header = decodeHeader(block.header);
          if (
            header.ok &&
            toHex(this.on.hashing.sha256(block.header)) === hash &&
            equalBytes(treeHead(this.on.hashing, txHashes), header.value.txRoot)
          )
            return { block, peer };
          this.on.penalize(peer, 'BLOCK_INVALID');
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
        }
      }
      await pause(Math.min(1_000, 50 * 2 ** Math.min(attempt, 5)));
    }
    return null;
  }

  /** Fetches anew a stored block whose record is damaged, and puts it in its place. */
  async repair(height: number): Promise<void> {
    const { store, log } = this.on;
    const stored = store.header(height);
    if (stored === null || this.repairing.has(height)) return;
    this.repairing.add(height);
    try {
      log.error({ height }, 'the stored record of a block is damaged; it is fetched anew from another node');
      const found = await this.fetchBlock(toHex(stored.hash), [], () => !this.closed);
      if (found === null) return;
      await store.replaceRecord(height, found.block);
      log.warn({ height }, 'the damaged block was fetched anew and stored');
    } finally {
      this.repairing.delete(height);
    }
  }

  private shuffledPeers(): string[] {
    const peers = [...this.on.peers()];
    for (let at = peers.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [peers[at], peers[other]] = [peers[other] as string, peers[at] as string];
    }
    return peers;
  }

  close(): void {
    this.closed = true;
    this.on.exchange.close();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
