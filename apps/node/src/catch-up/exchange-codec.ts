/**
 * Questions and answers about blocks between nodes. BLOCK_REQ and BLOCK_RESP are those of @waymark/consensus/wire behind a
 * number that joins answer to question; headers have messages of their own. Big endian.
 *
 *     BLOCK_REQ, BLOCK_RESP  id u32 | message
 *     HEADERS_REQ            id u32 | from u64 | count u16
 *     HEADERS_RESP           id u32 | length u16 | C-certificate of the last header (none: length 0) | headers 509 each
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

export function encodeBlockRequest(id: number, request: BlockRequest): Uint8Array {
  return Buffer.concat([u32Bytes(id), encodeMessage({ type: MessageType.BLOCK_REQ, request })]);
}

/** Null when the bytes are none, or ask for too much. */
export function decodeBlockRequest(payload: Uint8Array): { id: number; request: BlockRequest } | null {
  if (payload.length < 5) return null;
  const decoded = decodeMessage(MessageType.BLOCK_REQ, payload.subarray(4));
  if ('malformed' in decoded || decoded.message.type !== MessageType.BLOCK_REQ) return null;
  return { id: readU32(payload, 0), request: decoded.message.request };
}

export function encodeBlockResponse(id: number, response: BlockResponse): Uint8Array {
  return Buffer.concat([u32Bytes(id), encodeMessage({ type: MessageType.BLOCK_RESP, response })]);
}

export function decodeBlockResponse(payload: Uint8Array): BlockResponse | null {
  if (payload.length < 5) return null;
  const decoded = decodeMessage(MessageType.BLOCK_RESP, payload.subarray(4));
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
