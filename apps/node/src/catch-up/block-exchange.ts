/** Asks peers for blocks and headers and answers theirs, one answer at a time for each peer, in the lowest lane. */
import type { Accelerator } from '@waymark/accel/contract';
import { WireBounds, type BlockRequest, type BlockResponse, type WireBlock } from '@waymark/consensus/wire';
import type { BlockDesk } from '../host/block-desk.js';
import { BODY_BYTES_MAX, FrameType, type Frame } from '../network/frame.js';
import { TokenBucket } from '../network/token-bucket.js';
import { RecordDamaged, type ChainStore } from '../storage/index.js';
import {
  decodeBlockRequest,
  decodeBlockResponse,
  decodeHeadersRequest,
  decodeHeadersResponse,
  encodeBlockRequest,
  encodeBlockResponse,
  encodeHeadersRequest,
  encodeHeadersResponse,
  ID_END,
  idOf,
  openAnswer,
  packedAnswer,
  plainAnswer,
  type BlockQuestion,
  type HeadersRequest,
  type HeadersResponse,
} from './exchange-codec.js';

/** A peer did not answer, or not in time. Ask another. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const ANSWER_BYTES_MAX = 8 * 1024 * 1024;
const SERVING_QUEUE_MAX = 16;
const GUEST_QUEUE_MAX = 4;
const GUESTS_BYTES_PER_SECOND = 16 * 1024 * 1024;
const GUESTS_BYTES_BURST = 16 * 1024 * 1024;
/** All guests stand in one line. */
const GUESTS_LINE = 'guests';
/** An answer below this is not worth packing. */
const PACK_BYTES_MIN = 4_096;

