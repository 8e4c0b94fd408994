/** Lists of byte strings as values: count u32, then length u32 and bytes of each; lists of lists likewise. Our own store only. */

export function encodeList(items: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.allocUnsafe(items.reduce((sum, item) => sum + 4 + item.length, 4));
  let at = bytes.writeUInt32BE(items.length, 0);
  for (const item of items) {
    at = bytes.writeUInt32BE(item.length, at);
    bytes.set(item, at);
    at += item.length;
  }
  return bytes;
}

/** @throws RangeError when the bytes are not what `encodeList` writes: our own store is damaged. */
export function decodeList(value: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const items: Uint8Array[] = [];
  let at = 4;
  for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) throw new RangeError('a stored list is cut short');
    items.push(value.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (at !== bytes.length) throw new RangeError('a stored list has something after its end');
  return items;
}
