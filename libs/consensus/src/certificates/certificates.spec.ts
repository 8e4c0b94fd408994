import { generateKeyPairSync, sign, verify, createPublicKey, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toHex } from '@waymark/ledger/primitives';
import {
  assembleCertificate,
  certificateChecks,
  decodeCertificate,
  encodeCertificate,
  faultTolerance,
  quorum,
  signersOf,
  verifyCommitCertificate,
  votesInCertificate,
  voteSignBytes,
  VoteType,
  type Certificate,
  type CommitCertificate,
  type SignatureCheck,
  type SignedVote,
} from './index.js';

const genesisHash = '11'.repeat(32);
const blockHash = 'ab'.repeat(32);
const commit = { type: VoteType.COMMIT, epoch: 0, view: 7, blockHash } as const;
const header = { blockHash, epoch: 0, view: 7 };

interface Member {
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
}
const members: readonly Member[] = Array.from({ length: 4 }, () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(12)) };
});
const committee = members.map(({ publicKey }) => publicKey);
const vote = (sender: number): SignedVote => ({
  vote: commit,
  sender,
  signature: new Uint8Array(sign(null, voteSignBytes(commit, genesisHash), members[sender]!.privateKey)),
});
const verifyAll = (checks: readonly SignatureCheck[]): boolean[] =>
  checks.map(({ publicKey, message, signature }) => {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
    return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
  });
const certificateOf = (...senders: number[]): CommitCertificate =>
  assembleCertificate(senders.map(vote), senders.length) as CommitCertificate;
const judge = (certificate: CommitCertificate, of = header): ReturnType<typeof verifyCommitCertificate> =>
  verifyCommitCertificate({ header: of, certificate, committee, genesisHash, verify: verifyAll });

describe('quorums', () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'of %i members share f+1 with every other quorum and live without f',
    (size) => {
      const f = faultTolerance(size);
      const q = quorum(size);
      expect(3 * f + 1).toBeLessThanOrEqual(size);
      expect(q).toBe(Math.floor((2 * size) / 3) + 1);
      expect(2 * q - size).toBeGreaterThanOrEqual(f + 1);
      expect(size - f).toBeGreaterThanOrEqual(q);
    },
  );

  it('are not 2f+1 where that is too few', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(quorum)).toEqual([1, 2, 3, 3, 4, 5, 5]);
  });
});

describe('the bytes a vote signs', () => {
  it('name protocol, suite, chain, type, epoch and view in fixed width', () => {
    expect(toHex(voteSignBytes({ ...commit, epoch: 258, view: 2 ** 40 }, genesisHash))).toBe(
      `4c42465433` + `01` + genesisHash + `03` + `00000102` + `0000010000000000` + blockHash,
    );
  });

  it('of an IMPEACH end with the view', () => {
    expect(voteSignBytes({ type: VoteType.IMPEACH, epoch: 0, view: 1 }, genesisHash)).toHaveLength(51);
  });
});

describe('a certificate', () => {
  it('takes the q lowest signers in index order, each once', () => {
    const certificate = assembleCertificate([vote(3), vote(1), vote(1), vote(0), vote(2)], 3);
    expect(certificate).toMatchObject({ kind: 'C', view: 7, blockHash, bitmap: 0b0111 });
    expect(votesInCertificate(certificate!)).toEqual([vote(0), vote(1), vote(2)]);
  });

  it('is not made of one vote counted three times', () => {
    expect(assembleCertificate([vote(1), vote(1), vote(1)], 3)).toBeNull();
  });

  it('of exactly q valid signatures makes its header final', async () => {
    expect(await judge(certificateOf(0, 2, 3))).toEqual({ kind: 'VALID' });
  });

  it.each<[string, CommitCertificate, string]>([
    ['too few signers', certificateOf(0, 1), 'TOO_FEW'],
    ['more than q signers', certificateOf(0, 1, 2, 3), 'TOO_MANY'],
    ['a signer outside the committee', { ...certificateOf(0, 1, 2), bitmap: 0b10011 }, 'SIGNER_UNKNOWN'],
    [
      'a signature too few',
      { ...certificateOf(0, 1, 2), signatures: certificateOf(0, 1).signatures },
      'SIGNATURE_COUNT',
    ],
    [
      'signatures in another order',
      { ...certificateOf(0, 1, 2), signatures: certificateOf(0, 1, 2).signatures.toReversed() },
      'SIGNATURE_INVALID',
    ],
    ['a signer who did not sign', { ...certificateOf(0, 1, 2), bitmap: 0b1011 }, 'SIGNATURE_INVALID'],
    ['signatures of another view', { ...certificateOf(0, 1, 2), view: 8 }, 'HEADER_MISMATCH'],
    ['signatures of another block', { ...certificateOf(0, 1, 2), blockHash: 'cd'.repeat(32) }, 'HEADER_MISMATCH'],
  ])('with %s is refused', async (_, certificate, code) => {
    expect(await judge(certificate)).toEqual({ kind: 'INVALID', code });
  });

  it('does not hold for a header that only says the same view', async () => {
    const other = { ...header, blockHash: 'cd'.repeat(32) };
    expect(await judge({ ...certificateOf(0, 1, 2), blockHash: other.blockHash }, other)).toEqual({
      kind: 'INVALID',
      code: 'SIGNATURE_INVALID',
    });
  });

  it('of another chain is refused', () => {
    const listed = certificateChecks(certificateOf(0, 1, 2), committee, '22'.repeat(32));
    expect('checks' in listed && verifyAll(listed.checks)).toEqual([false, false, false]);
  });

  it('of prepares does not pass as one of commits', async () => {
    const prepares = [0, 1, 2].map((sender): SignedVote => {
      const prepare = { ...commit, type: VoteType.PREPARE };
      return {
        vote: prepare,
        sender,
        signature: new Uint8Array(sign(null, voteSignBytes(prepare, genesisHash), members[sender]!.privateKey)),
      };
    });
    const prepared = assembleCertificate(prepares, 3)!;
    expect(await judge({ ...prepared, kind: 'C', blockHash })).toEqual({ kind: 'INVALID', code: 'SIGNATURE_INVALID' });
  });
});

describe('the encoding of a certificate', () => {
  const impeached: Certificate = {
    kind: 'I',
    epoch: 3,
    view: 2 ** 53 - 1,
    bitmap: 0b1101,
    signatures: certificateOf(0, 2, 3).signatures,
  };

  it.each([certificateOf(0, 1, 2), impeached])('is read back as it was ($kind)', (certificate) => {
    expect(decodeCertificate(encodeCertificate(certificate))).toEqual(certificate);
  });

  it('is refused at every cut and with anything behind it', () => {
    const bytes = encodeCertificate(impeached);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeCertificate(bytes.subarray(0, length))).toBeNull();
    expect(decodeCertificate(new Uint8Array([...bytes, 0]))).toBeNull();
  });

  it('has at most 31 members and numbers of at most 2^53-1', () => {
    const bytes = encodeCertificate(impeached);
    const tooLate = bytes.slice();
    tooLate[6] = 0x20;
    expect(decodeCertificate(tooLate)).toBeNull();
    expect(decodeCertificate(encodeCertificate({ ...impeached, bitmap: 0x80000003 }))).toBeNull();
  });

  it('names signers by the least significant bit first', () => {
    expect(signersOf(0x80000005)).toEqual([0, 2, 31]);
  });
});
