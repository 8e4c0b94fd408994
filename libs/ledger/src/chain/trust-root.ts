/** The trust root of formats.md 5: what a phone holds before it believes anybody. */
import type { Hashing } from '@waymark/accel/contract';
import { toHex } from '../primitives/index.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { CLASS_NUMBER, MEMBERS_MAX } from './committee.js';
import { encodeGenesis } from './genesis.js';
import type { Genesis, LocalName, TrustRoot } from './genesis-types.js';
import { array, hex, integer, localName, object, oneOf, ShapeError, text } from './json-shape.js';
import { done, refused, type Outcome } from './refusal.js';

/** The trust root that follows from a genesis: its first committee, named by the organisations behind it. */
export function trustRootOf(hashing: Hashing, genesis: Genesis): TrustRoot {
  const names = new Map(genesis.organisations.map((organisation) => [organisation.account, organisation.name]));
  const validatorNames: Record<string, LocalName> = {};
  for (const validator of genesis.validators) {
    const name = names.get(validator.account);
    if (name === undefined) throw new RangeError(`validator of unknown account ${validator.account}`);
    validatorNames[validator.memberId] = name;
  }
  return {
    format: 'waymark-trust/1',
    suite: 1,
    chainId: genesis.chainId,
    genesisHash: toHex(hashing.sha256(encodeGenesis(genesis))),
    committee: {
      epoch: 0,
      generation: 0,
      members: genesis.validators.map((validator) => ({
        memberId: validator.memberId,
        class: CLASS_NUMBER[validator.class],
        key: validator.consensusKey,
      })),
    },
    validatorNames,
  };
}

/** The file's bytes: RFC 8785. */
export function encodeTrustRoot(root: TrustRoot): Uint8Array {
  return canonicalJson(root);
}

function readTrustRoot(value: unknown): TrustRoot {
  const root = object(value, '', ['format', 'suite', 'chainId', 'genesisHash', 'committee', 'validatorNames']);
  const committee = object(root['committee'], '/committee', ['epoch', 'generation', 'members']);
  const members = array(committee['members'], '/committee/members', 1, MEMBERS_MAX).map((item, at) => {
    const pointer = `/committee/members/${at}`;
    const member = object(item, pointer, ['memberId', 'class', 'key']);
    return {
      memberId: hex(member['memberId'], `${pointer}/memberId`, 32),
      class: integer(member['class'], `${pointer}/class`, 1, 3) as 1 | 2 | 3,
      key: hex(member['key'], `${pointer}/key`, 32),
    };
  });
  for (const [at, member] of members.entries()) {
    const before = members[at - 1];
    if (before !== undefined && before.memberId >= member.memberId)
      throw new ShapeError(`/committee/members/${at}/memberId`, 'not in order');
    if (members.findIndex((other) => other.key === member.key) !== at)
      throw new ShapeError(`/committee/members/${at}/key`, 'a key twice');
  }
  const ids = members.map((member) => member.memberId);
  const names = object(root['validatorNames'], '/validatorNames', ids);
  return {
    format: oneOf(root['format'], '/format', ['waymark-trust/1']),
    suite: integer(root['suite'], '/suite', 1, 1) as 1,
    chainId: text(root['chainId'], '/chainId', /^[a-z0-9](?:[-.a-z0-9]{0,62}[a-z0-9])?$/),
    genesisHash: hex(root['genesisHash'], '/genesisHash', 32),
    committee: {
      epoch: integer(committee['epoch'], '/committee/epoch', 0, 0xffffffff),
      generation: integer(committee['generation'], '/committee/generation', 0, 0xffffffff),
      members,
    },
    validatorNames: Object.fromEntries(ids.map((id) => [id, localName(names[id], `/validatorNames/${id}`)])),
  };
}

/** Refused: `TRUST_ROOT_MALFORMED` with the pointer of the wrong part. */
export function parseTrustRoot(bytes: Uint8Array): Outcome<TrustRoot> {
  const parsed = parseCanonicalJson(bytes);
  if (parsed === undefined) return refused('TRUST_ROOT_MALFORMED', '', { reason: 'not canonical JSON' });
  try {
    return done(readTrustRoot(parsed.value));
  } catch (error) {
    if (error instanceof ShapeError) return refused('TRUST_ROOT_MALFORMED', error.pointer, { reason: error.reason });
    throw error;
  }
}

/** What people compare: the first 8 bytes of the file's SHA-256, `3F2A-91C4-77B0-12DE`. */
export function trustFingerprint(hashing: Hashing, bytes: Uint8Array): string {
  const digits = toHex(hashing.sha256(bytes).subarray(0, 8)).toUpperCase();
  return (digits.match(/.{4}/g) as string[]).join('-');
}
