import { statfs } from 'node:fs/promises';
import type { Logger } from 'pino';
import { Busy, type Admission } from '../mempool/admission.js';
import type { Signer } from '../signer/signer.js';

const EVERY_MS = 5_000;
/** Of an error that is looked at for a full disk. */
const CAUSES_MAX = 8;

/** Room on the disk below which a node acts, bytes. */
export interface DiskReserve {
  /** No new transactions. */
  readonly refuseBelowBytes: number;
  /** No votes, and no start. */
  readonly silentBelowBytes: number;
}

/** Why a full disk is told as it is: one code, wherever it is met. */
export const DISK_FULL = 'DISK_FULL';

/** True when the system said that there is no room, however deep the error lies. */
export function isDiskFull(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; typeof at === 'object' && at !== null && depth < CAUSES_MAX; depth += 1) {
    const { code, message, cause } = at as { code?: unknown; message?: unknown; cause?: unknown };
    // LevelDB tells the system's reason in words only.
    if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device/i.test(String(message))) return true;
    at = cause;
  }
  return false;
}

/** Free bytes for this process in the file system of a folder. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** Watches the room on the disk: below a reserve no new transactions, nearly full no votes; both end when there is room again (docs/protocol/consensus.md 2.11). */
export class DiskGuard {
  private timer: NodeJS.Timeout | null = null;
  private isFull = false;

  constructor(
    private readonly on: {
      readonly dir: string;
      readonly reserve: DiskReserve;
      readonly admission: Admission;
      readonly signer: Signer | null;
      readonly log: Logger;
    },
  ) {}

  /** True while there is too little room to vote. */
  get full(): boolean {
    return this.isFull;
  }

  async start(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { dir, admission, signer, log } = this.on;
    let free: number;
    try {
      free = await freeBytes(dir);
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the room on the disk cannot be told');
      return;
    }
    const { refuseBelowBytes, silentBelowBytes } = this.on.reserve;
    const refuse = free < refuseBelowBytes;
    if (refuse !== (admission.refusing !== null)) {
      admission.refusing = refuse ? new Busy('the disk of this node is nearly full', 30_000) : null;
      log.error(
        { free },
        refuse ? 'the disk is nearly full: no new transactions are taken' : 'there is room on the disk again',
      );
    }
    const silent = free < silentBelowBytes;
    this.isFull = silent;
    if (signer !== null && signer.paused !== silent) {
      signer.paused = silent;
      log.error(
        { free, ...(silent ? { code: DISK_FULL } : {}) },
        silent ? 'the disk is full: this node does not vote' : 'there is room on the disk: this node votes again',
      );
    }
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }
}
