/**
 * `sign.a` and `sign.b`: the memory of one consensus key, written in turn, 4,096 bytes each, so that a torn write leaves the
 * other copy whole (docs/protocol/consensus.md 2.11). Codec and decisions are in @waymark/consensus/signing.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hashing } from '@waymark/accel/contract';
import { decodeSignState, encodeSignState, type SignState } from '@waymark/consensus/signing';
import { ensureDirectory, flushDirectory, flushFile, writeFully } from '../storage/durable-files.js';

const COPIES = ['sign.a', 'sign.b'] as const;

/** One copy as read at start: null when missing or damaged. */
export interface SignStateCopies {
  readonly a: SignState | null;
  readonly b: SignState | null;
}

export async function readSignState(
  dir: string,
  expected: { readonly keyId: string; readonly genesisHash: string },
  hashing: Hashing,
): Promise<SignStateCopies> {
  const read = async (name: string): Promise<SignState | null> => {
    let bytes: Buffer;
    try {
      bytes = await readFile(join(dir, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    return decodeSignState(bytes, expected, (input) => hashing.sha256(input));
  };
  return { a: await read(COPIES[0]), b: await read(COPIES[1]) };
}

export class SignStateFiles {
  private next = 0;
  private readonly serials = [-1, -1];

  private constructor(
    private readonly dir: string,
    private readonly handles: readonly FileHandle[],
    private readonly hashing: Hashing,
  ) {}

  /** Opens both files, creating what is missing (without content: that still reads as "no copy"). */
  static async open(dir: string, hashing: Hashing): Promise<SignStateFiles> {
    await ensureDirectory(dir);
    const handles = await Promise.all(
      COPIES.map(async (name) => {
        const path = join(dir, name);
        try {
          return await open(path, 'r+');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
          return open(path, 'wx+', 0o600);
        }
      }),
    );
    await flushDirectory(dir);
    return new SignStateFiles(dir, handles, hashing);
  }

  /** Writes the copy whose turn it is, durably. @throws DurabilityError: end the process. */
  async write(state: SignState): Promise<void> {
    const turn = this.next;
    const path = join(this.dir, COPIES[turn] as string);
    const handle = this.handles[turn] as FileHandle;
    await writeFully(
      handle,
      path,
      encodeSignState(state, (input) => this.hashing.sha256(input)),
      0,
    );
    await flushFile(handle, path);
    this.serials[turn] = state.serial;
    this.next = 1 - turn;
  }

  /** Writes both copies, one after the other: before the first signature after a start, and when leaving quarantine. */
  async writeBoth(state: SignState): Promise<void> {
    await this.write(state);
    await this.write(state);
  }

  /** The lower serial of the two copies as written since they were opened; -1 until both were. */
  get lowerSerial(): number {
    return Math.min(...this.serials);
  }

  async close(): Promise<void> {
    await Promise.all(this.handles.map((handle) => handle.close()));
  }
}
