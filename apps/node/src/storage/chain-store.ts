/**
 * What is final, on disk: blocks in segment files, everything else in LevelDB. One block is booked in two steps: its record
 * is appended and flushed, then one synchronous batch writes state, receipts, events and indexes together with the new final
 * height. The batch is the truth: a record behind it is booked again at the next start, a torn one is cut off.
 */
import { ClassicLevel } from 'classic-level';
import { join } from 'node:path';
import type { Hashing } from '@waymark/accel/contract';
import { decodeCertificate, encodeCertificate, type CommitCertificate } from '@waymark/consensus/certificates';
import { HEADER_BYTES } from '@waymark/ledger/chain';
import {
  appendLeaf,
  decodeRange,
  encodeRange,
  equalBytes,
  historyNodesOf,
  historyPath,
  rangeOf,
  toHex,
  utf8,
  EMPTY_RANGE,
  type CompactRange,
} from '@waymark/ledger/primitives';
import { blockRecordKey, StateRecord, type NodeStore, type StoreWrite } from '@waymark/ledger/state';
import { decodeBlock, encodeBlock, type BlockBytes } from './block-record.js';
import { decodeList, encodeList } from './byte-lists.js';
import { DurabilityError, ensureDirectory } from './durable-files.js';
import { bytesKey, historyKey, Namespace, numberKey } from './namespaces.js';
import { RecordDamaged, SegmentStore, type RecordPlace } from './segment-store.js';

/** Why a store cannot be used. */
export type StoreDefect =
  /** Written in the format of an earlier version, which this one does not read. */
  | 'STORE_FORMAT_OLD'
  /** Written in a format that this version does not know. */
  | 'STORE_FORMAT_UNKNOWN'
  /** The blocks of another chain. */
  | 'STORE_FOREIGN'
  /** Something is not there that must be. */
  | 'STORE_DAMAGED';

/** The store is of another chain or another format, or its index is damaged. The process must not start on it. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
  constructor(
    readonly code: StoreDefect,
    sentence: string,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** The body of this block, its receipts and its events are no longer kept. */
export class BlockPruned extends Error {
  override readonly name = 'BlockPruned';
  constructor(
    readonly height: number,
    readonly prunedTo: number,
  ) {
    super(`block ${height} is pruned; this node keeps blocks from ${prunedTo + 1} on`);
  }
}

/** One block with all that execution made of it. */
export interface FinalBlock extends BlockBytes {
  readonly height: number;
  readonly hash: Uint8Array;
  /** C-certificate of this very block, when there is one; a descendant's otherwise. */
  readonly certificate: CommitCertificate | null;
  /** By position. Null: signed by somebody who may not speak for its sender, so that its txId is still free (formats.md 3). */
  readonly txIds: readonly (Uint8Array | null)[];
  readonly receipts: readonly Uint8Array[];
  readonly events: readonly (readonly Uint8Array[])[];
  readonly stateWrites: readonly StoreWrite[];
}

export interface StoredHeader {
  readonly height: number;
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
}

/** A block that was final when the process ended and whose batch was not written: to be executed and booked again. */
export interface UnbookedBlock extends BlockBytes {
  readonly height: number;
  /** What makes it final, itself or through a descendant. */
  readonly tip: CommitCertificate;
}

type Put = { type: 'put'; key: Uint8Array; value: Uint8Array };
type Operation = Put | { type: 'del'; key: Uint8Array };

const META_FORMAT = bytesKey(Namespace.META, utf8('format'));
const META_FINAL = bytesKey(Namespace.META, utf8('final'));
const META_RANGE = bytesKey(Namespace.META, utf8('range'));
const META_PRUNED = bytesKey(Namespace.META, utf8('pruned'));
const META_TIP_CERTIFICATE = bytesKey(Namespace.META, utf8('tip-certificate'));
/** Number of what lies in the store and how; counted up with every change that an earlier version could not read. */
const FORMAT_NUMBER = 2;
const FORMAT = `waymark-store/${FORMAT_NUMBER}`;
const PLACE_BYTES = 16;
/** Blocks that are never pruned: proofs of the state under a certified header undo the newest. */
const PRUNED_LEAST = 100;

const view = { keyEncoding: 'view', valueEncoding: 'view' } as const;

export class ChainStore {
  private final = 0;
  private pruned = 0;
  private historyRange: CompactRange = EMPTY_RANGE;
  private tip: CommitCertificate | null = null;

  private constructor(
    private readonly db: ClassicLevel<Uint8Array, Uint8Array>,
    private readonly segments: SegmentStore,
    private readonly hashing: Hashing,
    private readonly genesisHash: Uint8Array,
  ) {}

