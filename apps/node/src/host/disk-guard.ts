import { statfs } from 'node:fs/promises';
import type { Logger } from 'pino';
import { Busy, type Admission } from '../mempool/admission.js';
import type { Signer } from '../signer/signer.js';

const REFUSE_BELOW_BYTES = 256 * 1024 * 1024;
const SILENT_BELOW_BYTES = 64 * 1024 * 1024;
const EVERY_MS = 5_000;

/** Watches the room on the disk: below a reserve no new transactions, nearly full no votes; both end when there is room again (docs/protocol/consensus.md 2.11). */
export class DiskGuard {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly on: {
      readonly dir: string;
      readonly admission: Admission;
      readonly signer: Signer | null;
      readonly log: Logger;
    },
  ) {}

  async start(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { dir, admission, signer, log } = this.on;
    let free: number;
    try {
      const { bavail, bsize } = await statfs(dir);
      free = bavail * bsize;
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the room on the disk cannot be told');
      return;
    }
    const refuse = free < REFUSE_BELOW_BYTES;
    if (refuse !== (admission.refusing !== null)) {
      admission.refusing = refuse ? new Busy('the disk of this node is nearly full', 30_000) : null;
      log.error(
        { free },
        refuse ? 'the disk is nearly full: no new transactions are taken' : 'there is room on the disk again',
      );
    }
    const silent = free < SILENT_BELOW_BYTES;
    if (signer !== null && signer.paused !== silent) {
      signer.paused = silent;
      log.error({ free }, silent ? 'the disk is full: this node does not vote' : 'this node votes again');
    }
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }
}
