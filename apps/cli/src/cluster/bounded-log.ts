import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A log file with a bound: past `sizeBytesMax` it becomes `<name>.1` (replacing the one before) and begins anew. */
export class BoundedLog {
  private descriptor: number;
  private sizeBytes: number;

  constructor(
    readonly file: string,
    private readonly sizeBytesMax = 4 * 1024 * 1024,
  ) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    this.descriptor = openSync(file, 'a', 0o600);
    this.sizeBytes = statSync(file).size;
  }

  write(chunk: Uint8Array): void {
    if (this.sizeBytes + chunk.length > this.sizeBytesMax) {
      closeSync(this.descriptor);
      renameSync(this.file, `${this.file}.1`);
      this.descriptor = openSync(this.file, 'a', 0o600);
      this.sizeBytes = 0;
    }
    writeSync(this.descriptor, chunk);
    this.sizeBytes += chunk.length;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