  /** Opens or makes the store. `genesisWrites` gives the state of height 0 for a new one. @throws StoreUnusable, DurabilityError */
  static async open(options: {
    readonly dir: string;
    readonly hashing: Hashing;
    readonly genesisHash: Uint8Array;
    readonly segmentBytesMax: number;
    readonly genesisWrites: (state: NodeStore) => readonly StoreWrite[];
  }): Promise<{ store: ChainStore; unbooked: UnbookedBlock[]; cutBytes: number }> {
    const { dir, hashing, genesisHash } = options;
    await ensureDirectory(dir);
    const db = await openDatabase(dir);
    const identity = identityOf(genesisHash);
    const format = db.getSync(META_FORMAT);
    if (format === undefined) {
      const empty: NodeStore = { get: () => undefined };
      const { range, nodes } = appendLeaf(hashing, EMPTY_RANGE, genesisHash);
      await db.batch(
        [
          ...stateOperations(options.genesisWrites(empty)),
          ...nodes.map((node): Put => ({ type: 'put', key: historyKey(node.level, node.index), value: node.hash })),
          { type: 'put', key: META_RANGE, value: encodeRange(range) },
          { type: 'put', key: META_FINAL, value: u64(0) },
          { type: 'put', key: META_FORMAT, value: identity },
        ],
        { sync: true },
      );
    } else if (!equalBytes(format, identity)) {
      await db.close();
      throw unusableAs(format, dir);
    }
    const final = readU64(db.getSync(META_FINAL));
    const pruned = db.getSync(META_PRUNED);
    const prunedTo = pruned === undefined ? 0 : readU64(pruned);
    const known = final <= prunedTo ? null : decodePlace(db.getSync(numberKey(Namespace.BLOCK, final)));
    const opened = await SegmentStore.open(join(dir, 'blocks'), { segmentBytesMax: options.segmentBytesMax, known });
    const store = new ChainStore(db, opened.store, hashing, genesisHash);
    store.final = final;
    store.pruned = prunedTo;
    store.historyRange = decodeRange(required(db.getSync(META_RANGE), 'history range'));
    const tip = db.getSync(META_TIP_CERTIFICATE);
    store.tip = tip === undefined ? null : (decodeCertificate(tip) as CommitCertificate | null);
    const unbooked: UnbookedBlock[] = [];
    for (const { record } of opened.after) {
      if (record.height !== final + unbooked.length + 1) continue; // a repaired older block, or one booked since
      const content = decodeRecord(record.payload);
      if (content !== null) unbooked.push({ height: record.height, ...content.block, tip: content.tip });
    }
    return { store, unbooked, cutBytes: opened.cutBytes };
  }

  get finalHeight(): number {
    return this.final;
  }

  /** Bodies, receipts and events are kept of the blocks behind this height only; 0: of all. */
  get prunedTo(): number {
    return this.pruned;
  }

  /** Compact range over the block hashes of heights 0 to `finalHeight`. */
  get range(): CompactRange {
    return this.historyRange;
  }

  /** The newest C-certificate that made a booked block final, itself or through a descendant. */
  get tipCertificate(): CommitCertificate | null {
    return this.tip;
  }

  /** The final state, for `openState`. */
  readonly state: NodeStore = { get: (key) => this.db.getSync(bytesKey(Namespace.STATE, key)) };

  /**
   * Makes blocks durable that follow each other on the final one, with the certificate that makes them final. `book` must
   * follow for each, in order. @throws DurabilityError
   */
  async appendRecords(
    blocks: readonly (BlockBytes & { readonly height: number })[],
    tip: CommitCertificate,
  ): Promise<RecordPlace[]> {
    return this.segments.append(blocks.map((block) => ({ height: block.height, payload: encodeRecord(block, tip) })));
  }

