/**
 * Encoded bodies as one value of Postgres: each with its length (u32, big endian) before it. An array of `bytea` costs the
 * driver many times as much to read.
 */
export function packBodies(bodies: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      return [length, body];
    }),
  );
}

/** Throws when the bytes are not what {@link packBodies} gave. */
export function unpackBodies(packed: Buffer): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (let at = 0; at < packed.length;) {
    const end = at + 4 + packed.readUInt32BE(at);
    if (end > packed.length) throw new RangeError('a stored body ends before its length');
    bodies.push(packed.subarray(at + 4, end));
    at = end;
  }
  return bodies;
}
