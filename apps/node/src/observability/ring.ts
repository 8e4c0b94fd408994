/** The last so many of something, oldest first: what a node remembers for people never grows. */
export class Ring<T> {
  private readonly kept: T[] = [];

  constructor(private readonly countMax: number) {}

  push(value: T): void {
    this.kept.push(value);
    if (this.kept.length > this.countMax) this.kept.shift();
  }

  get last(): T | undefined {
    return this.kept.at(-1);
  }

  /** A copy, oldest first. */
  list(): T[] {
    return [...this.kept];
  }
}