  /**
   * Books one block whose record is durable: one synchronous batch. `tip` is the certificate that makes it final, its own or
   * a descendant's. @throws DurabilityError: end the process.
   */
  async book(block: FinalBlock, place: RecordPlace, tip: CommitCertificate): Promise<void> {
    if (block.height !== this.final + 1) throw new Error(`block ${block.height} cannot be booked on ${this.final}`);
    const { range, nodes } = appendLeaf(this.hashing, this.historyRange, block.hash);
    const operations: Operation[] = [
      ...stateOperations(block.stateWrites),
      ...nodes.map((node): Put => ({ type: 'put', key: historyKey(node.level, node.index), value: node.hash })),
      { type: 'put', key: numberKey(Namespace.BLOCK, block.height), value: encodePlace(place, block) },
      { type: 'put', key: bytesKey(Namespace.HASH, block.hash), value: u64(block.height) },
      ...block.txIds.flatMap((txId, index): Put[] =>
        txId === null
          ? []
          : [
              {
                type: 'put',
                key: bytesKey(Namespace.TRANSACTION, txId),
                value: transactionPlace(block.height, index),
              },
            ],
      ),
      { type: 'put', key: numberKey(Namespace.RECEIPTS, block.height), value: encodeList(block.receipts) },
      { type: 'put', key: numberKey(Namespace.EVENTS, block.height), value: encodeList(block.events.map(encodeList)) },
      { type: 'put', key: META_RANGE, value: encodeRange(range) },
      { type: 'put', key: META_TIP_CERTIFICATE, value: encodeCertificate(tip) },
      { type: 'put', key: META_FINAL, value: u64(block.height) },
    ];
    if (block.certificate !== null)
      operations.push({
        type: 'put',
        key: numberKey(Namespace.CERTIFICATE, block.height),
        value: encodeCertificate(block.certificate),
      });
    // A chained batch: an array of operations is cloned one by one, and a large block would stop the loop for a tenth of a second.
    const batch = this.db.batch();
    for (const operation of operations) {
      if (operation.type === 'put') batch.put(operation.key, operation.value);
      else batch.del(operation.key);
    }
    try {
      await batch.write({ sync: true });
    } catch (error) {
      throw new DurabilityError(`the batch of block ${block.height} failed`, { cause: error });
    }
    this.final = block.height;
    this.historyRange = range;
    this.tip = tip;
  }

  /** Header of a final block, 1 to `finalHeight`. */
  header(height: number): StoredHeader | null {
    const value = height < 1 || height > this.final ? undefined : this.db.getSync(numberKey(Namespace.BLOCK, height));
    if (value === undefined) return null;
    return { height, hash: value.subarray(PLACE_BYTES, PLACE_BYTES + 32), header: value.subarray(PLACE_BYTES + 32) };
  }

  /** Block hash of a height; that of height 0 is the genesis hash. */
  hashAt(height: number): Uint8Array | null {
    return height === 0 ? this.genesisHash : (this.header(height)?.hash ?? null);
  }

  heightOf(hash: Uint8Array): number | null {
    if (equalBytes(hash, this.genesisHash)) return 0;
    const value = this.db.getSync(bytesKey(Namespace.HASH, hash));
    return value === undefined ? null : readU64(value);
  }

  /** C-certificate of this very block, when one is kept. */
  certificate(height: number): CommitCertificate | null {
    const value = this.db.getSync(numberKey(Namespace.CERTIFICATE, height));
    return value === undefined ? null : (decodeCertificate(value) as CommitCertificate | null);
  }

  transaction(txId: Uint8Array): { height: number; index: number } | null {
    const value = this.db.getSync(bytesKey(Namespace.TRANSACTION, txId));
    if (value === undefined) return null;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { height: readU64(value), index: bytes.readUInt32BE(8) };
  }

  /** Compact range over the block hashes of heights 0 to `height`, which the store must have. */
  rangeAt(height: number): CompactRange {
    return rangeOf({ get: (level, index) => this.db.getSync(historyKey(level, index)) }, height + 1);
  }

  /** @throws BlockPruned */
  receipts(height: number): Uint8Array[] {
    return decodeList(this.kept(Namespace.RECEIPTS, height, 'receipts'));
  }

  /** @throws BlockPruned */
  events(height: number): Uint8Array[][] {
    return decodeList(this.kept(Namespace.EVENTS, height, 'events')).map(decodeList);
  }

  private kept(namespace: Namespace, height: number, what: string): Uint8Array {
    const value = this.db.getSync(numberKey(namespace, height));
    if (value === undefined) this.refusePruned(height);
    return required(value, `${what} of ${height}`);
  }

  /** RFC 6962 path of the hash of block `height` in the historyRoot of a header of height `size`. */
  historyPath(height: number, size: number): Uint8Array[] {
    return historyPath(
      this.hashing,
      { get: (level, index) => this.db.getSync(historyKey(level, index)) },
      height,
      size,
    );
  }

  private refusePruned(height: number): void {
    if (height >= 1 && height <= this.pruned) throw new BlockPruned(height, this.pruned);
  }

