import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import type { Certificate } from '../certificates/certificate.js';
import type { Status } from '../lbft/messages.js';
import {
  decodeLoggedBlock,
  decodeMessage,
  encodeLoggedBlock,
  encodeMessage,
  MessageType,
  type WireMessage,
} from './index.js';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
const header = fc.uint8Array({ minLength: 509, maxLength: 509 });
const view = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const epoch = fc.integer({ min: 0, max: 0xffffffff });
const sender = fc.integer({ min: 0, max: 30 });
const blockVote = (
  type: typeof VoteType.PROPOSE | typeof VoteType.PREPARE | typeof VoteType.COMMIT,
): fc.Arbitrary<SignedVote> =>
  fc.record({ vote: fc.record({ type: fc.constant(type), epoch, view, blockHash: hash }), sender, signature });
const impeachVote: fc.Arbitrary<SignedVote> = fc.record({
  vote: fc.record({ type: fc.constant(VoteType.IMPEACH), epoch, view }),
  sender,
  signature,
});
const certificate = (...kinds: Certificate['kind'][]): fc.Arbitrary<Certificate> =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      epoch,
      view,
      blockHash: hash,
      signers: fc.uniqueArray(sender, { minLength: 1, maxLength: 5 }),
      each: signature,
    })
    .map(({ kind, signers, blockHash, each, ...fields }): Certificate => {
      const bitmap = signers.reduce((bits, index) => bits + 2 ** index, 0);
      const rest = { ...fields, bitmap, signatures: signers.map(() => each) };
      return kind === 'I' ? { kind, ...rest } : { kind, ...rest, blockHash };
    });
