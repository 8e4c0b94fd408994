/** Committees: who sits, in which order, and the hash by which a header names them (consensus.md 2.1, 2.4). */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, concatBytes, fromHex, u32Bytes, utf8 } from '../primitives/index.js';
import type { Committee, CommitteeMember, Genesis, SeatClass, TrustRoot } from './genesis-types.js';

/** The class byte of each seat class in a committee hash. */
export const CLASS_NUMBER: Readonly<Record<SeatClass, 1 | 2 | 3>> = { regulator: 1, nominated: 2, elected: 3 };
export const MEMBERS_MAX = 31;

/** Faults that n validators bear: floor((n-1)/3). */
export function faultsOf(memberCount: number): number {
  return Math.floor((memberCount - 1) / 3);
}

/** Signatures in every certificate: q = n - f. */
export function quorumOf(memberCount: number): number {
  return memberCount - faultsOf(memberCount);
}

const inIdOrder = (members: readonly CommitteeMember[]): CommitteeMember[] =>
  [...members].sort((a, b) => compareBytes(a.memberId, b.memberId));

/** Committee of epoch 0, generation 0. */
export function committeeOf(genesis: Genesis): Committee {
  return {
    epoch: 0,
    generation: 0,
    members: inIdOrder(
      genesis.validators.map((validator) => ({
        memberId: fromHex(validator.memberId),
        class: CLASS_NUMBER[validator.class],
        key: fromHex(validator.consensusKey),
      })),
    ),
  };
}

/** Proposers of epoch 0 in id order, which is their order in the schedule; class 4. */
export function proposersOf(genesis: Genesis): Committee {
  const validators = new Map(genesis.validators.map((validator) => [validator.memberId, validator]));
  return {
    epoch: 0,
    generation: 0,
    members: inIdOrder(
      genesis.proposers.map((memberId) => {
        const validator = validators.get(memberId);
        if (validator === undefined) throw new RangeError(`proposer ${memberId} is no validator`);
        return { memberId: fromHex(memberId), class: 4, key: fromHex(validator.consensusKey) };
      }),
    ),
  };
}

/** Committee that a trust root names. */
export function committeeOfTrustRoot(root: TrustRoot): Committee {
  return {
    epoch: root.committee.epoch,
    generation: root.committee.generation,
    members: inIdOrder(
      root.committee.members.map((member) => ({
        memberId: fromHex(member.memberId),
        class: member.class,
        key: fromHex(member.key),
      })),
    ),
  };
}

function membersHash(hashing: Hashing, tag: string, members: readonly CommitteeMember[]): Uint8Array {
  if (members.length > MEMBERS_MAX) throw new RangeError(`at most ${MEMBERS_MAX} members`);
  const parts = inIdOrder(members).flatMap((member) => [member.memberId, Uint8Array.of(member.class), member.key]);
  return hashing.sha256(concatBytes(utf8(tag), Uint8Array.of(members.length), ...parts));
}

/** SHA-256('LBFT3-committee' || n u8 || n x {memberId 32, class u8, key 32}). Epoch and generation are not hashed. */
export function committeeHash(hashing: Hashing, committee: Committee): Uint8Array {
  return membersHash(hashing, 'LBFT3-committee', committee.members);
}

/** The same with 'LBFT3-proposers'. */
export function proposersHash(hashing: Hashing, proposers: Committee): Uint8Array {
  return membersHash(hashing, 'LBFT3-proposers', proposers.members);
}

/** seed_0 = SHA-256("seed" || u32(0) || genesisHash). */
export function genesisSeed(hashing: Hashing, genesisHash: Uint8Array): Uint8Array {
  return hashing.sha256(concatBytes(utf8('seed'), u32Bytes(0), genesisHash));
}

/** SHA-256("waymark/member" || account || 0x00 || node). */
export function memberIdOf(hashing: Hashing, account: string, node: string): Uint8Array {
  return hashing.sha256(concatBytes(utf8('waymark/member'), utf8(account), Uint8Array.of(0), utf8(node)));
}
