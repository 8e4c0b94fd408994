/**
 * Frames of the service's socket (docs/accelerators.md): length u32 | kind u8 | id u32 | body, big endian; the length counts
 * what follows it.
 */
import { OPERATIONS, type Operation } from '../../contract/index.js';
import { operationNumber, operationOf, WireError } from '../../wire/index.js';

const PROTOCOL_VERSION = 1;
/** Largest frame that a client takes. */
export const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const MAGIC = Buffer.from('WACC');
const LENGTH_BYTES = 4;
const HEAD_BYTES = 5;
const NAME_BYTES_MAX = 64;
const DETAIL_BYTES_MAX = 512;

/** Numbers are never reused. */
export const FrameKind = {
  /** Service, once, first: who it is, what it offers, its bounds. */
  HELLO: 1,
  /** Client: operation u8 | request. */
  REQUEST: 2,
  /** Client: the answer is no longer wanted. Nothing is answered to it. */
  CANCEL: 3,
  /** Service: the answer to the request of this id. */
  ANSWER: 4,
  /** Service: there will be no answer to it: code u8 | reason in UTF-8. */
  FAILED: 5,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Why there is no answer. Numbers are never reused. */
export const FailureCode = {
  /** Too much in hand; ask another, or later. */
  BUSY: 1,
  /** The body is no request of this operation. */
  MALFORMED: 2,
  /** An operation that was not offered. */
  UNSUPPORTED: 3,
  /** The engine could not do it. */
  FAILED: 4,
  /** The answer would not fit a frame. */
  TOO_LARGE: 5,
} as const;
export type FailureCode = (typeof FailureCode)[keyof typeof FailureCode];

export interface Frame {
  readonly kind: number;
  readonly id: number;
  readonly body: Uint8Array;
}

export function encodeFrame(kind: FrameKind, id: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = HEAD_BYTES + parts.reduce((sum, part) => sum + part.length, 0);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + length);
  frame.writeUInt32BE(length, 0);
  frame.writeUInt8(kind, 4);
  frame.writeUInt32BE(id, 5);
  let at = LENGTH_BYTES + HEAD_BYTES;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** Bytes of a frame around a body of this length; what `frameBytesMax` bounds. */
export function frameBytes(bodyBytes: number): number {
  return LENGTH_BYTES + HEAD_BYTES + bodyBytes;
}

/** Takes bytes as they come and gives whole frames. One a connection; its memory is bounded by one frame and one read. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private buffered = 0;

  constructor(private readonly bytesMax: number) {}

  /** @throws WireError when a length is none, or beyond the bound: the connection is to be closed. */
  push(bytes: Buffer): Frame[] {
    this.pieces.push(bytes);
    this.buffered += bytes.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.buffered < LENGTH_BYTES) return frames;
      const length = this.peekLength();
      if (length < HEAD_BYTES || length + LENGTH_BYTES > this.bytesMax)
        throw new WireError(`a frame of ${length} bytes`);
      if (this.buffered < LENGTH_BYTES + length) return frames;
      const all = this.pieces.length === 1 ? (this.pieces[0] as Buffer) : Buffer.concat(this.pieces);
      const rest = all.subarray(LENGTH_BYTES + length);
      this.pieces = rest.length > 0 ? [rest] : [];
      this.buffered = rest.length;
      frames.push({
        kind: all.readUInt8(4),
        id: all.readUInt32BE(5),
        body: all.subarray(LENGTH_BYTES + HEAD_BYTES, LENGTH_BYTES + length),
      });
    }
  }

  private peekLength(): number {
    const [first] = this.pieces as [Buffer];
    if (first.length < LENGTH_BYTES) this.pieces = [Buffer.concat(this.pieces)];
    return (this.pieces[0] as Buffer).readUInt32BE(0);
  }
}

export interface Hello {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** Largest frame that it takes. */
  readonly frameBytesMax: number;
  /** Requests of one connection that may wait for their answers at once. */
  readonly inFlightMax: number;
}

/** HELLO: "WACC" | version u8 | frameBytesMax u32 | inFlightMax u32 | name length u8, name | count u8, operation numbers u8 each. */
export function encodeHello({ name, operations, frameBytesMax, inFlightMax }: Hello): Buffer {
  const bounds = Buffer.alloc(9);
  bounds.writeUInt8(PROTOCOL_VERSION, 0);
  bounds.writeUInt32BE(frameBytesMax, 1);
  bounds.writeUInt32BE(inFlightMax, 5);
  const said = Buffer.from(name).subarray(0, NAME_BYTES_MAX);
  return encodeFrame(
    FrameKind.HELLO,
    0,
    MAGIC,
    bounds,
    Uint8Array.of(said.length),
    said,
    Uint8Array.of(operations.length, ...operations.map(operationNumber)),
  );
}

/** Operations that this version does not know are left out. @throws WireError when it is no HELLO of this version. */
export function decodeHello({ kind, body }: Frame): Hello {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const fixed = MAGIC.length + 9;
  if (kind !== FrameKind.HELLO || bytes.length < fixed + 2 || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw new WireError('no acceleration service answers here');
  const version = bytes.readUInt8(4);
  if (version !== PROTOCOL_VERSION)
    throw new WireError(`the service speaks version ${version}, not ${PROTOCOL_VERSION}`);
  const nameEnd = fixed + 1 + bytes.readUInt8(fixed);
  if (nameEnd >= bytes.length || bytes.length !== nameEnd + 1 + bytes.readUInt8(nameEnd))
    throw new WireError('a HELLO of the wrong length');
  const known = [...bytes.subarray(nameEnd + 1)].map(operationOf);
  const [frameBytesMax, inFlightMax] = [bytes.readUInt32BE(5), bytes.readUInt32BE(9)];
  if (frameBytesMax < frameBytes(0) || inFlightMax < 1) throw new WireError('a service that takes nothing');
  return {
    name: bytes.toString('utf8', fixed + 1, nameEnd),
    operations: OPERATIONS.filter((operation) => known.includes(operation)),
    frameBytesMax,
    inFlightMax,
  };
}

export function encodeFailure(id: number, code: FailureCode, detail: string): Buffer {
  const text = Buffer.from(detail).subarray(0, DETAIL_BYTES_MAX);
  return encodeFrame(FrameKind.FAILED, id, Uint8Array.of(code), text);
}