const transaction = fc.uint8Array({ minLength: 1, maxLength: 40 });
const votes = fc.array(fc.oneof(blockVote(VoteType.PREPARE), blockVote(VoteType.COMMIT), impeachVote), {
  maxLength: 4,
});
const status: fc.Arbitrary<Status> = fc.record({
  epoch,
  view,
  state: fc.constantFrom('IDLE', 'PREPARE', 'COMMIT', 'IMPEACH_PREPARE', 'IMPEACH_COMMIT'),
  quarantined: fc.boolean(),
  edgePending: fc.boolean(),
  finalView: fc.nat(),
  finalHeight: fc.nat(),
  entryCertificateHash: fc.option(hash),
  commitCertificateHash: fc.option(hash),
  yours: fc.option(blockVote(VoteType.PROPOSE)),
  ownVotes: votes,
});
const proposalBody = fc.oneof(
  fc.record({ kind: fc.constant('HASHES' as const), txHashes: fc.array(hash, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('FULL' as const), transactions: fc.array(transaction, { maxLength: 3 }) }),
);
const certificates = fc.array(certificate('P', 'C', 'I'), { maxLength: 3 });
const block = fc.record({
  header,
  transactions: fc.array(transaction, { maxLength: 3 }),
  proposal: fc.option(fc.record({ vote: blockVote(VoteType.PROPOSE), certificates })),
});
const message = fc.oneof(
  fc.record({
    type: fc.constant(MessageType.PROPOSE),
    proposal: fc.record({ vote: blockVote(VoteType.PROPOSE), header, certificates, body: proposalBody }),
  }),
  fc.record({ type: fc.constant(MessageType.PREPARE), vote: blockVote(VoteType.PREPARE) }),
  fc.record({ type: fc.constant(MessageType.COMMIT), vote: blockVote(VoteType.COMMIT) }),
  fc.record({
    type: fc.constant(MessageType.IMPEACH),
    vote: impeachVote,
    reason: fc.constantFrom('TIMEOUT', 'ILLICIT', 'FOLLOWED'),
  }),
  fc.record({ type: fc.constant(MessageType.P_CERT), certificate: certificate('P') }),
  fc.record({ type: fc.constant(MessageType.I_CERT), certificate: certificate('I') }),
  fc.record({ type: fc.constant(MessageType.VALIDATE), certificate: certificate('C'), header }),
  fc.record({ type: fc.constant(MessageType.STATUS), status }),
  fc
    .record({ epoch, fromView: fc.nat(), more: fc.nat(63) })
    .map(({ more, ...rest }) => ({ type: MessageType.CERT_REQ, ...rest, toView: rest.fromView + more })),
  fc.record({ type: fc.constant(MessageType.CERT_RESP), certificates }),
  fc.record({
    type: fc.constant(MessageType.BLOCK_REQ),
    request: fc.oneof(
      fc.record({ by: fc.constant('HASHES'), hashes: fc.array(hash, { maxLength: 3 }) }),
      fc
        .record({ fromHeight: fc.nat(), more: fc.nat() })
        .map(({ fromHeight, more }) => ({ by: 'HEIGHTS', fromHeight, toHeight: fromHeight + more })),
      fc.record({ by: fc.constant('TRANSACTIONS'), blockHash: hash, indexes: fc.array(fc.nat(), { maxLength: 3 }) }),
    ),
  }),
  fc.record({
    type: fc.constant(MessageType.BLOCK_RESP),
    response: fc.oneof(
      fc.record({ of: fc.constant('BLOCKS'), blocks: fc.array(block, { maxLength: 2 }) }),
      fc.record({
        of: fc.constant('TRANSACTIONS'),
        blockHash: hash,
        transactions: fc.array(fc.record({ index: fc.nat(), transaction }), { maxLength: 2 }),
      }),
    ),
  }),
  fc.record({ type: fc.constant(MessageType.TX), transaction }),
) as fc.Arbitrary<WireMessage>;

/** Plain arrays in place of typed ones, so that equality is by value. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, item: unknown) => (item instanceof Uint8Array ? [...item] : item)));

describe('the wire', () => {
  it('gives every message back as it was sent', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const decoded = decodeMessage(sent.type, encodeMessage(sent));
        expect('message' in decoded && plain(decoded.message)).toEqual(plain(sent));
      }),
      { numRuns: 500 },
    );
  });

  it('has one encoding of each message: what decodes encodes to the same bytes', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, at, flip) => {
        const bytes = encodeMessage(sent);
        bytes[at % bytes.length]! ^= flip;
        const decoded = decodeMessage(sent.type, bytes);
        if ('message' in decoded) expect(Buffer.from(encodeMessage(decoded.message)).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every message cut short or with a byte behind it', () => {
    fc.assert(
      fc.property(
        message.filter(({ type }) => type !== MessageType.TX),
        fc.nat(),
        (sent, cut) => {
          const bytes = encodeMessage(sent);
          expect(decodeMessage(sent.type, bytes.subarray(0, cut % bytes.length))).toHaveProperty('malformed');
          expect(decodeMessage(sent.type, new Uint8Array([...bytes, 0]))).toHaveProperty('malformed');
        },
      ),
    );
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(MessageType)), fc.uint8Array({ maxLength: 300 }), (type, bytes) => {
        expect(Object.keys(decodeMessage(type, bytes))).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, number, Uint8Array]>([
    ['an unknown type', 0x55, new Uint8Array(10)],
    [
      'more than 64 views asked for',
      MessageType.CERT_REQ,
      encodeMessage({ type: MessageType.CERT_REQ, epoch: 0, fromView: 1, toView: 65 }),
    ],
    [
      'views backwards',
      MessageType.CERT_REQ,
      encodeMessage({ type: MessageType.CERT_REQ, epoch: 0, fromView: 9, toView: 8 }),
    ],
    [
      'a COMMIT in the frame of a PREPARE',
      MessageType.PREPARE,
      encodeMessage(
        fc.sample(fc.record({ type: fc.constant(MessageType.COMMIT), vote: blockVote(VoteType.COMMIT) }), 1)[0]!,
      ),
    ],
    ['a count that promises more than there is', MessageType.CERT_RESP, Uint8Array.of(0, 0, 0, 128)],
    ['a transaction of no bytes', MessageType.TX, new Uint8Array(0)],
  ])('refuses %s', (_, type, bytes) => {
    expect(decodeMessage(type, bytes)).toHaveProperty('malformed');
  });

  it('gives a logged block back', () => {
    fc.assert(
      fc.property(block, (stored) => {
        const bytes = encodeLoggedBlock(stored);
        expect(plain(decodeLoggedBlock(bytes))).toEqual(plain(stored));
        expect(decodeLoggedBlock(bytes.subarray(1))).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
