/** zlib streams (RFC 1950) by Node's zlib, in its own threads: the calling thread goes on. */
import { promisify } from 'node:util';
import { deflate, inflate, type InputType, type Zlib } from 'node:zlib';
import type { DecompressRequest } from '../../contract/index.js';
import { COMPRESSION_LEVEL } from '../../portable/service/index.js';

const deflated = promisify<InputType, { level: number }, Buffer>(deflate);

/** With `info`, Node gives the engine too, which knows how much it read. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: Zlib;
}

export async function compressNative(content: Uint8Array): Promise<Uint8Array> {
  return plain(await deflated(content, { level: COMPRESSION_LEVEL }));
}

/** Memory is bounded by `sizeBytesMax` and one piece, whatever the stream promises. */
export function decompressNative({ packed, sizeBytesMax }: DecompressRequest): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    // Zero is no limit for zlib: ask for one byte, and look.
    inflate(packed, { maxOutputLength: Math.max(1, sizeBytesMax), info: true }, (error, result) => {
      if (error !== null) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (code === 'ERR_BUFFER_TOO_LARGE' || code.startsWith('Z_')) resolve(null);
        else reject(error);
        return;
      }
      const { buffer, engine } = result as unknown as Inflated;
      resolve(engine.bytesWritten === packed.length && buffer.length <= sizeBytesMax ? plain(buffer) : null);
    });
  });
}

/** A Uint8Array over the same memory: a Buffer is not equal to one in the eyes of a deep comparison. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
