/** From what the core wants said to frames. The core names blocks; their bytes are on the desk or in the store. */
import { VoteType } from '@waymark/consensus/certificates';
import type { BlockRef, OutgoingMessage } from '@waymark/consensus/lbft';
import { encodeMessage, MessageType, type WireMessage } from '@waymark/consensus/wire';
import type { FrameType } from '../network/frame.js';

export interface OutgoingFrame {
  readonly type: FrameType;
  readonly payload: Uint8Array;
}

/** What is known of a block's bytes here. */
export interface BlockLookup {
  header(block: BlockRef): Uint8Array | null;
  txHashes(block: BlockRef): readonly string[] | null;
}

/** Null when the bytes of the named block are not here any more. */
export function frameOf(message: OutgoingMessage, blocks: BlockLookup): OutgoingFrame | null {
  const wire = wireOf(message, blocks);
  return wire === null ? null : { type: wire.type, payload: encodeMessage(wire) };
}

function wireOf(message: OutgoingMessage, blocks: BlockLookup): WireMessage | null {
  switch (message.kind) {
    case 'PROPOSE': {
      const header = blocks.header(message.block);
      const txHashes = blocks.txHashes(message.block);
      if (header === null || txHashes === null) return null;
      const { vote, certificates } = message;
      return {
        type: MessageType.PROPOSE,
        proposal: { vote, header, certificates, body: { kind: 'HASHES', txHashes } },
      };
    }
    case 'VOTE':
      switch (message.vote.vote.type) {
        case VoteType.PREPARE:
          return { type: MessageType.PREPARE, vote: message.vote };
        case VoteType.COMMIT:
          return { type: MessageType.COMMIT, vote: message.vote };
        case VoteType.IMPEACH:
          return { type: MessageType.IMPEACH, vote: message.vote, reason: message.reason ?? 'TIMEOUT' };
        case VoteType.PROPOSE:
          throw new Error('a proposal is not sent as a bare vote');
      }
    // eslint-disable-next-line no-fallthrough -- the switch above returns in every case
    case 'CERTIFICATE':
      switch (message.certificate.kind) {
        case 'P':
          return { type: MessageType.P_CERT, certificate: message.certificate };
        case 'I':
          return { type: MessageType.I_CERT, certificate: message.certificate };
        case 'C':
          return { type: MessageType.CERT_RESP, certificates: [message.certificate] };
      }
    // eslint-disable-next-line no-fallthrough -- the switch above returns in every case
    case 'VALIDATE': {
      const header = blocks.header(message.block);
      return header === null ? null : { type: MessageType.VALIDATE, certificate: message.certificate, header };
    }
    case 'STATUS':
      return { type: MessageType.STATUS, status: message.status };
    case 'CERT_REQ':
      return { type: MessageType.CERT_REQ, epoch: message.epoch, fromView: message.fromView, toView: message.toView };
    case 'CERT_RESP':
      return { type: MessageType.CERT_RESP, certificates: message.certificates };
  }
}
