/**
 * Books before speech (R0): what a vote rests on goes into the log before the vote, the vote before its signature leaves. Of
 * each certificate and each body there is one record.
 */
import { VoteType, type Certificate, type Vote } from '@waymark/consensus/certificates';
import type { BlockRef, Effect } from '@waymark/consensus/lbft';
import { LogFrameType } from '@waymark/consensus/signing';
import { encodeLoggedBlock } from '@waymark/consensus/wire';
import type { Logger } from 'pino';
import type { Signer, SigningAnswer } from '../signer/signer.js';
import type { ChainStore } from '../storage/index.js';
import type { WriteAheadLog } from '../wal/write-ahead-log.js';
import { headerBytesOf, type BlockDesk, type DeskBlock } from './block-desk.js';
import type { Unclocked } from './inbox.js';
import type { Incoming } from './incoming.js';
import { encodeLoggedCertificate } from './log-payloads.js';

const CERTIFICATES_REMEMBERED = 1_024;

export class Notary {
  private readonly certificatesLogged = new Set<string>();
  private closed = false;

  constructor(
    private readonly on: {
      readonly desk: BlockDesk;
      readonly store: ChainStore;
      readonly wal: WriteAheadLog;
      /** Null for an observer. */
      readonly signer: Signer | null;
      readonly incoming: Incoming;
      readonly leaderOf: (view: number) => number;
      readonly post: (input: Unclocked) => void;
      readonly fatal: (error: unknown) => void;
      readonly log: Logger;
    },
  ) {}

  /** Logs a certificate, once. */
  certificate(certificate: Certificate, block: BlockRef | null): void {
    const name = `${certificate.kind}${certificate.view}`;
    if (this.certificatesLogged.has(name)) return;
    this.certificatesLogged.add(name);
    for (const oldest of this.certificatesLogged) {
      if (this.certificatesLogged.size <= CERTIFICATES_REMEMBERED) break;
      this.certificatesLogged.delete(oldest);
    }
    this.on.incoming.noteOwn(certificate);
    const header = block === null ? null : headerBytesOf(block, this.on);
    this.on.wal.append(LogFrameType.CERTIFICATE, encodeLoggedCertificate({ certificate, header }));
  }

  private logBlock(block: DeskBlock): void {
    if (block.logged || block.bytes === null) return;
    block.logged = true;
    this.on.wal.append(LogFrameType.BLOCK, encodeLoggedBlock({ ...block.bytes, proposal: null }));
  }

  /** Writes a whole body to the log and tells the core once it is on the disk. */
  durable(block: DeskBlock): void {
    if (block.durable || block.bytes === null) return;
    this.logBlock(block);
    // Later in this turn of the loop a vote may be asked for that rests on it: one flush then serves both.
    setImmediate(() => {
      if (this.closed) return;
      this.on.wal.flush().then(
        () => this.tellDurable(block),
        (error: unknown) => this.on.fatal(error),
      );
    });
  }

  private tellDurable(block: DeskBlock): void {
    if (block.durable) return;
    block.durable = true;
    this.on.post({ kind: 'BLOCK_DURABLE', block: block.ref });
  }

  /** SIGN: what the vote rests on is logged before it, and the answer comes back as an input. */
  sign({ vote, rest }: Extract<Effect, { kind: 'SIGN' }>): void {
    const { signer, desk } = this.on;
    if (signer === null) {
      this.on.fatal(new Error('an observer was asked to sign'));
      return;
    }
    const block = rest === null ? undefined : desk.get(rest.block.hash);
    if (rest !== null) {
      if (block?.bytes == null) {
        this.on.fatal(new Error(`asked to sign for block ${rest.block.hash}, whose body is not here`));
        return;
      }
      this.logBlock(block);
      for (const certificate of rest.certificates) this.certificate(certificate, null);
    }
    if (vote.type === VoteType.PROPOSE && block?.bytes != null && rest !== null)
      this.logProposal(block, vote, rest.certificates);
    signer.request(vote).then(
      (answer) => this.signed(answer, block ?? null, rest?.certificates ?? []),
      (error: unknown) => this.on.fatal(error),
    );
  }

  /** What must be there to send an own proposal again unchanged. Its signature is made again then: Ed25519 is deterministic. */
  private logProposal(block: DeskBlock, vote: Vote, certificates: readonly Certificate[]): void {
    const unsigned = { vote, sender: this.on.leaderOf(vote.view), signature: new Uint8Array(64) };
    const payload = encodeLoggedBlock({
      header: block.headerBytes,
      transactions: [],
      proposal: { vote: unsigned, certificates },
    });
    this.on.wal.append(LogFrameType.PROPOSAL, payload);
  }

  private signed(answer: SigningAnswer, block: DeskBlock | null, certificates: readonly Certificate[]): void {
    if (this.closed) return;
    if (block !== null) this.tellDurable(block);
    if (answer.kind === 'REFUSED') {
      this.on.log.warn({ code: answer.code, view: answer.vote.view, type: answer.vote.type }, 'the signer refused');
      this.on.post({ kind: 'SIGNING_REFUSED', vote: answer.vote, code: answer.code });
      return;
    }
    if (block !== null && answer.vote.vote.type === VoteType.PROPOSE)
      block.proposal ??= { vote: answer.vote, certificates };
    this.on.post({ kind: 'SIGNED', vote: answer.vote });
  }

  /** LEAVE_QUARANTINE: the floor is durable in both copies of the sign-state before the core hears of it. */
  leaveQuarantine(floor: number): void {
    const { signer } = this.on;
    if (signer === null) return;
    signer.leaveQuarantine(floor).then(
      () => {
        this.on.log.warn({ floor }, 'left quarantine: this key signs again in views above the floor');
        this.on.post({ kind: 'QUARANTINE_LEFT', floor });
      },
      (error: unknown) => this.on.fatal(error),
    );
  }

  /** Nothing is told to the core from here on. */
  close(): void {
    this.closed = true;
  }
}
