import { portableEngine } from '@waymark/accel/portable';
import { decodeHeader, HEADER_BYTES, headerHash, type TrustRoot } from '@waymark/ledger/chain';
import { decodeRange, equalBytes, rangeRoot, treeHead, type CompactRange } from '@waymark/ledger/primitives';
import { checkAnchor } from './check-headers.js';
import { refuse } from './step.js';
import {
  Malformed,
  readBytes,
  readCount,
  readExactly,
  readHex,
  readList,
  readObject,
  readText,
  rootOf,
} from './strict-reader.js';
import { trustedCommitteeOf, verifyTrustMatches, type VerifyingEngine } from './trust.js';
import type { Defect, VerifiedAnchor, VerifyOptions } from './verdict.js';

/** Why a snapshot was refused (docs/protocol/formats.md section 4a). */
export type SnapshotCode =
  /** The manifest is none of this version, or passes a bound. */
  | 'SNAPSHOT_MALFORMED'
  | 'TRUST_ROOT_FOREIGN'
  | 'CERTIFICATE_TOO_FEW'
  | 'CERTIFICATE_INVALID'
  | 'ANCHOR_IN_FUTURE'
  | 'ANCHOR_EXPIRED'
  /** The header of the snapshot's block is not the parent of the certified one. */
  | 'SNAPSHOT_HEADER_FOREIGN'
  /** The history of blocks is not the one that the certified header names. */
  | 'SNAPSHOT_HISTORY_INVALID'
  /** The receipts of the snapshot's block are not those that the certified header names. */
  | 'SNAPSHOT_RECEIPTS_INVALID'
  /** A chunk is not there. */
  | 'SNAPSHOT_CHUNK_MISSING'
  /** A chunk is not the one that the manifest names: a byte differs. */
  | 'SNAPSHOT_CHUNK_DAMAGED'
  /** What the chunks hold is not the state that the certified header names. */
  | 'SNAPSHOT_STATE_INVALID';

export interface SnapshotChunk {
  /** Name of the file beside the manifest. */
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly entries: number;
}

/** A manifest whose every part but the chunks is verified. */
export interface VerifiedSnapshotManifest {
  readonly ok: true;
  readonly anchor: VerifiedAnchor;
  /** The state is that after the block of this height. */
  readonly height: number;
  readonly blockHash: Uint8Array;
  /** 509 bytes. */
  readonly header: Uint8Array;
  /** Block hashes of heights 0 to `height`. */
  readonly range: CompactRange;
  readonly receipts: readonly Uint8Array[];
  /** What the chunks must come to. */
  readonly stateRoot: Uint8Array;
  readonly entries: number;
  readonly chunks: readonly SnapshotChunk[];
}

/** Bounds of what a reader takes. */
export const SNAPSHOT_BOUNDS = {
  chunksMax: 1_000_000,
  chunkBytesMax: 64 << 20,
  receiptsMax: 100_000,
  receiptBytesMax: 1 << 20,
  committeeMax: 31,
  textMax: 2_048,
} as const;

/**
 * Verifies all of a snapshot's manifest: under a header that a quorum of the trust root's supervisors signed, this was the state
 * root, and these the block, the history and the receipts before it. The chunks are then to be held against it.
 *
 * @param manifest the parsed JSON; anything at all is answered with a verdict
 */
export function verifySnapshotManifest(
  manifest: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): VerifiedSnapshotManifest | Defect<SnapshotCode> {
  try {
    return verifyRead(manifest, trust, options, engine);
  } catch (cause) {
    if (cause instanceof Malformed)
      return refuse<SnapshotCode>('SNAPSHOT_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}

function verifyRead(
  manifest: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine,
): VerifiedSnapshotManifest | Defect<SnapshotCode> {
  const { hashing } = engine;
  const member = readObject(rootOf(manifest), [
    ...['format', 'chainId', 'genesisHash', 'height', 'header', 'anchor', 'history', 'receipts', 'entries', 'chunks'],
  ]);
  readExactly(member('format'), 'waymark-snapshot/1');
  const claim = {
    chainId: readText(member('chainId'), SNAPSHOT_BOUNDS.textMax),
    genesisHash: readHex(member('genesisHash'), 32),
  };
  const height = readCount(member('height'));
  const headerBytes = readBytes(member('header'), { length: HEADER_BYTES });
  const anchor = readObject(member('anchor'), ['header', 'certificate']);
  const certificate = readObject(anchor('certificate'), ['bitmap', 'signatures']);
  const certified = {
    header: readBytes(anchor('header'), { length: HEADER_BYTES }),
    bitmap: readCount(certificate('bitmap'), 2 ** SNAPSHOT_BOUNDS.committeeMax - 1),
    signatures: readList(certificate('signatures'), 0, SNAPSHOT_BOUNDS.committeeMax).map((at) =>
      readBytes(at, { length: 64 }),
    ),
  };
  const historyBytes = readBytes(member('history'), { lengthMax: 8 + 53 * 32 });
  const receipts = readList(member('receipts'), 0, SNAPSHOT_BOUNDS.receiptsMax).map((at) =>
    readBytes(at, { lengthMax: SNAPSHOT_BOUNDS.receiptBytesMax }),
  );
  const entries = readCount(member('entries'));
  const chunks = readList(member('chunks'), 0, SNAPSHOT_BOUNDS.chunksMax).map((at): SnapshotChunk => {
    const chunk = readObject(at, ['file', 'bytes', 'sha256', 'entries']);
    const file = readText(chunk('file'), 64);
    if (!/^[a-z0-9-]{1,40}\.chunk$/.test(file)) throw new Malformed(`${at.where}/file`, 'the name of a chunk');
    return {
      file,
      bytes: readCount(chunk('bytes'), SNAPSHOT_BOUNDS.chunkBytesMax),
      sha256: readHex(chunk('sha256'), 32),
      entries: readCount(chunk('entries')),
    };
  });
  if (chunks.reduce((sum, chunk) => sum + chunk.entries, 0) !== entries)
    throw new Malformed('/entries', 'as many entries as the chunks have together');

  if (!verifyTrustMatches(claim, trust))
    return refuse('TRUST_ROOT_FOREIGN', '/genesisHash', { expected: trust.genesisHash, found: claim.genesisHash });
  const checked = checkAnchor(certified, trustedCommitteeOf(trust, hashing), options, engine);
  if (!checked.ok) return checked;
  const next = checked.value.header;
  const blockHash = headerHash(hashing, headerBytes);
  const header = decodeHeader(headerBytes);
  if (
    !header.ok ||
    header.value.height !== height ||
    next.height !== height + 1 ||
    !equalBytes(blockHash, next.parentHash)
  )
    return refuse('SNAPSHOT_HEADER_FOREIGN', '/header', { height, certified: next.height });
  const range = readRange(historyBytes);
  if (range === undefined || range.size !== height + 1 || !equalBytes(rangeRoot(hashing, range), next.historyRoot))
    return refuse('SNAPSHOT_HISTORY_INVALID', '/history', { height });
  if (!equalBytes(treeHead(hashing, receipts), next.parentReceiptRoot))
    return refuse('SNAPSHOT_RECEIPTS_INVALID', '/receipts', { receipts: receipts.length });
  return {
    ok: true,
    anchor: checked.value.verified,
    height,
    blockHash,
    header: headerBytes,
    range,
    receipts,
    stateRoot: next.parentStateRoot,
    entries,
    chunks,
  };
}

function readRange(bytes: Uint8Array): CompactRange | undefined {
  try {
    return decodeRange(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
