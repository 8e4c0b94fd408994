/**
 * Questions and answers about blocks between nodes. BLOCK_REQ and BLOCK_RESP are those of @waymark/consensus/wire behind a
 * number that joins answer to question; headers have messages of their own. Big endian.
 *
 *     BLOCK_REQ              id u32 | message; in the id, bit 31 says that a packed answer is welcome
 *     BLOCK_RESP             id u32 | message
 *     the same, packed       id u32 with bit 30 set | length of the message u32 | zlib stream (RFC 1950) of the message
 *     HEADERS_REQ            id u32 | from u64 | count u16
 *     HEADERS_RESP           id u32 | length u16 | C-certificate of the last header (none: length 0) | headers 509 each
 *
 * The two bits are how nodes that pack and nodes that do not understand one another: an older node gives the id back as it
 * came, with a message as it is, and never sets a bit itself.
 */
import {
  decodeCertificate,
  encodeCertificate,
  isSafeU64,
  type CommitCertificate,
} from '@waymark/consensus/certificates';
import {
  decodeMessage,
  encodeMessage,
  MessageType,
  type BlockRequest,
  type BlockResponse,
} from '@waymark/consensus/wire';
import { HEADER_BYTES } from '@waymark/ledger/chain';
import { readU16, readU32, readU64, u16Bytes, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';

export const HEADERS_MAX = 1_024;

/** Ids are below this: the two bits above it have a meaning of their own. */
export const ID_END = 0x4000_0000;
const PACKED = 0x4000_0000;
const PACKED_WELCOME = 0x8000_0000;
const PACKED_HEAD_BYTES = 8;

/** The number of a question, whatever its bits say. */
export function idOf(payload: Uint8Array): number {
  return readU32(payload, 0) % ID_END;
}

/** Asks for an answer that may be packed. */
export function encodeBlockRequest(id: number, request: BlockRequest): Uint8Array {
  return Buffer.concat([u32Bytes(id + PACKED_WELCOME), encodeMessage({ type: MessageType.BLOCK_REQ, request })]);
}

export interface BlockQuestion {
  /** As it came: what the answer begins with. */
  readonly id: number;
  readonly packedWelcome: boolean;
  readonly request: BlockRequest;
}

/** Null when the bytes are none, or ask for too much. */
export function decodeBlockRequest(payload: Uint8Array): BlockQuestion | null {
  if (payload.length < 5) return null;
  const decoded = decodeMessage(MessageType.BLOCK_REQ, payload.subarray(4));
  if ('malformed' in decoded || decoded.message.type !== MessageType.BLOCK_REQ) return null;
  const id = readU32(payload, 0);
  return { id, packedWelcome: id >= PACKED_WELCOME, request: decoded.message.request };
}

/** The message of an answer, to be sent as it is or packed. */
export function encodeBlockResponse(response: BlockResponse): Uint8Array {
  return encodeMessage({ type: MessageType.BLOCK_RESP, response });
}

export function plainAnswer(id: number, message: Uint8Array): Uint8Array {
  return Buffer.concat([u32Bytes(id), message]);
}

export function packedAnswer(id: number, messageBytes: number, packed: Uint8Array): Uint8Array {
  return Buffer.concat([u32Bytes((id % ID_END) + PACKED), u32Bytes(messageBytes), packed]);
}

/** What an answer holds: its message, or that packed and how long it is said to be. Null when the bytes are none. */
export function openAnswer(
  payload: Uint8Array,
): { readonly message: Uint8Array } | { readonly packed: Uint8Array; readonly messageBytes: number } | null {
  if (payload.length < 5) return null;
  if (readU32(payload, 0) % PACKED_WELCOME < PACKED) return { message: payload.subarray(4) };
  if (payload.length <= PACKED_HEAD_BYTES) return null;
  return { packed: payload.subarray(PACKED_HEAD_BYTES), messageBytes: readU32(payload, 4) };
}

export function decodeBlockResponse(message: Uint8Array): BlockResponse | null {
  const decoded = decodeMessage(MessageType.BLOCK_RESP, message);
  return 'malformed' in decoded || decoded.message.type !== MessageType.BLOCK_RESP ? null : decoded.message.response;
}

export interface HeadersRequest {
  readonly id: number;
  readonly from: number;
  readonly count: number;
}

export function encodeHeadersRequest({ id, from, count }: HeadersRequest): Uint8Array {
  return Buffer.concat([u32Bytes(id), u64Bytes(from), u16Bytes(count)]);
}

export function decodeHeadersRequest(payload: Uint8Array): HeadersRequest | null {
  if (payload.length !== 14 || !isSafeU64(payload, 4)) return null;
  const count = readU16(payload, 12);
  return count < 1 || count > HEADERS_MAX ? null : { id: readU32(payload, 0), from: readU64(payload, 4), count };
}

export interface HeadersResponse {
  readonly id: number;
  /** For the last of `headers`; null when there is none (then there are no headers either). */
  readonly certificate: CommitCertificate | null;
  readonly headers: readonly Uint8Array[];
}

export function encodeHeadersResponse({ id, certificate, headers }: HeadersResponse): Uint8Array {
  const bytes = certificate === null ? new Uint8Array(0) : encodeCertificate(certificate);
  return Buffer.concat([u32Bytes(id), u16Bytes(bytes.length), bytes, ...headers]);
}

export function decodeHeadersResponse(payload: Uint8Array): HeadersResponse | null {
  if (payload.length < 6) return null;
  const length = readU16(payload, 4);
  const rest = payload.subarray(6 + length);
  const count = rest.length / HEADER_BYTES;
  if (payload.length < 6 + length || !Number.isInteger(count) || count > HEADERS_MAX) return null;
  const certificate = length === 0 ? null : decodeCertificate(payload.subarray(6, 6 + length));
  if (length > 0 && certificate?.kind !== 'C') return null;
  const headers = Array.from({ length: count }, (_, index) =>
    rest.subarray(index * HEADER_BYTES, (index + 1) * HEADER_BYTES),
  );
  return { id: readU32(payload, 0), certificate: certificate as CommitCertificate | null, headers };
}
