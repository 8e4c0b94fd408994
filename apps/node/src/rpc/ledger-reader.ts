/**
 * What the node can tell and prove of its final blocks: feed, proofs, headers. Reads only; everything it gives
 * can be checked against a certificate by whoever asks.
 */
import type { Hashing } from '@waymark/accel/contract';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import {
  decodeHeader,
  decodeTransaction,
  type EvidenceAnchor,
  type EvidenceBody,
  type EvidenceHeader,
  type EvidenceTransaction,
  type ProofAnswer,
} from '@waymark/ledger/chain';
import { inclusionPath, toBase64, toHex } from '@waymark/ledger/primitives';
import type { ExecutionTree } from '../execution/execution-tree.js';
import { BlockPruned, RecordDamaged, type ChainStore } from '../storage/index.js';
import { invalidParams, unavailable } from './rpc-error.js';

const FEED_BYTES_MAX = 4 * 1024 * 1024;
const FEED_BLOCKS_MAX = 500;
const ANCHOR_SEARCH_MAX = 5_000;

interface FeedBlockJson {
  readonly header: string;
  readonly transactions: readonly string[];
  readonly receipts: readonly string[];
  readonly events: readonly (readonly string[])[];
}

export interface FeedJson {
  readonly finalHeight: number;
  readonly blocks: readonly FeedBlockJson[];
  readonly anchor: { readonly headers: readonly string[]; readonly certificate: CertificateJson } | null;
}

export interface CertificateJson {
  readonly bitmap: number;
  readonly signatures: readonly string[];
}

export class LedgerReader {
  private waiters: (() => void)[] = [];

  constructor(
    private readonly on: {
      readonly hashing: Hashing;
      readonly store: ChainStore;
      readonly tree: ExecutionTree;
      readonly chainId: string;
      readonly genesisHash: Uint8Array;
      readonly genesisBytes: Uint8Array;
      readonly damaged: (height: number) => void;
    },
  ) {}

  /** A block was booked. */
  booked(): void {
    const waiters = this.waiters;
    this.waiters = [];
    for (const wake of waiters) wake();
  }

  /** The next height above `height` - itself not included - whose header has a certificate of its own; null: not yet. */
  private anchorAbove(height: number): { height: number; certificate: CommitCertificate } | null {
    const { store } = this.on;
    for (let at = height + 1; at <= Math.min(store.finalHeight, height + ANCHOR_SEARCH_MAX); at += 1) {
      const certificate = store.certificate(at);
      if (certificate !== null) return { height: at, certificate };
    }
    return null;
  }

  /** Blocks from a height on; waits for the first. */
  async feed(from: number, limit: number, waitMs: number, signal: AbortSignal): Promise<FeedJson> {
    const { store } = this.on;
    const until = performance.now() + waitMs;
    while (this.anchorAbove(from) === null && !signal.aborted) {
      const left = until - performance.now();
      if (left <= 0) break;
      await this.nextBooked(left, signal);
    }
    const blocks: FeedBlockJson[] = [];
    let bytes = 0;
    let height = from;
    while (blocks.length < Math.min(limit, FEED_BLOCKS_MAX) && bytes < FEED_BYTES_MAX && height < store.finalHeight) {
      if (this.anchorAbove(height) === null) break;
      const block = await this.blockJson(height);
      const size = sizeOf(block);
      if (blocks.length > 0 && bytes + size > FEED_BYTES_MAX) break;
      bytes += size;
      blocks.push(block);
      height += 1;
    }
    const last = height - 1;
    const anchor = blocks.length === 0 ? null : this.anchorAbove(last);
    if (anchor === null) return { finalHeight: store.finalHeight, blocks: [], anchor: null };
    const headers = Array.from({ length: anchor.height - last }, (_, index) => this.headerBytes(last + 1 + index)).map(
      toBase64,
    );
    return {
      finalHeight: store.finalHeight,
      blocks,
      anchor: { headers, certificate: certificateJson(anchor.certificate) },
    };
  }

