import { sessionOf, sessionStore } from '../../../shared/index.js';

/** Where a sending stands, so that a reload goes on where it was. */
export interface Sending {
  /** UUID; the idempotency key of part n is `{id}-{n}`. */
  readonly id: string;
  readonly proceed: boolean;
  readonly visibility: 'own' | 'partners' | 'public';
  readonly label: string;
  /** Ids of the jobs of the parts that were taken, in order. */
  readonly taken: readonly string[];
}

/** A document that somebody is about to capture, kept in this browser until it is sent or thrown away. */
export interface StoredDocument {
  readonly savedAt: number;
  /** The bytes exactly as they were chosen or pasted. */
  readonly content: Blob;
  readonly fileName: string | undefined;
  readonly sending: Sending | undefined;
}

const DATABASE = 'waymark-capture';
const STORE = 'documents';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
}

async function withStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser keeps nothing'));
    });
  } finally {
    database.close();
  }
}

/** Kept apart by person and organisation. */
function key(name: string): string {
  const session = sessionOf(sessionStore.get());
  if (session === undefined) throw new Error('nobody is signed in');
  return `${session.user.id}/${session.organisation}/${name}`;
}

/** Too large for the browser's small storage: documents lie in its database. A browser that keeps nothing keeps the page only. */
export const documentStore = {
  async read(name: string): Promise<StoredDocument | undefined> {
    try {
      return await withStore('readonly', (store) => store.get(key(name)) as IDBRequest<StoredDocument | undefined>);
    } catch (cause) {
      return keepsNothing(cause);
    }
  },
  async write(name: string, document: StoredDocument): Promise<void> {
    try {
      await withStore('readwrite', (store) => store.put(document, key(name)));
    } catch (cause) {
      keepsNothing(cause);
    }
  },
  async remove(name: string): Promise<void> {
    try {
      await withStore('readwrite', (store) => store.delete(key(name)));
    } catch (cause) {
      keepsNothing(cause);
    }
  },
};

function keepsNothing(cause: unknown): undefined {
  if (!(cause instanceof DOMException)) throw cause;
  return undefined;
}
