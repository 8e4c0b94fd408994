/** Who is who: the committee of epoch 0 and its proposers, as genesis names them (docs/protocol/formats.md section 5). */
import type { Hashing } from '@waymark/accel/contract';
import { committeeHash, committeeOf, memberIdOf, type Genesis } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';

export interface Member {
  /** Position in the committee. */
  readonly index: number;
  readonly account: string;
  readonly node: string;
  readonly consensusKey: Uint8Array;
  /** Ed25519 key of its node certificate, hex: how its session is known. */
  readonly p2pKey: string;
}

export interface Roster {
  readonly members: readonly Member[];
  /** Consensus keys in committee order. */
  readonly committeeKeys: readonly Uint8Array[];
  /** Consensus keys in proposer order. */
  readonly proposerKeys: readonly Uint8Array[];
  /** Committee index of each proposer, in proposer order. */
  readonly proposers: readonly number[];
  readonly committeeHash: Uint8Array;
  memberByP2pKey(key: string): Member | undefined;
}

export function rosterOf(hashing: Hashing, genesis: Genesis): Roster {
  const byId = new Map(genesis.validators.map((validator) => [validator.memberId, validator]));
  const committee = committeeOf(genesis);
  const members = committee.members.map(({ memberId, key }, index): Member => {
    const validator = byId.get(toHex(memberId));
    if (validator === undefined) throw new Error('the committee names a validator that genesis does not');
    return { index, account: validator.account, node: validator.node, consensusKey: key, p2pKey: validator.p2pKey };
  });
  const indexOf = new Map(committee.members.map(({ memberId }, index) => [toHex(memberId), index]));
  const proposers = [...genesis.proposers].sort().map((memberId) => {
    const index = indexOf.get(memberId);
    if (index === undefined) throw new Error('a proposer is not in the committee');
    return index;
  });
  const byKey = new Map(members.map((member) => [member.p2pKey, member]));
  return {
    members,
    committeeKeys: members.map(({ consensusKey }) => consensusKey),
    proposerKeys: proposers.map((index) => (members[index] as Member).consensusKey),
    proposers,
    committeeHash: committeeHash(hashing, committee),
    memberByP2pKey: (key) => byKey.get(key),
  };
}

/** Committee index of a node by its names; null when it has no seat. */
export function seatOf(hashing: Hashing, genesis: Genesis, account: string, node: string): number | null {
  const memberId = toHex(memberIdOf(hashing, account, node));
  const index = committeeOf(genesis).members.findIndex((member) => toHex(member.memberId) === memberId);
  return index < 0 ? null : index;
}
