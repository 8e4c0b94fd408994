import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex } from '@waymark/ledger/primitives';

const REPORT_BYTES_MAX = 8 * 1024 * 1024;

/**
 * `reports.jsonl` in the data folder: evidence of equivocation and alarms, kept for people. Bounded: a full file takes no
 * more. `failed` is told when a line could not be written.
 */
export function reportFile(
  dataDir: string,
  failed: (error: unknown) => void,
): (kind: string, facts: Readonly<Record<string, unknown>>) => void {
  const path = join(dataDir, 'reports.jsonl');
  return (kind, facts) => {
    const line = JSON.stringify({ time: new Date().toISOString(), kind, ...facts }, (_key, value: unknown) =>
      value instanceof Uint8Array ? toHex(value) : value,
    );
    const write = async (): Promise<void> => {
      const size = await stat(path).then(
        (found) => found.size,
        () => 0,
      );
      if (size + line.length < REPORT_BYTES_MAX) await appendFile(path, `${line}\n`, { mode: 0o600 });
    };
    write().catch(failed);
  };
}
