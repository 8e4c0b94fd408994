import { crc32c } from './crc32c.js';

/**
 * Frames of the write-ahead log (2.11), big endian: len u32 | type u8 | seq u64 | payload | crc32c u32 | len u32.
 * `len` counts type, seq and payload; the sum covers the same bytes. A frame is whole iff both lengths agree, the sum is
 * right and seq is one above the frame before.
 */
export const LogFrameType = { VOTE: 1, CERTIFICATE: 2, PROPOSAL: 3, BLOCK: 4 } as const;
export type LogFrameType = (typeof LogFrameType)[keyof typeof LogFrameType];

/** Bytes a frame adds to its payload. */
export const LOG_FRAME_OVERHEAD = 21;
/** Largest payload: a block body of 8 MiB and its header and certificates. */
export const LOG_PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;

export interface LogFrame {
  readonly type: LogFrameType;
  readonly seq: number;
  readonly payload: Uint8Array;
}

/** What a scan found. `validBytes`: cut the file here. `damage`: why the first bad frame is bad; null when the file ends with a whole frame. */
export interface LogScan {
  readonly frames: readonly LogFrame[];
  readonly validBytes: number;
  readonly damage: 'TORN' | 'LENGTH' | 'CHECKSUM' | 'TYPE' | 'SEQUENCE' | null;
}

export function encodeLogFrame(frame: LogFrame): Uint8Array {
  if (frame.payload.length > LOG_PAYLOAD_BYTES_MAX)
    throw new RangeError(`log payload of ${frame.payload.length} bytes is over ${LOG_PAYLOAD_BYTES_MAX}`);
  const length = 9 + frame.payload.length;
  const bytes = new Uint8Array(frame.payload.length + LOG_FRAME_OVERHEAD);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  view.setUint8(4, frame.type);
  view.setBigUint64(5, BigInt(frame.seq));
  bytes.set(frame.payload, 13);
  view.setUint32(4 + length, crc32c(bytes.subarray(4, 4 + length)));
  view.setUint32(8 + length, length);
  return bytes;
}

const types: ReadonlySet<number> = new Set(Object.values(LogFrameType));

/** Reads frames from the start to the first bad one. Payloads are views into `bytes`. `firstSeq`: what the first frame must carry; null takes any. */
export function scanLog(bytes: Uint8Array, firstSeq: number | null = null): LogScan {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: LogFrame[] = [];
  let offset = 0;
  let expected = firstSeq;
  const stop = (damage: LogScan['damage']): LogScan => ({ frames, validBytes: offset, damage });
  while (offset < bytes.length) {
    if (offset + LOG_FRAME_OVERHEAD > bytes.length) return stop('TORN');
    const length = view.getUint32(offset);
    if (length < 9 || length > LOG_PAYLOAD_BYTES_MAX + 9) return stop('LENGTH');
    if (offset + length + 12 > bytes.length) return stop('TORN');
    if (view.getUint32(offset + 8 + length) !== length) return stop('LENGTH');
    if (view.getUint32(offset + 4 + length) !== crc32c(bytes.subarray(offset + 4, offset + 4 + length)))
      return stop('CHECKSUM');
    const type = view.getUint8(offset + 4);
    if (!types.has(type)) return stop('TYPE');
    const seq = Number(view.getBigUint64(offset + 5));
    if (expected !== null && seq !== expected) return stop('SEQUENCE');
    expected = seq + 1;
    frames.push({ type: type as LogFrameType, seq, payload: bytes.subarray(offset + 13, offset + 4 + length) });
    offset += length + 12;
  }
  return stop(null);
}
