/**
 * Which transactions stand on the chain, as far back as one may be replayed (state module 1). One record a
 * transaction, one list a height; the list says what to forget when its height falls out of the window, so that no
 * block ever searches.
 *
 *     1 || 't' || txId        -> height u64 || sender
 *     1 || 'h' || height u64  -> the txIds first seen at that height
 *     1 || 'p'                -> genesis parameters, canonical JSON
 */
import { concatBytes, fromUtf8, readU64, toHex, u64Bytes, utf8 } from '../primitives/index.js';
import type { StateReader } from '../state/index.js';
import type { Journal } from './journal.js';

/** State module number of the runtime. */
export const RUNTIME_MODULE = 1;

const tagged = (tag: string, rest: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(RUNTIME_MODULE), utf8(tag), rest);

export const PARAMETERS_KEY = tagged('p', new Uint8Array(0));

export interface SeenTransaction {
  readonly height: number;
  readonly sender: string;
}

export function readSeen(state: StateReader, txId: Uint8Array): SeenTransaction | undefined {
  const record = state.get(tagged('t', txId));
  return record === undefined ? undefined : { height: readU64(record, 0), sender: fromUtf8(record.subarray(8)) };
}

/** Collects the transactions of one block. */
export class TransactionWindow {
  private readonly ids: Uint8Array[] = [];

  constructor(
    private readonly journal: Journal,
    private readonly height: number,
  ) {}

  /** Forgets what no transaction of this height or later can repeat: ids of `height - window - 1`. */
  forget(window: number): void {
    const old = this.height - window - 1;
    if (old < 1) return;
    const listKey = tagged('h', u64Bytes(old));
    const list = this.journal.get(listKey);
    if (list === undefined) return;
    for (let offset = 0; offset < list.length; offset += 32) {
      const key = tagged('t', list.subarray(offset, offset + 32));
      if (this.journal.get(key) === undefined) throw new RangeError(`${toHex(key)} was forgotten already`);
      this.journal.set(key, null);
    }
    this.journal.set(listKey, null);
  }

  remember(txId: Uint8Array, sender: string): void {
    this.journal.set(tagged('t', txId), concatBytes(u64Bytes(this.height), utf8(sender)));
    this.ids.push(txId);
  }

  /** Writes the list of this height; the last thing a block does. */
  close(): void {
    if (this.ids.length > 0) this.journal.set(tagged('h', u64Bytes(this.height)), concatBytes(...this.ids));
  }
}
