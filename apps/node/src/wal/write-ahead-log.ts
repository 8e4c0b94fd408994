/**
 * The book that is written before anybody is told (docs/protocol/consensus.md 2.11): frames in append-only segment files.
 * `append` only queues; `flush` makes everything appended before it durable, and calls that come together share one
 * fdatasync. Opening reads every frame back, cuts a torn tail, and steps over damage in the middle of a segment, saying so.
 */
import { readdir, readFile, open, unlink, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  encodeLogFrame,
  LOG_FRAME_OVERHEAD,
  scanLog,
  type LogFrame,
  type LogFrameType,
} from '@waymark/consensus/signing';
import { ensureDirectory, flushDirectory, flushFile, writeFully } from '../storage/durable-files.js';

/** What opening found. TORN: the last frame was cut short and is gone, as after a power cut. MIDDLE: something rotted in place; what follows it was kept. */
export type LogDamage = 'NONE' | 'TORN' | 'MIDDLE';

export interface WriteAheadLogOptions {
  readonly dir: string;
  /** A segment above this many bytes is followed by a new one. */
  readonly segmentBytesMax?: number;
  /** View that a frame belongs to; segments are removed when all their views are final. */
  readonly viewOf: (type: LogFrameType, payload: Uint8Array) => number;
  /** Serial of the sign-state that a logged vote led to; null for every other frame. */
  readonly serialOf: (type: LogFrameType, payload: Uint8Array) => number | null;
}

interface Segment {
  readonly number: number;
  highestView: number;
  /** Serial of the newest vote in it; -1 without votes. */
  highestSerial: number;
}

const SEGMENT_BYTES_MAX = 16 * 1024 * 1024;
const nameOf = (segment: number): string => `${String(segment).padStart(10, '0')}.wal`;

/** Frames of one segment file's bytes, stepping over what is damaged. Exported for its tests. */
export function readSegment(bytes: Uint8Array): { frames: LogFrame[]; validBytes: number; damage: LogDamage } {
  const frames: LogFrame[] = [];
  let offset = 0;
  let validBytes = 0;
  let skipped = false;
  while (offset < bytes.length) {
    const scan = scanLog(bytes.subarray(offset));
    frames.push(...scan.frames);
    offset += scan.validBytes;
    validBytes = offset;
    if (scan.damage === null) break;
    const next = nextFrame(bytes, offset + (scan.damage === 'SEQUENCE' ? 0 : 1));
    if (next === null) return { frames, validBytes, damage: skipped ? 'MIDDLE' : 'TORN' };
    skipped = true;
    offset = next;
  }
  return { frames, validBytes, damage: skipped ? 'MIDDLE' : 'NONE' };
}

/** Where the next whole frame begins at or after `from`: both its lengths agree and its sum is right. */
function nextFrame(bytes: Uint8Array, from: number): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + LOG_FRAME_OVERHEAD <= bytes.length; at += 1) {
    const length = view.getUint32(at);
    const end = at + length + 12;
    if (length < 9 || end > bytes.length || view.getUint32(end - 4) !== length) continue;
    if (scanLog(bytes.subarray(at, end)).frames.length === 1) return at;
  }
  return null;
}

export class WriteAheadLog {
  private nextSeq: number;
  private pending: Uint8Array[] = [];
  private pendingView = 0;
  private pendingSerial = -1;
  private size = 0;
  private flushing: Promise<void> | null = null;
  private queued: Promise<void> | null = null;
  private closed = false;
  private failure: unknown = null;

  private constructor(
    private readonly options: WriteAheadLogOptions,
    private readonly segments: Segment[],
    private handle: FileHandle,
    nextSeq: number,
  ) {
    this.nextSeq = nextSeq;
  }

