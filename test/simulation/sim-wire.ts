import { VoteType, type Certificate, type Hash } from '@waymark/consensus/certificates';
import type { BlockRef, Message, OutgoingMessage } from '@waymark/consensus/lbft';
import { MessageType, type WireMessage } from '@waymark/consensus/wire';
import { bodyMatches, refOf, type SimBlock } from './sim-block.js';
import type { SimWorld } from './sim-node.js';

/** What a node has of blocks that it speaks of. */
export interface KnownBlocks {
  block(hash: Hash): SimBlock | undefined;
  header(block: BlockRef): Uint8Array;
}

/** What a node keeps of messages whose signatures hold. */
export interface Learnt {
  proposed(block: SimBlock): void;
  header(hash: Hash, header: Uint8Array): void;
}

/** A message of the core as it travels. */
export function toWire(message: OutgoingMessage, known: KnownBlocks): WireMessage {
  switch (message.kind) {
    case 'PROPOSE': {
      const block = known.block(message.block.hash)!;
      return {
        type: MessageType.PROPOSE,
        proposal: {
          vote: message.vote,
          header: block.header,
          certificates: message.certificates,
          body: { kind: 'FULL', transactions: block.transactions },
        },
      };
    }
    case 'VOTE':
      if (message.vote.vote.type === VoteType.IMPEACH)
        return { type: MessageType.IMPEACH, vote: message.vote, reason: message.reason ?? 'TIMEOUT' };
      return {
        type: message.vote.vote.type === VoteType.COMMIT ? MessageType.COMMIT : MessageType.PREPARE,
        vote: message.vote,
      };
    case 'CERTIFICATE':
      return certificateMessage(message.certificate);
    case 'VALIDATE':
      return { type: MessageType.VALIDATE, certificate: message.certificate, header: known.header(message.block) };
    case 'STATUS':
      return { type: MessageType.STATUS, status: message.status };
    case 'CERT_REQ':
      return { type: MessageType.CERT_REQ, epoch: message.epoch, fromView: message.fromView, toView: message.toView };
    case 'CERT_RESP':
      return { type: MessageType.CERT_RESP, certificates: message.certificates };
  }
}

/** The host's duty: what does not verify never reaches the core. */
export function verifyMessage(
  message: WireMessage,
  { keys, config }: Pick<SimWorld, 'keys' | 'config'>,
  learnt: Learnt,
): Message[] | null {
  switch (message.type) {
    case MessageType.PROPOSE: {
      const { vote, header, certificates, body } = message.proposal;
      const ref = refOf(header);
      const proposerKeys = config.proposers.map((member) => keys.committee[member]!);
      if (
        ref === null ||
        vote.vote.type !== VoteType.PROPOSE ||
        vote.vote.blockHash !== ref.hash ||
        !keys.voteHolds(vote, proposerKeys)
      )
        return null;
      const held = certificates.filter((certificate) => keys.certificateHolds(certificate));
      if (body.kind === 'FULL' && bodyMatches(header, body.transactions)) {
        learnt.proposed({
          ref,
          header,
          transactions: body.transactions,
          proposal: { vote, certificates: held },
        });
      }
      return [{ kind: 'PROPOSE', vote, block: ref, certificates: held }];
    }
    case MessageType.PREPARE:
    case MessageType.COMMIT:
    case MessageType.IMPEACH:
      return keys.voteHolds(message.vote) ? [{ kind: 'VOTE', vote: message.vote }] : null;
    case MessageType.P_CERT:
    case MessageType.I_CERT:
      return keys.certificateHolds(message.certificate)
        ? [{ kind: 'CERTIFICATE', certificate: message.certificate }]
        : null;
    case MessageType.CERT_RESP:
      return message.certificates
        .filter((certificate) => keys.certificateHolds(certificate))
        .map((certificate) => ({ kind: 'CERTIFICATE', certificate }));
    case MessageType.VALIDATE: {
      const ref = refOf(message.header);
      if (ref === null || ref.hash !== message.certificate.blockHash || !keys.certificateHolds(message.certificate))
        return null;
      learnt.header(ref.hash, message.header);
      return [{ kind: 'VALIDATE', certificate: message.certificate, block: ref }];
    }
    case MessageType.STATUS: {
      const { status } = message;
      const proposerKeys = config.proposers.map((member) => keys.committee[member]!);
      const yours =
        status.yours !== null &&
        keys.voteHolds(status.yours, status.yours.vote.type === VoteType.PROPOSE ? proposerKeys : keys.committee)
          ? status.yours
          : null;
      return [
        {
          kind: 'STATUS',
          status: { ...status, yours, ownVotes: status.ownVotes.filter((vote) => keys.voteHolds(vote)) },
        },
      ];
    }
    case MessageType.CERT_REQ:
      return [{ kind: 'CERT_REQ', epoch: message.epoch, fromView: message.fromView, toView: message.toView }];
    default:
      return null;
  }
}

function certificateMessage(certificate: Certificate): WireMessage {
  switch (certificate.kind) {
    case 'P':
      return { type: MessageType.P_CERT, certificate };
    case 'I':
      return { type: MessageType.I_CERT, certificate };
    case 'C':
      return { type: MessageType.CERT_RESP, certificates: [certificate] };
  }
}
