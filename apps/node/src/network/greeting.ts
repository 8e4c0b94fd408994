/** The first words of a session: HELLO, and for a full node that no list names its pass, and the answer to it (formats.md 11). */
const HELLO_VERSION = 1;
const HASH_BYTES = 32;
const FAREWELL_BYTES_MAX = 512;

/** HELLO: version u8 || genesis hash. */
export function helloOf(genesisHash: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([HELLO_VERSION]), genesisHash]);
}

export type Greeting =
  | { readonly kind: 'SAME' }
  | { readonly kind: 'VERSION' }
  | { readonly kind: 'GENESIS_FOREIGN'; readonly theirs: string };

/** What a HELLO says about whoever sent it. */
export function readHello(own: Uint8Array, payload: Uint8Array): Greeting {
  if (Buffer.from(own).equals(payload)) return { kind: 'SAME' };
  return payload.length === 1 + HASH_BYTES && payload[0] === HELLO_VERSION
    ? { kind: 'GENESIS_FOREIGN', theirs: Buffer.from(payload.subarray(1)).toString('hex') }
    : { kind: 'VERSION' };
}

/** FAREWELL: why a session ends, as a code. */
export function farewellOf(code: string): Uint8Array {
  return Buffer.from(JSON.stringify({ code }));
}

/** The code of a FAREWELL; undefined: it says nothing that can be understood. */
export function readFarewell(payload: Uint8Array): string | undefined {
  if (payload.length > FAREWELL_BYTES_MAX) return undefined;
  try {
    const { code } = JSON.parse(Buffer.from(payload).toString('utf8')) as { code?: unknown };
    return typeof code === 'string' && /^[A-Z_]{1,48}$/.test(code) ? code : undefined;
  } catch {
    return undefined; // not JSON: a peer's nonsense
  }
}

const HEIGHT_BYTES = 8;

/** PROGRESS: the height that a full node has booked. */
export function progressOf(height: number): Uint8Array {
  const payload = Buffer.alloc(HEIGHT_BYTES);
  payload.writeBigUInt64BE(BigInt(height));
  return payload;
}

export function readProgress(payload: Uint8Array): number | undefined {
  if (payload.length !== HEIGHT_BYTES) return undefined;
  const height = Number(Buffer.from(payload).readBigUInt64BE());
  return Number.isSafeInteger(height) ? height : undefined;
}