  /** Header and transactions of a final block, checked against its checksum and its hash. @throws RecordDamaged, BlockPruned */
  async block(height: number): Promise<BlockBytes> {
    this.refusePruned(height);
    const value = required(
      height < 1 || height > this.final ? undefined : this.db.getSync(numberKey(Namespace.BLOCK, height)),
      `block ${height}`,
    );
    const record = await this.segments.read(decodePlace(value));
    const block = decodeRecord(record.payload)?.block ?? null;
    if (
      block === null ||
      record.height !== height ||
      !equalBytes(this.hashing.sha256(block.header), value.subarray(PLACE_BYTES, PLACE_BYTES + 32))
    )
      throw new RecordDamaged(`the record of block ${height} holds something else`);
    return block;
  }

  /** Puts a block fetched anew in the place of a damaged record. Duty: header and transaction root were checked. */
  async replaceRecord(height: number, block: BlockBytes): Promise<void> {
    const stored = this.header(height);
    if (stored === null || !equalBytes(this.hashing.sha256(block.header), stored.hash))
      throw new Error(`not block ${height}`);
    if (this.tip === null) throw new Error('a store without blocks has nothing to replace');
    const [place] = await this.segments.append([{ height, payload: encodeRecord(block, this.tip) }]);
    const value = encodePlace(place as RecordPlace, { hash: stored.hash, header: block.header });
    await this.db.put(numberKey(Namespace.BLOCK, height), value, { sync: true, ...view });
  }

  /**
   * Lets go of bodies, receipts and events of the blocks up to `to`, with `values` also of the state's replaced values. Headers,
   * certificates, the history of hashes and the state stay, so that proof files made before still verify and can be renewed. For a
   * store that nobody else uses. Done again, it goes on where it was cut off. Gives the number of files that were removed.
   */
  async prune(to: number, values: boolean): Promise<number> {
    if (to > this.final - PRUNED_LEAST || to < 1)
      throw new RangeError(`only blocks at least ${PRUNED_LEAST} below the last (${this.final}) can be pruned`);
    // Said before it is done: what is half gone must not be offered.
    const pruned = Math.max(to, this.pruned);
    await this.db.put(META_PRUNED, u64(pruned), { sync: true, ...view });
    this.pruned = pruned;
    for (const namespace of [Namespace.RECEIPTS, Namespace.EVENTS])
      await this.db.clear({ gte: numberKey(namespace, 1), lte: numberKey(namespace, to), ...view });
    if (values)
      await this.db.clear({
        gte: bytesKey(Namespace.STATE, blockRecordKey(StateRecord.REPLACED, 0)),
        lte: bytesKey(Namespace.STATE, blockRecordKey(StateRecord.REPLACED, to)),
        ...view,
      });
    let first = Infinity;
    for (let height = pruned + 1; height <= this.final; height += 1)
      first = Math.min(first, decodePlace(this.db.getSync(numberKey(Namespace.BLOCK, height))).segment);
    return this.segments.removeBefore(first);
  }

  async close(): Promise<void> {
    await this.segments.close();
    await this.db.close();
  }
}

/** What a snapshot gives a store to begin with, all of it verified. */
export interface StoreBeginning {
  /** The block after which the state is this. */
  readonly height: number;
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
  /** Block hashes of heights 0 to `height`. */
  readonly range: CompactRange;
  readonly receipts: readonly Uint8Array[];
}

/**
 * Makes a store out of a state that is not the one of genesis. Nothing is a store until `finish`: a folder where it was not reached is
 * no store and must be removed.
 */
export class StoreMaker {
  private constructor(private readonly db: ClassicLevel<Uint8Array, Uint8Array>) {}

  /** `dir` must not hold anything. */
  static async open(dir: string): Promise<StoreMaker> {
    await ensureDirectory(dir);
    return new StoreMaker(await openDatabase(dir));
  }

  readonly state: NodeStore = { get: (key) => this.db.getSync(bytesKey(Namespace.STATE, key)) };

  async write(writes: readonly StoreWrite[]): Promise<void> {
    await this.db.batch(stateOperations(writes));
  }

  async finish(genesisHash: Uint8Array, begin: StoreBeginning): Promise<void> {
    const nowhere: RecordPlace = { segment: 1, offset: 0, length: 0 };
    const put = (key: Uint8Array, value: Uint8Array): Put => ({ type: 'put', key, value });
    await this.db.batch(
      [
        ...historyNodesOf(begin.range).map((node) => put(historyKey(node.level, node.index), node.hash)),
        put(numberKey(Namespace.BLOCK, begin.height), encodePlace(nowhere, begin)),
        put(bytesKey(Namespace.HASH, begin.hash), u64(begin.height)),
        put(numberKey(Namespace.RECEIPTS, begin.height), encodeList(begin.receipts)),
        put(META_RANGE, encodeRange(begin.range)),
        put(META_PRUNED, u64(begin.height)),
        put(META_FINAL, u64(begin.height)),
        put(META_FORMAT, identityOf(genesisHash)),
      ],
      { sync: true },
    );
  }

