import type { Certificate } from './certificate.js';
import { VoteType, type SignedVote } from './vote.js';

/** Largest committee: the bitmap has 32 bits and certificates stay small. */
export const COMMITTEE_SIZE_MAX = 31;

/** f: how many of n may be arbitrarily faulty, floor((n-1)/3). */
export function faultTolerance(committeeSize: number): number {
  return Math.floor((committeeSize - 1) / 3);
}

/** q = n - f, for all three kinds of certificate: two quorums share at least f+1 members for every n. Never 2f+1. */
export function quorum(committeeSize: number): number {
  return committeeSize - faultTolerance(committeeSize);
}

/** Committee indices named by a bitmap, ascending. */
export function signersOf(bitmap: number): number[] {
  const signers: number[] = [];
  for (let index = 0; index < 32; index++) if ((bitmap >>> index) & 1) signers.push(index);
  return signers;
}

/**
 * The certificate made of the q votes with the lowest indices, or null when there are fewer than `needed` distinct senders. Duty of the caller: all votes are
 * verified and say the same thing.
 */
export function assembleCertificate(votes: readonly SignedVote[], needed: number): Certificate | null {
  const bySender = [...new Map(votes.map((vote) => [vote.sender, vote])).values()].sort((a, b) => a.sender - b.sender);
  const first = bySender[0];
  if (first === undefined || bySender.length < needed) return null;
  const chosen = bySender.slice(0, needed);
  const fields = {
    epoch: first.vote.epoch,
    view: first.vote.view,
    bitmap: chosen.reduce((bits, { sender }) => (bits | (1 << sender)) >>> 0, 0),
    signatures: chosen.map(({ signature }) => signature),
  };
  switch (first.vote.type) {
    case VoteType.PREPARE:
      return { kind: 'P', ...fields, blockHash: first.vote.blockHash };
    case VoteType.COMMIT:
      return { kind: 'C', ...fields, blockHash: first.vote.blockHash };
    case VoteType.IMPEACH:
      return { kind: 'I', ...fields };
    case VoteType.PROPOSE:
      throw new Error('a PROPOSE makes no certificate');
  }
}
