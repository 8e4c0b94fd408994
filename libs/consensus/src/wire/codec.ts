import { concatBytes, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';
import { encodeCertificate } from '../certificates/certificate-codec.js';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import type { ImpeachReason } from '../lbft/messages.js';
import {
  encodeBlock,
  encodeBlockRequest,
  encodeBlockResponse,
  encodeProposal,
  readBlock,
  readBlockRequest,
  readBlockResponse,
  readProposal,
} from './block-codec.js';
import { encodeCertificates, encodeVote, MalformedMessage, MessageReader } from './bytes.js';
import { MessageType, WireBounds, type WireBlock, type WireMessage } from './message.js';
import { encodeStatus, readStatus } from './status-codec.js';

const reasons: readonly ImpeachReason[] = ['TIMEOUT', 'ILLICIT', 'FOLLOWED'];
const types: ReadonlySet<number> = new Set(Object.values(MessageType));

/** The payload of a message; the frame carries `type` beside it. */
export function encodeMessage(message: WireMessage): Uint8Array {
  switch (message.type) {
    case MessageType.PROPOSE:
      return encodeProposal(message.proposal);
    case MessageType.PREPARE:
    case MessageType.COMMIT:
      return encodeVote(message.vote);
    case MessageType.IMPEACH:
      return concatBytes(encodeVote(message.vote), Uint8Array.of(reasons.indexOf(message.reason)));
    case MessageType.P_CERT:
    case MessageType.I_CERT:
      return encodeCertificate(message.certificate);
    case MessageType.VALIDATE:
      return concatBytes(message.header, encodeCertificate(message.certificate));
    case MessageType.STATUS:
      return encodeStatus(message.status);
    case MessageType.CERT_REQ:
      return concatBytes(u32Bytes(message.epoch), u64Bytes(message.fromView), u64Bytes(message.toView));
    case MessageType.CERT_RESP:
      return encodeCertificates(message.certificates);
    case MessageType.BLOCK_REQ:
      return encodeBlockRequest(message.request);
    case MessageType.BLOCK_RESP:
      return encodeBlockResponse(message.response);
    case MessageType.TX:
      return message.transaction;
  }
}

/** A message, or why these bytes are none. There is one encoding of each message: what decodes encodes to the same bytes. */
export type Decoded = { readonly message: WireMessage } | { readonly malformed: string };

/** Form and bounds only. Whoever sent what does not decode is no honest node. */
export function decodeMessage(type: number, payload: Uint8Array): Decoded {
  if (!types.has(type)) return { malformed: `message type ${type}` };
  const reader = new MessageReader(payload);
  try {
    const message = read(type as MessageType, reader, payload);
    if (message.type !== MessageType.TX) reader.end();
    return { message };
  } catch (error) {
    if (error instanceof MalformedMessage) return { malformed: error.message };
    throw error;
  }
}

function read(type: MessageType, reader: MessageReader, payload: Uint8Array): WireMessage {
  switch (type) {
    case MessageType.PROPOSE:
      return { type, proposal: readProposal(reader) };
    case MessageType.PREPARE:
      return { type, vote: readVoteOf(reader, VoteType.PREPARE) };
    case MessageType.COMMIT:
      return { type, vote: readVoteOf(reader, VoteType.COMMIT) };
    case MessageType.IMPEACH:
      return { type, vote: readVoteOf(reader, VoteType.IMPEACH), reason: readReason(reader) };
    case MessageType.P_CERT: {
      const certificate = reader.certificate();
      if (certificate.kind !== 'P') throw new MalformedMessage('not a P-certificate');
      return { type, certificate };
    }
    case MessageType.I_CERT: {
      const certificate = reader.certificate();
      if (certificate.kind !== 'I') throw new MalformedMessage('not an I-certificate');
      return { type, certificate };
    }
    case MessageType.VALIDATE: {
      const header = reader.bytes(WireBounds.headerBytes);
      const certificate = reader.certificate();
      if (certificate.kind !== 'C') throw new MalformedMessage('not a C-certificate');
      return { type, certificate, header };
    }
    case MessageType.STATUS:
      return { type, status: readStatus(reader) };
    case MessageType.CERT_REQ: {
      const message = { type, epoch: reader.u32(), fromView: reader.u64(), toView: reader.u64() };
      if (message.toView < message.fromView || message.toView - message.fromView >= WireBounds.viewsInRequest)
        throw new MalformedMessage('not 1 to 64 views');
      return message;
    }
    case MessageType.CERT_RESP:
      return { type, certificates: reader.certificates(WireBounds.certificatesInResponse) };
    case MessageType.BLOCK_REQ:
      return { type, request: readBlockRequest(reader) };
    case MessageType.BLOCK_RESP:
      return { type, response: readBlockResponse(reader) };
    case MessageType.TX:
      if (payload.length === 0 || payload.length > WireBounds.transactionBytes)
        throw new MalformedMessage('a transaction of no or too many bytes');
      return { type, transaction: payload };
  }
}

function readVoteOf(reader: MessageReader, type: VoteType): SignedVote {
  const vote = reader.vote();
  if (vote.vote.type !== type) throw new MalformedMessage('another kind of vote');
  return vote;
}

function readReason(reader: MessageReader): ImpeachReason {
  const reason = reasons[reader.u8()];
  if (reason === undefined) throw new MalformedMessage('no such reason');
  return reason;
}

/** Payload of a PROPOSAL or BLOCK frame of the log. */
export function encodeLoggedBlock(block: WireBlock): Uint8Array {
  return encodeBlock(block);
}

/** Read back; null when the payload is not a block. */
export function decodeLoggedBlock(payload: Uint8Array): WireBlock | null {
  const reader = new MessageReader(payload);
  try {
    const block = readBlock(reader);
    reader.end();
    return block;
  } catch (error) {
    if (error instanceof MalformedMessage) return null;
    throw error;
  }
}
