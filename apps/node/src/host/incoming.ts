/**
 * From a peer's bytes to verified messages: decode within bounds, screen, check every signature in batches. What breaks the
 * form or carries a wrong signature costs its sender. Each certificate is checked once, however many peers relay it.
 */
import type { Hashing, SignatureCheck } from '@waymark/accel/contract';
import {
  certificateChecks,
  encodeCertificate,
  VoteType,
  voteCheck,
  type Certificate,
  type SignedVote,
} from '@waymark/consensus/certificates';
import { markVerified, type Message, type Verified } from '@waymark/consensus/lbft';
import { decodeMessage, MessageType, type WireMessage, type WireProposal } from '@waymark/consensus/wire';
import { toHex } from '@waymark/ledger/primitives';
import type { BlockDesk } from './block-desk.js';
import type { Roster } from './roster.js';

/** Messages to hand in, or what the peer did wrong. Neither: to be ignored. */
export interface Received {
  readonly messages: readonly Verified<Message>[];
  readonly offence: string | null;
}

const NOTHING: Received = { messages: [], offence: null };
const CERTIFICATES_REMEMBERED = 4_096;

export class Incoming {
  private readonly known = new Set<string>();

  constructor(
    private readonly on: {
      readonly hashing: Hashing;
      readonly roster: Roster;
      /** Hex. */
      readonly genesisHash: string;
      readonly desk: BlockDesk;
      readonly verify: (checks: readonly SignatureCheck[]) => Promise<boolean[]>;
    },
  ) {}

  async receive(type: number, payload: Uint8Array): Promise<Received> {
    const decoded = decodeMessage(type, payload);
    if ('malformed' in decoded) return { messages: [], offence: decoded.malformed };
    return this.verifyMessage(decoded.message);
  }

  private async verifyMessage(message: WireMessage): Promise<Received> {
    switch (message.type) {
      case MessageType.PROPOSE:
        return this.proposal(message.proposal);
      case MessageType.PREPARE:
      case MessageType.COMMIT:
        return (await this.votesHold([message.vote]))
          ? one({ kind: 'VOTE', vote: message.vote })
          : offence('SIGNATURE');
      case MessageType.IMPEACH:
        return (await this.votesHold([message.vote]))
          ? one({ kind: 'VOTE', vote: message.vote, reason: message.reason })
          : offence('SIGNATURE');
      case MessageType.P_CERT:
      case MessageType.I_CERT:
        return (await this.certificateHolds(message.certificate))
          ? one({ kind: 'CERTIFICATE', certificate: message.certificate })
          : offence('CERTIFICATE');
      case MessageType.VALIDATE: {
        const { certificate, header } = message;
        if (
          toHex(this.on.hashing.sha256(header)) !== certificate.blockHash ||
          !(await this.certificateHolds(certificate))
        )
          return offence('CERTIFICATE');
        const block = this.on.desk.learn(header);
        if (block === null || block.ref.view !== certificate.view) return offence('HEADER');
        return one({ kind: 'VALIDATE', certificate, block: block.ref });
      }
      case MessageType.STATUS: {
        const { status } = message;
        const ownVotes = await this.thoseThatHold(status.ownVotes);
        const yours = status.yours === null ? [] : await this.thoseThatHold([status.yours]);
        return one({ kind: 'STATUS', status: { ...status, ownVotes, yours: yours[0] ?? null } });
      }
      case MessageType.CERT_REQ:
        return one({ kind: 'CERT_REQ', epoch: message.epoch, fromView: message.fromView, toView: message.toView });
      case MessageType.CERT_RESP: {
        const messages: Verified<Message>[] = [];
        for (const certificate of message.certificates) {
          if (!(await this.certificateHolds(certificate))) return { messages, offence: 'CERTIFICATE' };
          messages.push(markVerified({ kind: 'CERTIFICATE', certificate }));
        }
        return { messages, offence: null };
      }
      case MessageType.BLOCK_REQ:
      case MessageType.BLOCK_RESP:
      case MessageType.TX:
        return NOTHING; // other rooms take these
    }
  }

  /** A PROPOSE, from a session or inside a BLOCK_RESP. Its list of transactions and its certificates are not signed: wrong ones are left out. */
  async proposal(proposal: WireProposal): Promise<Received> {
    const { vote, header, body } = proposal;
    if (vote.vote.type !== VoteType.PROPOSE || toHex(this.on.hashing.sha256(header)) !== vote.vote.blockHash)
      return offence('HEADER');
    if (!(await this.votesHold([vote]))) return offence('SIGNATURE');
    const block = this.on.desk.learn(header);
    if (block === null || block.ref.view !== vote.vote.view) return offence('HEADER');
    const certificates: Certificate[] = [];
    for (const certificate of proposal.certificates)
      if (await this.certificateHolds(certificate)) certificates.push(certificate);
    if (body.kind === 'FULL') this.on.desk.offerBody(block, body.transactions);
    else
      this.on.desk.offerTxHashes(
        block,
        body.txHashes.map((hash) => new Uint8Array(Buffer.from(hash, 'hex'))),
      );
    block.proposal ??= { vote, certificates };
    return one({ kind: 'PROPOSE', vote, block: block.ref, certificates });
  }

  /** True when exactly q members of the committee signed it. */
  async certificateHolds(certificate: Certificate): Promise<boolean> {
    const { hashing, roster, genesisHash, verify } = this.on;
    const name = toHex(hashing.sha256(encodeCertificate(certificate)));
    if (this.known.has(name)) return true;
    const listed = certificateChecks(certificate, roster.committeeKeys, genesisHash);
    if ('defect' in listed) return false;
    const answers = await verify(listed.checks);
    if (!answers.every((answer) => answer)) return false;
    this.known.add(name);
    for (const oldest of this.known) {
      if (this.known.size <= CERTIFICATES_REMEMBERED) break;
      this.known.delete(oldest);
    }
    return true;
  }

  /** A certificate that this node assembled itself, from votes that were checked one by one. */
  noteOwn(certificate: Certificate): void {
    this.known.add(toHex(this.on.hashing.sha256(encodeCertificate(certificate))));
  }

  private async votesHold(votes: readonly SignedVote[]): Promise<boolean> {
    return (await this.thoseThatHold(votes)).length === votes.length;
  }

  private async thoseThatHold(votes: readonly SignedVote[]): Promise<SignedVote[]> {
    const { roster, genesisHash, verify } = this.on;
    const candidates = votes.flatMap((vote) => {
      const keys = vote.vote.type === VoteType.PROPOSE ? roster.proposerKeys : roster.committeeKeys;
      const check = voteCheck(vote, keys, genesisHash);
      return check === null ? [] : [{ vote, check }];
    });
    const answers = await verify(candidates.map(({ check }) => check));
    return candidates.filter((_, index) => answers[index] === true).map(({ vote }) => vote);
  }
}

function one(message: Message): Received {
  return { messages: [markVerified(message)], offence: null };
}

function offence(code: string): Received {
  return { messages: [], offence: code };
}