  /** Opens the log in its folder, an empty one if there is none. `frames` are all that could be read, oldest first. */
  static async open(
    options: WriteAheadLogOptions,
  ): Promise<{ log: WriteAheadLog; frames: LogFrame[]; damage: LogDamage }> {
    await ensureDirectory(options.dir);
    const numbers = (await readdir(options.dir))
      .map((name) => /^(\d{10})\.wal$/.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
    const frames: LogFrame[] = [];
    const segments: Segment[] = [];
    let damage: LogDamage = 'NONE';
    for (const number of numbers) {
      const path = join(options.dir, nameOf(number));
      const read = readSegment(await readFile(path));
      if (read.damage === 'MIDDLE') damage = 'MIDDLE';
      if (read.damage === 'TORN') {
        await truncate(path, read.validBytes);
        const handle = await open(path, 'r+');
        await flushFile(handle, path).finally(() => handle.close());
        // A torn end of an older segment is not what a power cut leaves: something after it was written.
        if (damage === 'NONE') damage = number === numbers.at(-1) ? 'TORN' : 'MIDDLE';
      }
      frames.push(...read.frames);
      const highestView = read.frames.reduce(
        (most, frame) => Math.max(most, options.viewOf(frame.type, frame.payload)),
        0,
      );
      const highestSerial = read.frames.reduce(
        (most, frame) => Math.max(most, options.serialOf(frame.type, frame.payload) ?? -1),
        -1,
      );
      segments.push({ number, highestView, highestSerial });
    }
    const number = (numbers.at(-1) ?? 0) + 1;
    const handle = await createSegment(options.dir, number);
    segments.push({ number, highestView: 0, highestSerial: -1 });
    const nextSeq = frames.reduce((most, frame) => Math.max(most, frame.seq), 0) + 1;
    return { log: new WriteAheadLog(options, segments, handle, nextSeq), frames, damage };
  }

  /** Queues a frame behind all others and gives its sequence number. Durable only after a `flush` begun later. */
  append(type: LogFrameType, payload: Uint8Array): number {
    const seq = this.nextSeq;
    this.nextSeq += 1;
    this.pending.push(encodeLogFrame({ type, seq, payload }));
    this.pendingView = Math.max(this.pendingView, this.options.viewOf(type, payload));
    this.pendingSerial = Math.max(this.pendingSerial, this.options.serialOf(type, payload) ?? -1);
    return seq;
  }

  /** Everything appended before this call is durable when it resolves. @throws DurabilityError: end the process. */
  flush(): Promise<void> {
    if (this.flushing === null) {
      this.flushing = this.writeOut()
        .catch((error: unknown) => {
          this.failure = error;
          throw error;
        })
        .finally(() => {
          this.flushing = null;
        });
      return this.flushing;
    }
    this.queued ??= this.flushing
      .catch(() => undefined)
      .then(() => {
        this.queued = null;
        return this.flush();
      });
    return this.queued;
  }

  private async writeOut(): Promise<void> {
    if (this.closed) throw new Error('the write-ahead log is closed');
    if (this.failure !== null) throw this.failure as Error;
    const batch = this.pending;
    if (batch.length === 0) return;
    const view = this.pendingView;
    const serial = this.pendingSerial;
    this.pending = [];
    this.pendingView = 0;
    this.pendingSerial = -1;
    let segment = this.segments.at(-1) as Segment;
    if (this.size > (this.options.segmentBytesMax ?? SEGMENT_BYTES_MAX)) {
      const handle = await createSegment(this.options.dir, segment.number + 1);
      await this.handle.close();
      this.handle = handle;
      segment = { number: segment.number + 1, highestView: 0, highestSerial: -1 };
      this.segments.push(segment);
      this.size = 0;
    }
    const path = join(this.options.dir, nameOf(segment.number));
    const bytes = batch.length === 1 ? (batch[0] as Uint8Array) : Buffer.concat(batch);
    await writeFully(this.handle, path, bytes, this.size);
    await flushFile(this.handle, path);
    this.size += bytes.length;
    segment.highestView = Math.max(segment.highestView, view);
    segment.highestSerial = Math.max(segment.highestSerial, serial);
  }

  /**
   * Removes closed segments that hold nothing of a view above `finalView` and no vote but such as both copies of the
   * sign-state are past: `signedSerial` is the lower of their serials. Gives how many.
   */
  async prune(finalView: number, signedSerial: number): Promise<number> {
    let removed = 0;
    for (;;) {
      const [segment] = this.segments;
      if (segment === undefined || this.segments.length === 1) break;
      if (segment.highestView > finalView || segment.highestSerial >= signedSerial) break;
      this.segments.shift();
      await unlink(join(this.options.dir, nameOf(segment.number)));
      removed += 1;
    }
    if (removed > 0) await flushDirectory(this.options.dir);
    return removed;
  }

  /** Flushes what is queued and closes the file. */
  async close(): Promise<void> {
    if (this.closed) return;
    try {
      await this.flush();
      await this.flushing;
    } finally {
      this.closed = true;
      await this.handle.close();
    }
  }
}

async function createSegment(dir: string, number: number): Promise<FileHandle> {
  const handle = await open(join(dir, nameOf(number)), 'wx', 0o600);
  await handle.sync();
  await flushDirectory(dir);
  return handle;
}
