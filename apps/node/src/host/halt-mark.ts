/**
 * `halted.json` in the data folder: this node found proof that the consortium contradicts itself, or it the consortium, and stopped
 * voting (docs/protocol/consensus.md, ALARM). It stays stopped over any restart until a person has looked and taken the file away.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface HaltMark {
  readonly code: string;
  readonly timeMs: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

const pathOf = (dataDir: string): string => join(dataDir, 'halted.json');

/** What stopped this node in an earlier run; null: nothing. A file that cannot be read stops it as well. */
export function readHaltMark(dataDir: string): HaltMark | null {
  const path = pathOf(dataDir);
  if (!existsSync(path)) return null;
  try {
    const { code, timeMs, facts } = JSON.parse(readFileSync(path, 'utf8')) as Partial<HaltMark>;
    return { code: code ?? 'UNKNOWN', timeMs: timeMs ?? 0, facts: facts ?? {} };
  } catch (error) {
    return { code: 'UNREADABLE', timeMs: 0, facts: { reason: (error as Error).message } };
  }
}

/** Durable when it returns. The first mark stays: it names the cause. */
export function writeHaltMark(dataDir: string, mark: HaltMark): void {
  const path = pathOf(dataDir);
  if (existsSync(path)) return;
  const text = JSON.stringify(
    mark,
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  );
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
