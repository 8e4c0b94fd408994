/** Unsigned integers, big endian, fixed width: the only numbers under a hash or a signature. */

const TWO_32 = 0x1_0000_0000;

const inRange = (value: number, max: number): void => {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`${value} is not in 0..${max}`);
};
const room = (bytes: Uint8Array, offset: number, width: number): void => {
  if (offset < 0 || offset + width > bytes.length) throw new RangeError(`no ${width} bytes at ${offset}`);
};

export function readU16(bytes: Uint8Array, offset: number): number {
  room(bytes, offset, 2);
  return ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  room(bytes, offset, 4);
  return (
    (bytes[offset] as number) * 0x1000000 +
    (((bytes[offset + 1] as number) << 16) | ((bytes[offset + 2] as number) << 8) | (bytes[offset + 3] as number))
  );
}

/** @throws RangeError above 2^53-1, the largest number the protocol knows. */
export function readU64(bytes: Uint8Array, offset: number): number {
  const value = readU32(bytes, offset) * TWO_32 + readU32(bytes, offset + 4);
  if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number above 2^53-1');
  return value;
}

export function writeU16(bytes: Uint8Array, offset: number, value: number): void {
  inRange(value, 0xffff);
  room(bytes, offset, 2);
  bytes[offset] = value >> 8;
  bytes[offset + 1] = value & 0xff;
}

export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  inRange(value, 0xffffffff);
  room(bytes, offset, 4);
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = (value >>> 16) & 0xff;
  bytes[offset + 2] = (value >>> 8) & 0xff;
  bytes[offset + 3] = value & 0xff;
}

/** @throws RangeError above 2^53-1. */
export function writeU64(bytes: Uint8Array, offset: number, value: number): void {
  inRange(value, Number.MAX_SAFE_INTEGER);
  room(bytes, offset, 8);
  writeU32(bytes, offset, Math.floor(value / TWO_32));
  writeU32(bytes, offset + 4, value % TWO_32);
}

export function u16Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  writeU16(bytes, 0, value);
  return bytes;
}

export function u32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeU32(bytes, 0, value);
  return bytes;
}

export function u64Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  writeU64(bytes, 0, value);
  return bytes;
}