interface Asked {
  readonly peer: string;
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class BlockExchange {
  private nextId = 1;
  private readonly asked = new Map<number, Asked>();
  private readonly serving = new Map<string, Promise<void>>();
  private readonly queued = new Map<string, number>();
  private readonly guestBytes = new TokenBucket(GUESTS_BYTES_PER_SECOND, GUESTS_BYTES_BURST, performance.now());

  constructor(
    private readonly on: {
      readonly store: ChainStore;
      readonly desk: BlockDesk;
      /** Packs and unpacks answers. */
      readonly accelerator: Pick<Accelerator, 'run'>;
      readonly send: (peer: string, type: FrameType, payload: Uint8Array) => boolean;
      readonly penalize: (peer: string, code: string) => void;
      /** A full node that is here by its pass: served after all others, at a bounded rate for all of them together. */
      readonly isGuest: (peer: string) => boolean;
      /** A stored block's record is damaged: to be fetched anew. */
      readonly damaged: (height: number) => void;
      readonly failed: (error: unknown) => void;
    },
  ) {}

  /** Blocks by hash, as far as the peer has them, in any order. Nothing about them is checked yet. */
  async blocksByHash(peer: string, hashes: readonly string[], timeoutMs: number): Promise<readonly WireBlock[]> {
    return this.blocks(peer, { by: 'HASHES', hashes }, timeoutMs);
  }

  /** Final blocks by height, at most 64, perhaps fewer than asked for. Nothing about them is checked yet. */
  async blocksByHeight(
    peer: string,
    fromHeight: number,
    toHeight: number,
    timeoutMs: number,
  ): Promise<readonly WireBlock[]> {
    return this.blocks(peer, { by: 'HEIGHTS', fromHeight, toHeight }, timeoutMs);
  }

  /** Some transactions of an unfinal block, by their place in it. Nothing about them is checked yet. */
  async transactionsOf(
    peer: string,
    blockHash: string,
    indexes: readonly number[],
    timeoutMs: number,
  ): Promise<readonly Uint8Array[]> {
    const answer = await this.askBlocks(peer, { by: 'TRANSACTIONS', blockHash, indexes }, timeoutMs);
    return answer.of === 'TRANSACTIONS' ? answer.transactions.map(({ transaction }) => transaction) : [];
  }

  private async blocks(peer: string, request: BlockRequest, timeoutMs: number): Promise<readonly WireBlock[]> {
    const answer = await this.askBlocks(peer, request, timeoutMs);
    return answer.of === 'BLOCKS' ? answer.blocks : [];
  }

  private async askBlocks(peer: string, request: BlockRequest, timeoutMs: number): Promise<BlockResponse> {
    const payload = await this.ask(peer, FrameType.BLOCK_REQ, (id) => encodeBlockRequest(id, request), timeoutMs);
    const message = await this.messageOf(payload);
    const answer = message === null ? null : decodeBlockResponse(message);
    if (answer !== null) return answer;
    this.on.penalize(peer, 'BLOCK_RESP_MALFORMED');
    throw new NoAnswer('malformed');
  }

  /** The message of an answer, unpacked where it is packed; null when it is not what it says. */
  private async messageOf(payload: Uint8Array): Promise<Uint8Array | null> {
    const answer = openAnswer(payload);
    if (answer === null || 'message' in answer) return answer?.message ?? null;
    const { packed, messageBytes } = answer;
    if (messageBytes > BODY_BYTES_MAX) return null;
    const [message] = await this.on.accelerator.run('decompress', [{ packed, sizeBytesMax: messageBytes }]);
    return message?.length === messageBytes ? message : null;
  }

  /** Headers from a height on, the last one certified. Nothing about them is checked yet. */
  async headers(peer: string, from: number, count: number, timeoutMs: number): Promise<HeadersResponse> {
    const payload = await this.ask(
      peer,
      FrameType.HEADERS_REQ,
      (id) => encodeHeadersRequest({ id, from, count }),
      timeoutMs,
    );
    const answer = decodeHeadersResponse(payload);
    if (answer !== null) return answer;
    this.on.penalize(peer, 'HEADERS_RESP_MALFORMED');
    throw new NoAnswer('malformed');
  }

  private ask(
    peer: string,
    type: FrameType,
    encode: (id: number) => Uint8Array,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    const id = this.nextId;
    this.nextId = id + 1 === ID_END ? 1 : id + 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.asked.delete(id);
        reject(new NoAnswer(`no answer in ${timeoutMs} ms`));
      }, timeoutMs);
      this.asked.set(id, { peer, resolve, reject, timer });
      if (!this.on.send(peer, type, encode(id))) this.settle(id, new NoAnswer('no session'));
    });
  }

  private settle(id: number, answer: Uint8Array | Error): void {
    const asked = this.asked.get(id);
    if (asked === undefined) return;
    this.asked.delete(id);
    clearTimeout(asked.timer);
    if (answer instanceof Error) asked.reject(answer);
    else asked.resolve(answer);
  }

  /** Takes the four frame types of this room. */
  onFrame(peer: string, frame: Frame): void {
    switch (frame.type) {
      case FrameType.BLOCK_RESP:
      case FrameType.HEADERS_RESP: {
        if (frame.payload.length < 4) return this.on.penalize(peer, 'RESPONSE_MALFORMED');
        const id = idOf(frame.payload);
        if (this.asked.get(id)?.peer === peer) this.settle(id, frame.payload);
        return;
      }
      case FrameType.BLOCK_REQ: {
        const request = decodeBlockRequest(frame.payload);
        if (request === null) return this.on.penalize(peer, 'BLOCK_REQ_MALFORMED');
        return this.serve(peer, () => this.answerBlocks(peer, request));
      }
      case FrameType.HEADERS_REQ: {
        const request = decodeHeadersRequest(frame.payload);
        if (request === null) return this.on.penalize(peer, 'HEADERS_REQ_MALFORMED');
        return this.serve(peer, () => this.answerHeaders(peer, request));
      }
      default:
        throw new Error(`frame type ${frame.type} is not of this room`);
    }
  }

  lostPeer(peer: string): void {
    for (const [id, asked] of this.asked)
      if (asked.peer === peer) this.settle(id, new NoAnswer('the session was lost'));
  }

  private serve(peer: string, work: () => Promise<number>): void {
    const waiting = this.queued.get(peer) ?? 0;
    const isGuest = this.on.isGuest(peer);
    if (waiting >= (isGuest ? GUEST_QUEUE_MAX : SERVING_QUEUE_MAX)) return; // the peer asks another after its time-out
    this.queued.set(peer, waiting + 1);
    const line = isGuest ? GUESTS_LINE : peer;
    const done = (this.serving.get(line) ?? Promise.resolve())
      .then(work)
      .then(async (bytes) => {
        const wait = isGuest ? this.guestBytes.take(bytes, performance.now()) : 0;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait).unref());
      })
      .catch((error: unknown) => this.on.failed(error));
    this.serving.set(
      line,
      done.then(() => {
        const left = (this.queued.get(peer) ?? 1) - 1;
        if (left > 0) this.queued.set(peer, left);
        else this.queued.delete(peer);
      }),
    );
  }

  /** Gives the bytes that were sent. */
  private async answerBlocks(peer: string, { id, packedWelcome, request }: BlockQuestion): Promise<number> {
    const respond = async (response: BlockResponse): Promise<number> => {
      const message = encodeBlockResponse(response);
      const payload =
        (packedWelcome && message.length >= PACK_BYTES_MIN ? await this.packed(id, message) : null) ??
        plainAnswer(id, message);
      this.on.send(peer, FrameType.BLOCK_RESP, payload);
      return payload.length;
    };
    if (request.by === 'TRANSACTIONS') {
      const held = this.on.desk.get(request.blockHash)?.bytes?.transactions ?? [];
      const transactions = request.indexes.flatMap((index) => {
        const transaction = held[index];
        return transaction === undefined ? [] : [{ index, transaction }];
      });
      return respond({ of: 'TRANSACTIONS', blockHash: request.blockHash, transactions });
    }
    const blocks: WireBlock[] = [];
    let bytes = 0;
    const take = (block: WireBlock | null): boolean => {
      if (block === null) return false;
      const size = block.transactions.reduce((sum, transaction) => sum + transaction.length, 513);
      if (blocks.length === WireBounds.blocksInResponse || (blocks.length > 0 && bytes + size > ANSWER_BYTES_MAX))
        return false;
      bytes += size;
      blocks.push(block);
      return true;
    };
    if (request.by === 'HEIGHTS') {
      for (let height = request.fromHeight; height <= request.toHeight; height += 1)
        if (!take(await this.stored(height))) break;
    } else {
      for (const hash of request.hashes) {
        const waiting = this.on.desk.get(hash);
        if (waiting?.bytes != null) take({ ...waiting.bytes, proposal: waiting.proposal });
        else take(await this.storedByHash(hash));
      }
    }
    return respond({ of: 'BLOCKS', blocks });
  }

  /** A packed answer; null when packing saves nothing. */
  private async packed(id: number, message: Uint8Array): Promise<Uint8Array | null> {
    const [packed] = await this.on.accelerator.run('compress', [message]);
    return packed === undefined || packed.length >= message.length ? null : packedAnswer(id, message.length, packed);
  }

  private async storedByHash(hash: string): Promise<WireBlock | null> {
    const height = this.on.store.heightOf(Buffer.from(hash, 'hex'));
    return height === null || height === 0 ? null : this.stored(height);
  }

  private async stored(height: number): Promise<WireBlock | null> {
    if (height <= this.on.store.prunedTo || height > this.on.store.finalHeight) return null;
    try {
      return { ...(await this.on.store.block(height)), proposal: null };
    } catch (error) {
      if (!(error instanceof RecordDamaged)) throw error;
      this.on.damaged(height);
      return null;
    }
  }

  /** As many headers as asked for, but so that the last has a certificate of its own. */
  private answerHeaders(peer: string, { id, from, count }: HeadersRequest): Promise<number> {
    const { store } = this.on;
    const headers: Uint8Array[] = [];
    let certified = 0;
    for (let height = from; height < from + count; height += 1) {
      const stored = store.header(height);
      if (stored === null) break;
      headers.push(stored.header);
      if (store.certificate(height) !== null) certified = headers.length;
    }
    const kept = headers.slice(0, certified);
    const certificate = kept.length === 0 ? null : store.certificate(from + kept.length - 1);
    const payload = encodeHeadersResponse({ id, certificate, headers: kept });
    this.on.send(peer, FrameType.HEADERS_RESP, payload);
    return Promise.resolve(payload.length);
  }

  /** Gives up all open questions. */
  close(): void {
    for (const id of [...this.asked.keys()]) this.settle(id, new NoAnswer('closing'));
  }
}
