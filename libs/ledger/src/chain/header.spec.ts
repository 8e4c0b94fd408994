import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { BlockKind, decodeHeader, encodeHeader, headerHash, HEADER_BYTES, type Header } from './index.js';

const hash = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const header: Header = {
  version: 0x0102,
  suite: 1,
  kind: BlockKind.EDGE,
  genesisHash: hash(1),
  epoch: 3,
  view: 4,
  height: Number.MAX_SAFE_INTEGER,
  parentHash: hash(2),
  parentView: 5,
  time: 1_790_000_000_000,
  leaderIdx: 130,
  txCount: 6,
  bodyBytes: 7,
  txRoot: hash(3),
  parentStateRoot: hash(4),
  parentReceiptRoot: hash(5),
  sideRoot: hash(6),
  historyRoot: hash(7),
  committeeHash: hash(8),
  generation: 8,
  nextCommitteeHash: hash(9),
  nextProposersHash: hash(10),
  nextSeed: hash(11),
  edgeHash: hash(12),
  reveal: hash(13),
  signal: 9,
  extraRoot: hash(14),
};

describe('a block header', () => {
  it('is 509 bytes and comes back as it was', () => {
    const bytes = encodeHeader(header);
    expect(bytes.length).toBe(509);
    expect(decodeHeader(bytes)).toEqual({ ok: true, value: header });
    expect(headerHash(hashing, bytes)).toEqual(hashing.sha256(bytes));
  });

  it('has its fields where the protocol puts them', () => {
    const bytes = encodeHeader(header);
    expect([...bytes.subarray(0, 4)]).toEqual([1, 2, 1, 1]);
    expect(bytes.subarray(4, 36)).toEqual(hash(1));
    expect([...bytes.subarray(36, 40)]).toEqual([0, 0, 0, 3]);
    expect([...bytes.subarray(48, 56)]).toEqual([0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    expect(bytes[104]).toBe(130);
    expect(bytes.subarray(477, 509)).toEqual(hash(14));
  });

  it('is refused when shorter, longer, of an unknown kind or with a number above 2^53-1', () => {
    const bytes = encodeHeader(header);
    expect(decodeHeader(bytes.slice(1))).toMatchObject({ refusal: { code: 'HEADER_MALFORMED' } });
    expect(decodeHeader(new Uint8Array(HEADER_BYTES + 1))).toMatchObject({ refusal: { code: 'HEADER_MALFORMED' } });
    const kind = bytes.slice();
    kind[3] = 3;
    expect(decodeHeader(kind)).toMatchObject({ refusal: { code: 'HEADER_MALFORMED', pointer: '/kind' } });
    const height = bytes.slice();
    height[49] = 0x20;
    expect(decodeHeader(height)).toMatchObject({ refusal: { code: 'HEADER_MALFORMED', pointer: '/height' } });
  });

  it('is not encoded when a field does not fit', () => {
    expect(() => encodeHeader({ ...header, txRoot: new Uint8Array(31) })).toThrow('txRoot');
    expect(() => encodeHeader({ ...header, leaderIdx: 256 })).toThrow('leaderIdx');
    expect(() => encodeHeader({ ...header, view: -1 })).toThrow(RangeError);
  });
});
