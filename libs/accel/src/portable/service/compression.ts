/** zlib streams (RFC 1950) by pako, zlib's own algorithm in JavaScript: it takes and refuses what zlib does. */
import { deflate, Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateEnd, zlibInflateInit2, ZStream } from 'pako';
import type { DecompressRequest } from '../../contract/index.js';

/** 1 quick to 9 small. Engines may differ in it: any answer gives the content back. */
export const COMPRESSION_LEVEL = 3;
const PIECE_BYTES = 65_536;
/** A zlib header and no other, the largest window. */
const WINDOW_BITS = 15;

export function compressPortable(content: Uint8Array): Uint8Array {
  return deflate(content, { level: COMPRESSION_LEVEL });
}

/** Memory is bounded by `sizeBytesMax` and one piece, whatever the stream promises. */
export function decompressPortable({ packed, sizeBytesMax }: DecompressRequest): Uint8Array | null {
  const stream = new ZStream();
  if (zlibInflateInit2(stream, WINDOW_BITS) !== Z_OK) throw new Error('pako does not inflate');
  const pieces: Uint8Array[] = [];
  let size = 0;
  stream.input = packed;
  stream.avail_in = packed.length;
  try {
    for (;;) {
      stream.output = new Uint8Array(PIECE_BYTES);
      stream.next_out = 0;
      stream.avail_out = PIECE_BYTES;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END) return null;
      size += stream.next_out;
      if (size > sizeBytesMax) return null;
      pieces.push(stream.output.subarray(0, stream.next_out));
      if (status === Z_STREAM_END) break;
      if (stream.avail_in === 0 && stream.avail_out > 0) return null; // cut short
    }
  } finally {
    zlibInflateEnd(stream);
  }
  if (stream.avail_in > 0) return null;
  const content = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}
