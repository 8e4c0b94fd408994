import { keyText, STATE_KEY_BYTES_MAX, type StateChanges, type StateReader } from '../state/index.js';
import type { ModuleState } from './runtime-types.js';

interface Change {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

/**
 * The changes of a block under construction, with savepoints: reads see them first, the state below afterwards. To
 * roll back undoes in reverse, so a body costs what it wrote and no more.
 */
export class Journal implements StateReader {
  private readonly latest = new Map<string, Change>();
  private readonly corners = new Map<number, ModuleState>();
  private readonly undo: { readonly text: string; readonly module: number; readonly before: Change | undefined }[] = [];
  private readonly generations = new Uint32Array(256);

  constructor(private readonly below: StateReader) {}

  get(key: Uint8Array): Uint8Array | undefined {
    const text = keyText(key);
    const change = this.latest.get(text);
    return change === undefined ? this.below.get(key, text) : (change.value ?? undefined);
  }

  set(key: Uint8Array, value: Uint8Array | null): void {
    if (key.length > STATE_KEY_BYTES_MAX) throw new RangeError(`a state key of ${key.length} bytes`);
    const text = keyText(key);
    const module = key[0] ?? 0;
    this.undo.push({ text, module, before: this.latest.get(text) });
    this.latest.set(text, { key, value });
    this.touch(module);
  }

  private touch(module: number): void {
    this.generations[module] = (this.generations[module] ?? 0) + 1;
  }

  /** Grows with every change to a module's corner, also with one that is taken back: what was read before may be stale. */
  generationOf(module: number): number {
    return this.generations[module] ?? 0;
  }

  /** A mark to which `rollBack` returns. */
  savepoint(): number {
    return this.undo.length;
  }

  rollBack(savepoint: number): void {
    while (this.undo.length > savepoint) {
      const { text, module, before } = this.undo.pop() as (typeof this.undo)[number];
      this.touch(module);
      if (before === undefined) this.latest.delete(text);
      else this.latest.set(text, before);
    }
  }

  /** All that changed; the last word on each key. */
  changes(): StateChanges {
    return this.latest;
  }

  /** The corner of the state that belongs to a module. */
  scopedTo(module: number): ModuleState {
    let corner = this.corners.get(module);
    if (corner === undefined) this.corners.set(module, (corner = this.cornerOf(module)));
    return corner;
  }

  private cornerOf(module: number): ModuleState {
    const own = (key: Uint8Array): Uint8Array => {
      const whole = new Uint8Array(key.length + 1);
      whole[0] = module;
      whole.set(key, 1);
      return whole;
    };
    return {
      get: (key) => this.get(own(key)),
      put: (key, value) => this.set(own(key), value),
      delete: (key) => {
        const whole = own(key);
        if (this.get(whole) !== undefined) this.set(whole, null);
      },
    };
  }
}
