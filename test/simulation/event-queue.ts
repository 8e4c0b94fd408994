interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Simulated time: a heap of things to happen, earliest first, ties in the order they were planned. Nothing else moves the clock. */
export class EventQueue {
  nowMs = 0;
  #order = 0;
  readonly #heap: Entry[] = [];

  after(delayMs: number, run: () => void): void {
    this.#push({ atMs: this.nowMs + Math.max(0, Math.ceil(delayMs)), order: this.#order++, run });
  }

  /** Runs everything planned up to and including `untilMs`. */
  runUntil(untilMs: number): void {
    for (let head = this.#heap[0]; head !== undefined && head.atMs <= untilMs; head = this.#heap[0]) {
      this.#pop();
      this.nowMs = head.atMs;
      head.run();
    }
    this.nowMs = untilMs;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
