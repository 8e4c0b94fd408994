/** One open, authenticated connection to a peer: frames in, frames out, in order of urgency, under a rate. */
import type { TLSSocket } from 'node:tls';
import { encodeFrames, FrameError, FrameReader, type Frame, type FrameType } from './frame.js';
import { LANE_BYTES_MAX, Lanes } from './lanes.js';
import { TokenBucket } from './token-bucket.js';

/** What one peer may send: bytes a second, and the burst on top. A peer above it is read more slowly, nothing is lost. */
export interface SessionBounds {
  readonly bytesPerSecond: number;
  readonly bytesBurst: number;
  readonly framesPerSecond: number;
  readonly framesBurst: number;
  /** Bytes that wait to be sent to it, by lane. */
  readonly laneBytesMax: readonly number[];
}

const memberBounds: SessionBounds = {
  bytesPerSecond: 48 * 1024 * 1024,
  bytesBurst: 96 * 1024 * 1024,
  framesPerSecond: 20_000,
  framesBurst: 40_000,
  laneBytesMax: LANE_BYTES_MAX,
};

/** For a last message to leave. */
const LAST_WORD_MS = 500;

export interface SessionEvents {
  frame(frame: Frame): void;
  /** The peer broke the framing. The session closes itself afterwards. */
  violation(code: FrameError['code']): void;
  closed(): void;
}

export class Session {
  private readonly reader = new FrameReader();
  private readonly lanes: Lanes;
  private readonly bytes: TokenBucket;
  private readonly frames: TokenBucket;
  private blocked = false;
  private scheduled = false;
  private ended = false;
  private stream = 0;
  private resume: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: TLSSocket,
    private readonly events: SessionEvents,
    bounds: SessionBounds = memberBounds,
  ) {
    this.lanes = new Lanes(bounds.laneBytesMax);
    this.bytes = new TokenBucket(bounds.bytesPerSecond, bounds.bytesBurst, performance.now());
    this.frames = new TokenBucket(bounds.framesPerSecond, bounds.framesBurst, performance.now());
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
    socket.on('drain', () => {
      this.blocked = false;
      this.write();
    });
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
  }

  get open(): boolean {
    return !this.ended;
  }

  /** Bytes that went over this connection so far. */
  get traffic(): { readonly bytesIn: number; readonly bytesOut: number } {
    return { bytesIn: this.socket.bytesRead, bytesOut: this.socket.bytesWritten };
  }

  send(type: FrameType, payload: Uint8Array): void {
    if (this.ended) return;
    this.stream += 1;
    this.lanes.push(type, encodeFrames(type, payload, this.stream));
    if (this.scheduled || this.blocked) return;
    this.scheduled = true;
    // Messages of one turn of the loop leave in one write, the most urgent first.
    setImmediate(() => {
      this.scheduled = false;
      this.write();
    });
  }

  private write(): void {
    if (this.ended || this.blocked) return;
    this.socket.cork();
    while (!this.blocked) {
      const frames = this.lanes.shift();
      if (frames === null) break;
      for (const frame of frames) if (!this.socket.write(frame)) this.blocked = true;
    }
    this.socket.uncork();
  }

  private receive(bytes: Buffer): void {
    if (this.ended) return;
    let frames: Frame[];
    try {
      frames = this.reader.push(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.events.violation(error.code);
      this.close();
      return;
    }
    const now = performance.now();
    const wait = Math.max(this.bytes.take(bytes.length, now), this.frames.take(frames.length, now));
    if (wait > 0 && this.resume === null) {
      this.socket.pause();
      this.resume = setTimeout(() => {
        this.resume = null;
        this.socket.resume();
      }, wait);
    }
    for (const frame of frames) {
      if (this.ended) return;
      this.events.frame(frame);
    }
  }

  /** Sends a last message and closes when it is out, or after a moment. */
  closeAfter(type: FrameType, payload: Uint8Array): void {
    if (this.ended) return;
    this.send(type, payload);
    this.write();
    this.socket.end();
    setTimeout(() => this.close(), LAST_WORD_MS).unref();
  }

  close(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.resume !== null) clearTimeout(this.resume);
    this.lanes.clear();
    this.socket.destroy();
    this.events.closed();
  }
}
