import { concatBytes, fromHex, readU32, readU64, toHex, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';
import { decodeCertificateAt, encodeCertificate, isSafeU64 } from '../certificates/certificate-codec.js';
import { VoteType, type Hash, type SignedVote, type Vote } from '../certificates/vote.js';
import type { Certificate } from '../certificates/certificate.js';

/** Thrown inside a decoder only; `decodeMessage` turns it into a code. */
export class MalformedMessage extends Error {}

/** Reads fixed-width fields, big endian, and refuses what is short, out of bounds or not canonical. */
export class MessageReader {
  #offset = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  u8(): number {
    return this.#take(1)[0] ?? 0;
  }

  u32(): number {
    const at = this.#offset;
    this.#take(4);
    return readU32(this.#bytes, at);
  }

  /** A u64 of at most 2^53-1. */
  u64(): number {
    const at = this.#offset;
    this.#take(8);
    if (!isSafeU64(this.#bytes, at)) throw new MalformedMessage('a number above 2^53-1');
    return readU64(this.#bytes, at);
  }

  flag(): boolean {
    const value = this.u8();
    if (value > 1) throw new MalformedMessage('a flag is 0 or 1');
    return value === 1;
  }

  /** A u32 count of at most `max`. */
  count(max: number): number {
    const value = this.u32();
    if (value > max) throw new MalformedMessage(`a count of ${value} over ${max}`);
    return value;
  }

  hash(): Hash {
    return toHex(this.#take(32));
  }

  optionalHash(): Hash | null {
    return this.flag() ? this.hash() : null;
  }

  bytes(length: number): Uint8Array {
    return this.#take(length).slice();
  }

  /** Bytes behind a u32 length of 1 to `max`. */
  block(max: number): Uint8Array {
    const length = this.count(max);
    if (length === 0) throw new MalformedMessage('an empty part');
    return this.bytes(length);
  }

  certificate(): Certificate {
    const read = decodeCertificateAt(this.#bytes, this.#offset);
    if (read === null) throw new MalformedMessage('not a certificate');
    this.#offset = read.next;
    return read.certificate;
  }

  certificates(max: number): Certificate[] {
    return Array.from({ length: this.count(max) }, () => this.certificate());
  }

  vote(): SignedVote {
    const type = this.u8();
    const sender = this.u8();
    const fields = { epoch: this.u32(), view: this.u64() };
    if (fields.view === 0) throw new MalformedMessage('view 0 is not voted on');
    return { vote: this.#statement(type, fields), sender, signature: this.bytes(64) };
  }

  #statement(type: number, fields: { readonly epoch: number; readonly view: number }): Vote {
    switch (type) {
      case VoteType.PROPOSE:
      case VoteType.PREPARE:
      case VoteType.COMMIT:
        return { type, ...fields, blockHash: this.hash() };
      case VoteType.IMPEACH:
        return { type, ...fields };
      default:
        throw new MalformedMessage(`vote type ${type}`);
    }
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw new MalformedMessage('bytes behind the message');
  }

  #take(length: number): Uint8Array {
    if (this.#offset + length > this.#bytes.length) throw new MalformedMessage('the message is short');
    const part = this.#bytes.subarray(this.#offset, this.#offset + length);
    this.#offset += length;
    return part;
  }
}

/** type u8 | sender u8 | epoch u32 | view u64 | blockHash 32 (none for IMPEACH) | signature 64. */
export function encodeVote({ vote, sender, signature }: SignedVote): Uint8Array {
  return concatBytes(
    Uint8Array.of(vote.type, sender),
    u32Bytes(vote.epoch),
    u64Bytes(vote.view),
    vote.type === VoteType.IMPEACH ? new Uint8Array(0) : fromHex(vote.blockHash),
    signature,
  );
}

export function encodeCertificates(certificates: readonly Certificate[]): Uint8Array {
  return concatBytes(u32Bytes(certificates.length), ...certificates.map(encodeCertificate));
}

export function encodeBlocks(parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(u32Bytes(parts.length), ...parts.flatMap((part) => [u32Bytes(part.length), part]));
}

export function encodeOptionalHash(hash: Hash | null): Uint8Array {
  return hash === null ? Uint8Array.of(0) : concatBytes(Uint8Array.of(1), fromHex(hash));
}

export function encodeFlag(flag: boolean): Uint8Array {
  return Uint8Array.of(flag ? 1 : 0);
}
