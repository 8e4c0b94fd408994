/** Reading and writing of the service's messages: big endian, lengths before bytes, nothing read beyond the end. */

/** The bytes are no message of this protocol. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

/** Collects pieces and joins them once; bytes are copied then, never kept. */
export class Writer {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  raw(bytes: Uint8Array): this {
    this.pieces.push(bytes);
    this.length += bytes.length;
    return this;
  }

  u8(value: number): this {
    return this.raw(Uint8Array.of(value));
  }

  u32(value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return this.raw(bytes);
  }

  /** Length, then the bytes. */
  bytes(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  /** In memory of its own, so that it can be handed to another thread. */
  done(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(new ArrayBuffer(this.length));
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

/** Gives views of the bytes it reads. Every method throws a WireError where the bytes end too early. */
export class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly all: Uint8Array) {
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  raw(length: number): Uint8Array {
    const from = this.at;
    if (length > this.all.length - from) throw new WireError('the message ends too early');
    this.at += length;
    return this.all.subarray(from, from + length);
  }

  u8(): number {
    return this.raw(1)[0] as number;
  }

  u32(): number {
    this.raw(4);
    return this.view.getUint32(this.at - 4);
  }

  bytes(): Uint8Array {
    return this.raw(this.u32());
  }

  /** So many items; a count that the rest of the message cannot hold is refused before anything is made for it. */
  list<T>(itemBytesMin: number, read: () => T): T[] {
    const count = this.u32();
    if (count * itemBytesMin > this.all.length - this.at) throw new WireError('more items than bytes');
    return Array.from({ length: count }, read);
  }

  end(): void {
    if (this.at !== this.all.length) throw new WireError('bytes after the end of the message');
  }
}
