/**
 * Typed doors to the generated code. Decoding is strict: a message is accepted only if encoding it again gives the
 * same bytes. So there is one spelling of a value: no unknown fields, no defaults written out, no padded varints, no
 * fields out of order or twice, no number above 2^53-1, nothing after the end. (The bytes themselves are kept as
 * sent; what encoding gives is compared and thrown away.)
 */
import protobuf from 'protobufjs/minimal.js';
import { equalBytes } from '../primitives/index.js';
import { waymark } from './generated/waymark.js';

export interface WireSignature {
  publicKey: Uint8Array;
  signature: Uint8Array;
}
export interface WireTransaction {
  header: Uint8Array;
  signatures: readonly WireSignature[];
  bodies: readonly Uint8Array[];
}
export interface WireTransactionHeader {
  version: number;
  genesisHash: Uint8Array;
  sender: string;
  expiryHeight: number;
  after: Uint8Array;
  proceed: boolean;
  bodyCount: number;
  bodiesRoot: Uint8Array;
}
export interface WireBody {
  kind: string;
  content: Uint8Array;
  visibility: number;
  context: number;
  sealedHash: Uint8Array;
  sealedInterval: string;
}
export interface WireFact {
  key: string;
  value: string;
}
export interface WireFailure {
  body: number;
  code: string;
  pointer: string;
  facts: readonly WireFact[];
}
export interface WireReceipt {
  txId: Uint8Array;
  sender: string;
  signerKeys: readonly Uint8Array[];
  status: number;
  failures: readonly WireFailure[];
  eventsRoot: Uint8Array;
  height: number;
  txIndex: number;
}
export interface WireLedgerEvent {
  type: string;
  body: number;
  content: Uint8Array;
}

/** One message type: both directions. */
export interface WireMessage<T> {
  encode(message: T): Uint8Array;
  /** The message, or undefined when these bytes are not its one encoding. */
  decode(bytes: Uint8Array): T | undefined;
}

interface Generated {
  encode(message: unknown, writer: protobuf.Writer): protobuf.Writer;
  decode(reader: protobuf.Reader): unknown;
}

const EMPTY = new Uint8Array(0);

/** A plain view of the same memory: engines and tests never meet a subclass of Uint8Array. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const bytesOf = (value: Uint8Array): Uint8Array => (value.length === 0 ? EMPTY : plainBytes(value));

/** uint64 arrives as a number or as protobufjs' Long. NaN where it does not fit: no encoding of NaN equals anything. */
const numberOf = (value: number | { toNumber(): number }): number => {
  const number = typeof value === 'number' ? value : value.toNumber();
  return Number.isSafeInteger(number) ? number : Number.NaN;
};

function message<T>(generated: unknown, read: (decoded: T) => T): WireMessage<T> {
  const type = generated as Generated;
  const encode = (value: T): Uint8Array => plainBytes(type.encode(value, protobuf.Writer.create()).finish());
  return {
    encode,
    decode(bytes) {
      const reader = new protobuf.Reader(plainBytes(bytes));
      reader.discardUnknown = true;
      let value: T;
      try {
        value = read(type.decode(reader) as T);
      } catch {
        // The generated code throws for truncated or ill-typed input and for nothing else.
        return undefined;
      }
      return equalBytes(encode(value), bytes) ? value : undefined;
    },
  };
}

const { v1 } = waymark as unknown as { v1: Record<string, unknown> };

export const TransactionMessage: WireMessage<WireTransaction> = message(v1['Transaction'], (m) => ({
  header: bytesOf(m.header),
  signatures: m.signatures.map((s) => ({ publicKey: bytesOf(s.publicKey), signature: bytesOf(s.signature) })),
  bodies: m.bodies.map(bytesOf),
}));

export const TransactionHeaderMessage: WireMessage<WireTransactionHeader> = message(v1['TransactionHeader'], (m) => ({
  version: m.version,
  genesisHash: bytesOf(m.genesisHash),
  sender: m.sender,
  expiryHeight: numberOf(m.expiryHeight),
  after: bytesOf(m.after),
  proceed: m.proceed,
  bodyCount: m.bodyCount,
  bodiesRoot: bytesOf(m.bodiesRoot),
}));

export const BodyMessage: WireMessage<WireBody> = message(v1['Body'], (m) => ({
  kind: m.kind,
  content: bytesOf(m.content),
  visibility: m.visibility,
  context: m.context,
  sealedHash: bytesOf(m.sealedHash),
  sealedInterval: m.sealedInterval,
}));

export const ReceiptMessage: WireMessage<WireReceipt> = message(v1['Receipt'], (m) => ({
  txId: bytesOf(m.txId),
  sender: m.sender,
  signerKeys: m.signerKeys.map(bytesOf),
  status: m.status,
  failures: m.failures.map((f) => ({
    body: f.body,
    code: f.code,
    pointer: f.pointer,
    facts: f.facts.map((fact) => ({ key: fact.key, value: fact.value })),
  })),
  eventsRoot: bytesOf(m.eventsRoot),
  height: numberOf(m.height),
  txIndex: m.txIndex,
}));

export const LedgerEventMessage: WireMessage<WireLedgerEvent> = message(v1['LedgerEvent'], (m) => ({
  type: m.type,
  body: m.body,
  content: bytesOf(m.content),
}));
