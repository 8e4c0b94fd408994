/** What a check has found so far, kept in this browser so that a reload loses nothing. */
import type { RecordFinding } from '@waymark/light-client';
import type { CheckAnchor, StoredPosition } from './messages.js';

export type CheckSubject =
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

export interface CheckRecord {
  /** One check is kept for each person and organisation. */
  readonly owner: string;
  readonly subject: CheckSubject;
  readonly fingerprint: string;
  readonly startedAt: number;
  /** Time spent working, without pauses. */
  readonly workedMs: number;
  readonly phase: 'running' | 'stopped' | 'done';
  /** Blocks of a range, records of an item. */
  readonly done: number;
  readonly total: number | undefined;
  readonly counts: { readonly accepted: number; readonly refused: number; readonly wrong: number };
  /** More belongs to the item than one evidence file holds. */
  readonly truncated: boolean;
  readonly anchor: CheckAnchor | undefined;
  /** First of what is not proven, at most `WRONG_KEPT`. */
  readonly wrong: readonly RecordFinding[];
  /** The newest records checked. */
  readonly recent: readonly RecordFinding[];
  /** The next height of a range, and where the part before it ended. */
  readonly next: number;
  readonly position: StoredPosition | undefined;
  /** Batches of findings stored. */
  readonly batches: number;
}

export const WRONG_KEPT = 500;
export const RECENT_KEPT = 20;

const NAME = 'waymark-check';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('checks', { keyPath: 'owner' });
      request.result.createObjectStore('findings', { keyPath: ['owner', 'batch'] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser’s store failed.'));
  });
}

async function within<Value>(
  mode: IDBTransactionMode,
  work: (stores: IDBTransaction) => Promise<Value>,
): Promise<Value> {
  const database = await open();
  try {
    const unit = database.transaction(['checks', 'findings'], mode);
    const ended = new Promise<void>((resolve, reject) => {
      unit.oncomplete = () => resolve();
      unit.onabort = () => reject(unit.error ?? new Error('The browser’s store is full.'));
    });
    const value = await work(unit);
    if (mode === 'readwrite') await ended;
    return value;
  } finally {
    database.close();
  }
}

export const loadCheck = (owner: string): Promise<CheckRecord | undefined> =>
  within('readonly', (unit) => settled(unit.objectStore('checks').get(owner) as IDBRequest<CheckRecord | undefined>));

/** The state and one more batch of findings together: after a reload neither is ahead of the other. */
export const saveCheck = (check: CheckRecord, findings: readonly RecordFinding[]): Promise<void> =>
  within('readwrite', async (unit) => {
    unit.objectStore('checks').put(check);
    if (findings.length > 0) unit.objectStore('findings').put({ owner: check.owner, batch: check.batches, findings });
  });

const batchesOf = (owner: string) => IDBKeyRange.bound([owner], [owner, []]);

export const clearCheck = (owner: string): Promise<void> =>
  within('readwrite', async (unit) => {
    unit.objectStore('checks').delete(owner);
    unit.objectStore('findings').delete(batchesOf(owner));
  });

export const allFindings = (owner: string): Promise<readonly RecordFinding[]> =>
  within('readonly', async (unit) => {
    const batches = await settled(
      unit.objectStore('findings').getAll(batchesOf(owner)) as IDBRequest<{ findings: RecordFinding[] }[]>,
    );
    return batches.flatMap(({ findings }) => findings);
  });