  async close(): Promise<void> {
    await this.db.close();
  }
}

const identityOf = (genesisHash: Uint8Array): Buffer => Buffer.concat([utf8(`${FORMAT}\n`), genesisHash]);

async function openDatabase(dir: string): Promise<ClassicLevel<Uint8Array, Uint8Array>> {
  const db = new ClassicLevel<Uint8Array, Uint8Array>(join(dir, 'state'), {
    ...view,
    cacheSize: 64 * 1024 * 1024,
    writeBufferSize: 16 * 1024 * 1024,
  });
  await db.open();
  return db;
}

/** Why a store with this identity (format, line end, genesis hash) is not ours. */
function unusableAs(identity: Uint8Array, dir: string): StoreUnusable {
  const written = Number(/^waymark-store\/(\d{1,6})\n/.exec(Buffer.from(identity).toString('latin1'))?.[1]);
  if (written === FORMAT_NUMBER) return new StoreUnusable('STORE_FOREIGN', `${dir} holds the blocks of another chain`);
  if (written < FORMAT_NUMBER)
    return new StoreUnusable(
      'STORE_FORMAT_OLD',
      `${dir} was written by an earlier version (store format ${written}; this one reads ${FORMAT_NUMBER}). ` +
        'Move the folder away: the node then fetches its chain from the other members, or from a snapshot. ' +
        'A chain of version 0.1 does not go on; found a new one.',
    );
  return new StoreUnusable(
    'STORE_FORMAT_UNKNOWN',
    `${dir} was written by a later version, or by something else; this version reads store format ${FORMAT_NUMBER}`,
  );
}

/** A record: certificate length u16 | certificate | block. */
function encodeRecord(block: BlockBytes, tip: CommitCertificate): Buffer {
  const certificate = encodeCertificate(tip);
  const length = Buffer.allocUnsafe(2);
  length.writeUInt16BE(certificate.length);
  return Buffer.concat([length, certificate, encodeBlock(block)]);
}

function decodeRecord(payload: Uint8Array): { tip: CommitCertificate; block: BlockBytes } | null {
  if (payload.length < 2) return null;
  const length = ((payload[0] as number) << 8) | (payload[1] as number);
  const tip = decodeCertificate(payload.subarray(2, 2 + length));
  const block = decodeBlock(payload.subarray(2 + length));
  return tip?.kind === 'C' && block !== null ? { tip, block } : null;
}

function stateOperations(writes: readonly StoreWrite[]): Operation[] {
  return writes.map(([key, value]) =>
    value === null
      ? { type: 'del', key: bytesKey(Namespace.STATE, key) }
      : { type: 'put', key: bytesKey(Namespace.STATE, key), value },
  );
}

function u64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function readU64(value: Uint8Array | undefined): number {
  const bytes = required(value, 'number');
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readBigUInt64BE(0));
}

function transactionPlace(height: number, index: number): Buffer {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeBigUInt64BE(BigInt(height), 0);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}

/** segment u32 | offset u64 | length u32 | block hash 32 | header 509. */
function encodePlace(place: RecordPlace, block: { readonly hash: Uint8Array; readonly header: Uint8Array }): Buffer {
  const bytes = Buffer.allocUnsafe(PLACE_BYTES + 32 + HEADER_BYTES);
  bytes.writeUInt32BE(place.segment, 0);
  bytes.writeBigUInt64BE(BigInt(place.offset), 4);
  bytes.writeUInt32BE(place.length, 12);
  bytes.set(block.hash, PLACE_BYTES);
  bytes.set(block.header, PLACE_BYTES + 32);
  return bytes;
}

function decodePlace(value: Uint8Array | undefined): RecordPlace {
  const given = required(value, 'place of a block');
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  return { segment: bytes.readUInt32BE(0), offset: Number(bytes.readBigUInt64BE(4)), length: bytes.readUInt32BE(12) };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new StoreUnusable('STORE_DAMAGED', `the store lacks what it must have: ${what}`);
  return value;
}

/** Short form of a hash for logs. */
export function shortHash(hash: Uint8Array): string {
  return toHex(hash.subarray(0, 6));
}
