/** The evidence file of docs/protocol/formats.md section 6, read strictly and within bounds; nothing is verified here. */
import { HEADER_BYTES } from '@waymark/ledger/chain';
import {
  isAbsent,
  readBytes,
  readCount,
  readExactly,
  readHex,
  readList,
  readObject,
  readText,
  rootOf,
  Malformed,
  type Place,
} from './strict-reader.js';

/** Bounds of what a reader takes; a file beyond them is malformed. */
export const EVIDENCE_BOUNDS = {
  genesisBytesMax: 4 << 20,
  headersMax: 4_096,
  transactionsMax: 2_000,
  /** Bodies of all transactions together. */
  bodiesMax: 4_000,
  bodyBytesMax: 1 << 20,
  /** Bytes of all bodies together. */
  bodyBytesSumMax: 32 << 20,
  receiptBytesMax: 1 << 20,
  signaturesMax: 8,
  committeeMax: 31,
  /** Siblings in a path: a tree of 2^53 leaves. */
  pathMax: 53,
  textMax: 2_048,
} as const;

export interface EvidenceFile {
  readonly chainId: string;
  readonly genesisHash: string;
  readonly genesis: Uint8Array;
  readonly anchor: { readonly header: Uint8Array; readonly bitmap: number; readonly signatures: readonly Uint8Array[] };
  readonly headers: readonly EvidenceHeader[];
  readonly transactions: readonly EvidenceTransaction[];
}
export interface EvidenceHeader {
  readonly where: string;
  readonly height: number;
  readonly header: Uint8Array;
  /** Absent for the anchor itself. */
  readonly historyPath: readonly Uint8Array[] | undefined;
}
export interface EvidenceTransaction {
  readonly where: string;
  readonly header: Uint8Array;
  readonly signatures: readonly { readonly publicKey: Uint8Array; readonly signature: Uint8Array }[];
  /** Absent: nobody claims that the ledger accepted it. */
  readonly acceptance: EvidenceAcceptance | undefined;
  readonly bodies: readonly EvidenceBody[];
}
export interface EvidenceAcceptance {
  readonly receipt: Uint8Array;
  readonly receiptIndex: number;
  readonly receiptCount: number;
  readonly receiptPath: readonly Uint8Array[];
  readonly stateHeaderHeight: number;
}
export interface EvidenceBody {
  readonly where: string;
  readonly index: number;
  readonly body: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** @throws Malformed */
export function readEvidenceFile(evidence: unknown): EvidenceFile {
  const file = readObject(rootOf(evidence), [
    'format',
    'chainId',
    'genesisHash',
    'createdAt',
    'subject',
    'genesis',
    'anchor',
    'headers',
    'transactions',
  ]);
  readExactly(file('format'), 'waymark-evidence/1');
  for (const name of ['createdAt', 'subject']) if (!isAbsent(file(name))) readText(file(name), EVIDENCE_BOUNDS.textMax);
  const anchor = readObject(file('anchor'), ['header', 'certificate']);
  const certificate = readObject(anchor('certificate'), ['bitmap', 'signatures']);
  const transactions = readList(file('transactions'), 1, EVIDENCE_BOUNDS.transactionsMax).map(readTransaction);
  boundBodies(transactions);
  return {
    chainId: readText(file('chainId'), EVIDENCE_BOUNDS.textMax),
    genesisHash: readHex(file('genesisHash'), 32),
    genesis: readBytes(file('genesis'), { lengthMax: EVIDENCE_BOUNDS.genesisBytesMax }),
    anchor: {
      header: readBytes(anchor('header'), { length: HEADER_BYTES }),
      bitmap: readCount(certificate('bitmap'), 2 ** EVIDENCE_BOUNDS.committeeMax - 1),
      signatures: readList(certificate('signatures'), 0, EVIDENCE_BOUNDS.committeeMax).map((at) =>
        readBytes(at, { length: 64 }),
      ),
    },
    headers: readList(file('headers'), 0, EVIDENCE_BOUNDS.headersMax).map(readHeader),
    transactions,
  };
}

function readHeader(place: Place): EvidenceHeader {
  const entry = readObject(place, ['height', 'header', 'historyPath']);
  return {
    where: place.where,
    height: readCount(entry('height')),
    header: readBytes(entry('header'), { length: HEADER_BYTES }),
    historyPath: isAbsent(entry('historyPath')) ? undefined : readPath(entry('historyPath')),
  };
}

const ACCEPTANCE = ['receipt', 'receiptIndex', 'receiptCount', 'receiptPath', 'stateHeaderHeight'];

function readTransaction(place: Place): EvidenceTransaction {
  // `txIndex`, `txCount`, `txPath` are how others prove inclusion; they are named here to be told apart from a typing error, and prove nothing.
  const entry = readObject(place, ['header', 'signatures', 'bodies', ...ACCEPTANCE, 'txIndex', 'txCount', 'txPath']);
  return {
    where: place.where,
    header: readBytes(entry('header'), { lengthMax: EVIDENCE_BOUNDS.bodyBytesMax }),
    signatures: readList(entry('signatures'), 1, EVIDENCE_BOUNDS.signaturesMax).map((at) => {
      const signature = readObject(at, ['publicKey', 'signature']);
      return {
        publicKey: readBytes(signature('publicKey'), { length: 32 }),
        signature: readBytes(signature('signature'), { length: 64 }),
      };
    }),
    acceptance: ACCEPTANCE.some((name) => isAbsent(entry(name)) || entry(name).value === null)
      ? undefined
      : {
          receipt: readBytes(entry('receipt'), { lengthMax: EVIDENCE_BOUNDS.receiptBytesMax }),
          receiptIndex: readCount(entry('receiptIndex')),
          receiptCount: readCount(entry('receiptCount')),
          receiptPath: readPath(entry('receiptPath')),
          stateHeaderHeight: readCount(entry('stateHeaderHeight')),
        },
    bodies: readList(entry('bodies'), 1, EVIDENCE_BOUNDS.bodiesMax).map(readBody),
  };
}

function readBody(place: Place): EvidenceBody {
  const entry = readObject(place, ['index', 'body', 'path']);
  return {
    where: place.where,
    index: readCount(entry('index')),
    body: readBytes(entry('body'), { lengthMax: EVIDENCE_BOUNDS.bodyBytesMax }),
    path: readPath(entry('path')),
  };
}

const readPath = (place: Place): readonly Uint8Array[] =>
  readList(place, 0, EVIDENCE_BOUNDS.pathMax).map((at) => readBytes(at, { length: 32 }));

function boundBodies(transactions: readonly EvidenceTransaction[]): void {
  let count = 0;
  let bytes = 0;
  for (const transaction of transactions) {
    count += transaction.bodies.length;
    for (const { body } of transaction.bodies) bytes += body.length;
    if (count > EVIDENCE_BOUNDS.bodiesMax)
      throw new Malformed(transaction.where, `at most ${EVIDENCE_BOUNDS.bodiesMax} records in a file`);
    if (bytes > EVIDENCE_BOUNDS.bodyBytesSumMax)
      throw new Malformed(transaction.where, `at most ${EVIDENCE_BOUNDS.bodyBytesSumMax} bytes of records in a file`);
  }
}
