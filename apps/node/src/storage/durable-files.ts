/** The few things a durable file needs beyond `node:fs`: names that survive a power cut, and flushes that may not fail. */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The disk did not take what it was given. Never retried: after a failed flush nobody knows what lies on the disk, so the
 * process ends and recovers from what is there (docs/protocol/consensus.md, R0).
 */
export class DurabilityError extends Error {
  override readonly name = 'DurabilityError';
}

/** Makes file names created in or removed from `directory` survive a power cut. */
export async function flushDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return; // directories cannot be opened there; NTFS journals names itself
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } catch (error) {
    throw new DurabilityError(`flush of directory ${directory} failed`, { cause: error });
  } finally {
    await handle.close();
  }
}

/** Data of the file on the disk, or DurabilityError. */
export async function flushFile(handle: FileHandle, path: string): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    throw new DurabilityError(`flush of ${path} failed`, { cause: error });
  }
}

/** Writes all of `bytes` at `position`, or DurabilityError. */
export async function writeFully(handle: FileHandle, path: string, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  try {
    while (written < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
      if (bytesWritten === 0) throw new Error('nothing was written');
      written += bytesWritten;
    }
  } catch (error) {
    throw new DurabilityError(`write to ${path} failed`, { cause: error });
  }
}

/** Makes the folder and all above it, durably. */
export async function ensureDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first !== undefined) await flushDirectory(dirname(first));
}
