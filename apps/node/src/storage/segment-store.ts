/**
 * Append-only segment files of checksummed records: length u32 | height u64 | payload | crc32c u32, where `length` counts
 * height and payload and the sum covers length, height and payload. Written once, never changed. Where a record lies is the
 * caller's to remember; a torn end is cut when the store is opened, damage elsewhere is reported by `read`.
 */
import { open, readdir, stat, truncate, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from '@node-rs/crc32';
import { ensureDirectory, flushDirectory, flushFile, writeFully } from './durable-files.js';

export interface RecordPlace {
  readonly segment: number;
  readonly offset: number;
  /** Bytes of the whole record. */
  readonly length: number;
}

export interface SegmentRecord {
  readonly height: number;
  readonly payload: Uint8Array;
}

/** A record that was written is not there as it was written: a flipped bit, a lost file. */
export class RecordDamaged extends Error {
  override readonly name = 'RecordDamaged';
}

const HEAD_BYTES = 12;
const OVERHEAD = HEAD_BYTES + 4;
const RECORD_BYTES_MAX = 64 * 1024 * 1024;
const nameOf = (segment: number): string => `${String(segment).padStart(8, '0')}.blocks`;

async function numbersIn(dir: string): Promise<number[]> {
  return (await readdir(dir))
    .map((name) => /^(\d{8})\.blocks$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** The record at the start of `bytes`, or why there is none. */
function parse(bytes: Buffer): { record: SegmentRecord; length: number } | 'TORN' | 'DAMAGED' {
  if (bytes.length < OVERHEAD) return 'TORN';
  const length = bytes.readUInt32BE(0);
  if (length < 8 || length > RECORD_BYTES_MAX) return 'DAMAGED';
  if (bytes.length < length + 8) return 'TORN';
  if (bytes.readUInt32BE(4 + length) !== crc32c(bytes.subarray(0, 4 + length))) return 'DAMAGED';
  const height = Number(bytes.readBigUInt64BE(4));
  return { record: { height, payload: bytes.subarray(HEAD_BYTES, 4 + length) }, length: length + 8 };
}

export class SegmentStore {
  private readonly readers = new Map<number, Promise<FileHandle>>();
  private closed = false;

  private constructor(
    private readonly dir: string,
    private readonly segmentBytesMax: number,
    private segment: number,
    private handle: FileHandle,
    private size: number,
  ) {}

  /**
   * Opens the folder. `known` is the place of the newest record that the caller's index names; records after it that are
   * whole come back in `after`, oldest first, and what follows the last whole one is cut off.
   */
  static async open(
    dir: string,
    options: { readonly segmentBytesMax: number; readonly known: RecordPlace | null },
  ): Promise<{ store: SegmentStore; after: { place: RecordPlace; record: SegmentRecord }[]; cutBytes: number }> {
    await ensureDirectory(dir);
    const numbers = await numbersIn(dir);
    const after: { place: RecordPlace; record: SegmentRecord }[] = [];
    let cutBytes = 0;
    const from = options.known ?? { segment: numbers[0] ?? 1, offset: 0, length: 0 };
    for (const number of numbers.filter((each) => each >= from.segment)) {
      const path = join(dir, nameOf(number));
      const handle = await open(path, 'r+');
      try {
        const size = (await handle.stat()).size;
        let offset = number === from.segment ? from.offset + from.length : 0;
        if (offset > size) continue; // the index knows more than the file: found and told by `read`
        const bytes = Buffer.alloc(size - offset);
        await handle.read(bytes, 0, bytes.length, offset);
        let at = 0;
        while (at < bytes.length) {
          const found = parse(bytes.subarray(at));
          if (typeof found === 'string') break;
          after.push({ place: { segment: number, offset, length: found.length }, record: found.record });
          at += found.length;
          offset += found.length;
        }
        if (at < bytes.length) {
          cutBytes += bytes.length - at;
          await truncate(path, offset);
          await flushFile(handle, path);
        }
      } finally {
        await handle.close();
      }
    }
    const segment = numbers.at(-1) ?? 1;
    const path = join(dir, nameOf(segment));
    const handle = await open(path, numbers.length === 0 ? 'wx+' : 'r+', 0o600);
    if (numbers.length === 0) await flushDirectory(dir);
    const size = (await stat(path)).size;
    return { store: new SegmentStore(dir, options.segmentBytesMax, segment, handle, size), after, cutBytes };
  }

  /** Writes records one after another and makes them durable with one flush. @throws DurabilityError: end the process. */
  async append(records: readonly SegmentRecord[]): Promise<RecordPlace[]> {
    if (this.closed) throw new Error('the segment store is closed');
    if (this.size >= this.segmentBytesMax) await this.roll();
    const places: RecordPlace[] = [];
    const buffers: Buffer[] = [];
    let offset = this.size;
    for (const { height, payload } of records) {
      const bytes = Buffer.allocUnsafe(payload.length + OVERHEAD);
      bytes.writeUInt32BE(payload.length + 8, 0);
      bytes.writeBigUInt64BE(BigInt(height), 4);
      bytes.set(payload, HEAD_BYTES);
      bytes.writeUInt32BE(crc32c(bytes.subarray(0, HEAD_BYTES + payload.length)), HEAD_BYTES + payload.length);
      places.push({ segment: this.segment, offset, length: bytes.length });
      buffers.push(bytes);
      offset += bytes.length;
    }
    const path = join(this.dir, nameOf(this.segment));
    await writeFully(this.handle, path, Buffer.concat(buffers), this.size);
    await flushFile(this.handle, path);
    this.size = offset;
    return places;
  }

  private async roll(): Promise<void> {
    const next = this.segment + 1;
    const handle = await open(join(this.dir, nameOf(next)), 'wx+', 0o600);
    await flushDirectory(this.dir);
    await this.handle.close();
    this.handle = handle;
    this.segment = next;
    this.size = 0;
  }

  /** @throws RecordDamaged when the record is not there as it was written. */
  async read(place: RecordPlace): Promise<SegmentRecord> {
    let reader = this.readers.get(place.segment);
    if (reader === undefined) {
      reader = open(join(this.dir, nameOf(place.segment)), 'r');
      this.readers.set(place.segment, reader);
    }
    const bytes = Buffer.alloc(place.length);
    try {
      const { bytesRead } = await (await reader).read(bytes, 0, place.length, place.offset);
      if (bytesRead !== place.length)
        throw new RecordDamaged(`segment ${place.segment} ends inside a record at ${place.offset}`);
    } catch (error) {
      if (error instanceof RecordDamaged) throw error;
      this.readers.delete(place.segment);
      throw new RecordDamaged(`segment ${place.segment} cannot be read: ${(error as Error).message}`);
    }
    const found = parse(bytes);
    if (typeof found === 'string' || found.length !== place.length)
      throw new RecordDamaged(`segment ${place.segment}, record at ${place.offset}: the checksum is wrong`);
    return found.record;
  }

  /** Removes the files before `segment`, never the one that is written to. Gives how many there were. */
  async removeBefore(segment: number): Promise<number> {
    const end = Math.min(segment, this.segment);
    const numbers = (await numbersIn(this.dir)).filter((number) => number < end);
    for (const number of numbers) {
      const reader = this.readers.get(number);
      this.readers.delete(number);
      await (await reader?.catch(() => null))?.close();
      await unlink(join(this.dir, nameOf(number)));
    }
    if (numbers.length > 0) await flushDirectory(this.dir);
    return numbers.length;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const reader of this.readers.values()) await (await reader.catch(() => null))?.close();
    await this.handle.close();
  }
}
