/**
 * Frames inside a node-to-node session: length u32 | type u8 | payload | crc32c u32, big endian; `length` counts type and
 * payload, the sum covers them. What does not fit one frame travels in chunks (type CHUNK): its parts carry a stream
 * number, their index and count, and the inner type.
 */
import { crc32c } from '@node-rs/crc32';
import { MessageType } from '@waymark/consensus/wire';

/** Largest frame, length field and sum included. */
export const FRAME_BYTES_MAX = 2 * 1024 * 1024;
/** Largest body sent in chunks: the largest block with its certificates. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;
const HEAD_BYTES = 5;
const TAIL_BYTES = 4;
const CHUNK_HEAD_BYTES = 9;
const CHUNK_DATA_BYTES = 1024 * 1024;

/** Numbers on the wire; those of the protocol are the numbers of docs/protocol/consensus.md 2.6. Never reused. */
export const FrameType = {
  ...MessageType,
  HELLO: 0x20,
  HEADERS_REQ: 0x21,
  HEADERS_RESP: 0x22,
  PING: 0x23,
  PONG: 0x24,
  PASS: 0x25,
  WELCOME: 0x26,
  FAREWELL: 0x27,
  PROGRESS: 0x28,
  CHUNK: 0x7f,
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

const known: ReadonlySet<number> = new Set(Object.values(FrameType));

export interface Frame {
  readonly type: FrameType;
  readonly payload: Uint8Array;
}

/** The peer sent what no honest node sends. `code` is for the log and the score. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  constructor(readonly code: 'FRAME_LENGTH' | 'FRAME_TYPE' | 'FRAME_CHECKSUM' | 'CHUNK_ORDER' | 'CHUNK_SIZE') {
    super(code);
  }
}

function encodeOne(type: number, parts: readonly Uint8Array[]): Buffer {
  const length = 1 + parts.reduce((sum, part) => sum + part.length, 0);
  const frame = Buffer.allocUnsafe(4 + length + TAIL_BYTES);
  frame.writeUInt32BE(length, 0);
  frame[4] = type;
  let at = HEAD_BYTES;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  frame.writeUInt32BE(crc32c(frame.subarray(4, 4 + length)), 4 + length);
  return frame;
}

/** One frame, or several chunks when the payload is large. `stream` tells chunked payloads of one session apart. */
export function encodeFrames(type: FrameType, payload: Uint8Array, stream: number): Buffer[] {
  if (payload.length > BODY_BYTES_MAX)
    throw new RangeError(`a message of ${payload.length} bytes is over ${BODY_BYTES_MAX}`);
  if (payload.length + HEAD_BYTES + TAIL_BYTES <= FRAME_BYTES_MAX / 2) return [encodeOne(type, [payload])];
  const count = Math.ceil(payload.length / CHUNK_DATA_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const head = Buffer.alloc(CHUNK_HEAD_BYTES);
    head.writeUInt32BE(stream >>> 0, 0);
    head.writeUInt16BE(index, 4);
    head.writeUInt16BE(count, 6);
    head[8] = type;
    return encodeOne(FrameType.CHUNK, [
      head,
      payload.subarray(index * CHUNK_DATA_BYTES, (index + 1) * CHUNK_DATA_BYTES),
    ]);
  });
}

/** Takes bytes as they come and gives whole frames, chunks joined. One per session; memory is bounded by one frame and one chunked body. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private buffered = 0;
  private stream: { id: number; type: FrameType; count: number; parts: Uint8Array[] } | null = null;

  /** @throws FrameError: the session is to be reset. */
  push(bytes: Buffer): Frame[] {
    this.pieces.push(bytes);
    this.buffered += bytes.length;
    const frames: Frame[] = [];
    for (;;) {
      const frame = this.next();
      if (frame === null) return frames;
      if (frame.type !== FrameType.CHUNK) frames.push(frame);
      else {
        const whole = this.join(frame.payload);
        if (whole !== null) frames.push(whole);
      }
    }
  }

  private next(): Frame | null {
    if (this.buffered < 4) return null;
    const length = this.peek(4).readUInt32BE(0);
    if (length < 1 || length + 4 + TAIL_BYTES > FRAME_BYTES_MAX) throw new FrameError('FRAME_LENGTH');
    const total = 4 + length + TAIL_BYTES;
    if (this.buffered < total) return null;
    const frame = this.take(total);
    const type = frame[4] as number;
    if (frame.readUInt32BE(4 + length) !== crc32c(frame.subarray(4, 4 + length)))
      throw new FrameError('FRAME_CHECKSUM');
    if (!known.has(type)) throw new FrameError('FRAME_TYPE');
    return { type: type as FrameType, payload: frame.subarray(HEAD_BYTES, 4 + length) };
  }

  private join(payload: Uint8Array): Frame | null {
    if (payload.length <= CHUNK_HEAD_BYTES || payload.length > CHUNK_HEAD_BYTES + CHUNK_DATA_BYTES)
      throw new FrameError('CHUNK_SIZE');
    const head = Buffer.from(payload.buffer, payload.byteOffset, CHUNK_HEAD_BYTES);
    const id = head.readUInt32BE(0);
    const index = head.readUInt16BE(4);
    const count = head.readUInt16BE(6);
    const type = head[8] as number;
    if (index === 0) {
      if (!known.has(type) || type === FrameType.CHUNK) throw new FrameError('FRAME_TYPE');
      if (count < 1 || count > BODY_BYTES_MAX / CHUNK_DATA_BYTES) throw new FrameError('CHUNK_SIZE');
      this.stream = { id, type: type as FrameType, count, parts: [] };
    }
    const stream = this.stream;
    if (
      stream === null ||
      stream.id !== id ||
      stream.count !== count ||
      stream.type !== type ||
      stream.parts.length !== index
    )
      throw new FrameError('CHUNK_ORDER');
    if (index < count - 1 && payload.length !== CHUNK_HEAD_BYTES + CHUNK_DATA_BYTES) throw new FrameError('CHUNK_SIZE');
    stream.parts.push(payload.subarray(CHUNK_HEAD_BYTES));
    if (stream.parts.length < count) return null;
    this.stream = null;
    return { type: stream.type, payload: Buffer.concat(stream.parts) };
  }

  private peek(count: number): Buffer {
    const first = this.pieces[0] as Buffer;
    if (first.length < count) this.pieces = [Buffer.concat(this.pieces)];
    return this.pieces[0] as Buffer;
  }

  private take(count: number): Buffer {
    const first = this.peek(count);
    this.buffered -= count;
    if (first.length === count) this.pieces.shift();
    else this.pieces[0] = first.subarray(count);
    return first.subarray(0, count);
  }
}