  private nextBooked(withinMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, withinMs);
      signal.addEventListener('abort', done, { once: true });
      this.waiters.push(done);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
    });
  }

  private async blockJson(height: number): Promise<FeedBlockJson> {
    const { store } = this.on;
    const block = await this.block(height);
    return {
      header: toBase64(block.header),
      transactions: block.transactions.map(toBase64),
      receipts: store.receipts(height).map(toBase64),
      events: store.events(height).map((events) => events.map(toBase64)),
    };
  }

  private async block(height: number): ReturnType<ChainStore['block']> {
    try {
      return await this.on.store.block(height);
    } catch (error) {
      if (!(error instanceof RecordDamaged)) throw error;
      this.on.damaged(height);
      throw unavailable(`block ${height} is being fetched anew: its stored record is damaged`, 1_000);
    }
  }

  private headerBytes(height: number): Uint8Array {
    const stored = this.on.store.header(height);
    if (stored === null) {
      if (height <= this.on.store.prunedTo) throw new BlockPruned(height, this.on.store.prunedTo);
      throw new Error(`header ${height} is missing in the store`);
    }
    return stored.header;
  }

  headers(from: number, limit: number): { headers: string[]; certificates: (CertificateJson | null)[] } {
    const { store } = this.on;
    const headers: string[] = [];
    const certificates: (CertificateJson | null)[] = [];
    for (let height = from; height < from + limit; height += 1) {
      const stored = store.header(height);
      if (stored === null && height <= store.prunedTo) throw new BlockPruned(height, store.prunedTo);
      if (stored === null) break;
      headers.push(toBase64(stored.header));
      const certificate = store.certificate(height);
      certificates.push(certificate === null ? null : certificateJson(certificate));
    }
    return { headers, certificates };
  }

  /** Evidence that transactions were accepted (docs/protocol/formats.md section 6). `bodies`: which of each; all when not named. */
  async proof(txIds: readonly Uint8Array[], bodies: ReadonlyMap<string, readonly number[]>): Promise<ProofAnswer> {
    const { store, chainId, genesisHash, genesisBytes } = this.on;
    const places = txIds.map((txId) => {
      const place = store.transaction(txId);
      if (place === null) throw invalidParams(`transaction ${toHex(txId)} is not final`);
      return { txId, ...place };
    });
    const needed = Math.max(...places.map(({ height }) => height + 1));
    const anchor = this.newestAnchor(needed);
    // The block itself too: its time, and how many transactions it has.
    const heights = [...new Set(places.flatMap(({ height }) => [height, height + 1]))].sort((a, b) => a - b);
    const transactions: EvidenceTransaction[] = [];
    for (const place of places) transactions.push(await this.transactionProof(place, bodies.get(toHex(place.txId))));
    return {
      format: 'waymark-evidence/1',
      chainId,
      genesisHash: toHex(genesisHash),
      genesis: toBase64(genesisBytes),
      anchor: { header: toBase64(this.headerBytes(anchor.height)), certificate: certificateJson(anchor.certificate) },
      headers: heights.map((height): EvidenceHeader => {
        const header = toBase64(this.headerBytes(height));
        if (height === anchor.height) return { height, header };
        return { height, header, historyPath: store.historyPath(height, anchor.height).map(toBase64) };
      }),
      transactions,
    };
  }

  /** The newest certified header at or above all of these, and how each of them lies in its history. */
  historyProof(heights: readonly number[]): { anchor: EvidenceAnchor; headers: EvidenceHeader[] } {
    const { store } = this.on;
    const anchor = this.newestAnchor(Math.max(...heights));
    return {
      anchor: { header: toBase64(this.headerBytes(anchor.height)), certificate: certificateJson(anchor.certificate) },
      headers: heights.map((height) => ({
        height,
        header: toBase64(this.headerBytes(height)),
        ...(height !== anchor.height && { historyPath: store.historyPath(height, anchor.height).map(toBase64) }),
      })),
    };
  }

  private newestAnchor(atLeast: number): { height: number; certificate: CommitCertificate } {
    const { store } = this.on;
    for (let height = store.finalHeight; height >= atLeast; height -= 1) {
      const certificate = store.certificate(height);
      if (certificate !== null) return { height, certificate };
    }
    throw unavailable('the header that certifies this receipt is not final yet', 200);
  }

  private async transactionProof(
    place: { readonly txId: Uint8Array; readonly height: number; readonly index: number },
    wanted: readonly number[] | undefined,
  ): Promise<EvidenceTransaction> {
    const { hashing, store } = this.on;
    const block = await this.block(place.height);
    const receipts = store.receipts(place.height);
    const decoded = decodeTransaction(hashing, block.transactions[place.index] as Uint8Array);
    if (!decoded.ok) throw new Error(`a final transaction cannot be decoded: ${decoded.refusal.code}`);
    const transaction = decoded.value;
    const indexes = new Set(wanted ?? transaction.bodyBytes.keys());
    for (const index of [...indexes]) {
      const body = transaction.bodies[index];
      if (body === undefined) throw invalidParams(`transaction ${toHex(place.txId)} has no body ${index}`);
      if (body.context > 0) indexes.add(body.context - 1); // an event is read with the context it names
    }
    return {
      header: toBase64(transaction.headerBytes),
      signatures: transaction.signatures.map(({ publicKey, signature }) => ({
        publicKey: toBase64(publicKey),
        signature: toBase64(signature),
      })),
      receipt: toBase64(receipts[place.index] as Uint8Array),
      receiptIndex: place.index,
      receiptCount: receipts.length,
      receiptPath: inclusionPath(hashing, receipts, place.index).map(toBase64),
      stateHeaderHeight: place.height + 1,
      bodies: [...indexes]
        .sort((a, b) => a - b)
        .map((index): EvidenceBody => ({
          index,
          body: toBase64(transaction.bodyBytes[index] as Uint8Array),
          path: inclusionPath(hashing, transaction.bodyBytes, index).map(toBase64),
        })),
    };
  }

  finalTimeMs(genesisTimeMs: number): number {
    const stored = this.on.store.header(this.on.store.finalHeight);
    const header = stored === null ? null : decodeHeader(stored.header);
    return header?.ok === true ? header.value.time : genesisTimeMs;
  }
}

export function certificateJson({ bitmap, signatures }: CommitCertificate): CertificateJson {
  return { bitmap, signatures: signatures.map(toBase64) };
}

function sizeOf(block: FeedBlockJson): number {
  const sum = (texts: readonly string[]): number => texts.reduce((total, text) => total + text.length, 0);
  return (
    block.header.length +
    sum(block.transactions) +
    sum(block.receipts) +
    block.events.reduce((total, events) => total + sum(events), 0)
  );
}
