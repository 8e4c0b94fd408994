/**
 * Two ways on which final blocks come to the booking lane: named by the core, with their bodies here; or far ahead, followed
 * from peers until the core can go on from there.
 */
import type { CommitCertificate } from '@waymark/consensus/certificates';
import { markVerified, type BlockRef, type Effect } from '@waymark/consensus/lbft';
import type { CatchUp } from '../catch-up/catch-up.js';
import type { CheckedBlock } from '../execution/execution-tree.js';
import type { ChainStore } from '../storage/index.js';
import type { TransactionVerifier } from '../verification/transaction-verifier.js';
import { blockRefOf, type BlockDesk } from './block-desk.js';
import type { BookingLane } from './booking.js';
import { checkedBlock } from './evaluation.js';
import type { Unclocked } from './inbox.js';

export class Delivery {
  private target: Extract<Effect, { kind: 'CATCH_UP' }> | null = null;
  private isFollowing = false;
  private closed = false;

  constructor(
    private readonly on: {
      readonly desk: BlockDesk;
      readonly store: ChainStore;
      readonly verifier: TransactionVerifier;
      readonly booking: BookingLane;
      readonly catchUp: CatchUp;
      readonly post: (input: Unclocked) => void;
      readonly fatal: (error: unknown) => void;
    },
  ) {}

  /** True while blocks far ahead are fetched. */
  get following(): boolean {
    return this.isFollowing;
  }

  /** DELIVER: each block once, in height order, the last of them certified. */
  deliver(refs: readonly BlockRef[], certificate: CommitCertificate): void {
    const blocks: CheckedBlock[] = [];
    for (const ref of refs) {
      const block = this.on.desk.get(ref.hash);
      if (block === undefined) {
        if (ref.height <= this.on.store.finalHeight) continue;
        this.on.fatal(new Error(`block ${ref.hash} is to be delivered and is not here`));
        return;
      }
      // A quorum has certified it: its transactions need no second look.
      if (block.transactions === null && block.bytes !== null)
        this.on.desk.setBody(
          block,
          block.bytes.transactions.map((bytes) => this.on.verifier.trusted(bytes)),
        );
      const checked = checkedBlock(block);
      if (checked === null) {
        this.on.fatal(new Error(`block ${ref.hash} is to be delivered and has no body`));
        return;
      }
      blocks.push(checked);
    }
    this.on.booking.enqueue(blocks, certificate).catch(() => undefined); // the lane itself tells of failures
  }

  /** CATCH_UP: to the newest target named while it runs. */
  follow(effect: Extract<Effect, { kind: 'CATCH_UP' }>): void {
    this.target = effect;
    if (this.isFollowing) return;
    this.isFollowing = true;
    const follow = async (): Promise<void> => {
      await this.on.booking.idle();
      for (;;) {
        const target = this.target as Extract<Effect, { kind: 'CATCH_UP' }>;
        const reached = await this.on.catchUp.follow(target.block.height);
        if (this.closed) return;
        if (this.on.store.finalHeight < (this.target as typeof target).block.height) continue;
        this.isFollowing = false;
        const block = reached === null ? target.block : blockRefOf(reached.header, reached.hash);
        const certificate = reached === null ? target.certificate : reached.certificate;
        this.on.post({ kind: 'CAUGHT_UP', block, certificate: markVerified(certificate) });
        return;
      }
    };
    follow().catch((error: unknown) => {
      this.isFollowing = false;
      if (!this.closed) this.on.fatal(error);
    });
  }

  close(): void {
    this.closed = true;
  }
}
