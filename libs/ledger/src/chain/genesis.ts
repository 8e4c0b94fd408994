/** The genesis file of formats.md 5. */
import type { Hashing, SignatureCheck } from '@waymark/accel/contract';
import { isAccountName } from '../accounts/account.js';
import { concatBytes, fromHex, parseHex, toHex, utf8 } from '../primitives/index.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { faultsOf, memberIdOf, MEMBERS_MAX } from './committee.js';
import type { Genesis, GenesisParameters } from './genesis-types.js';
import { array, hex, integer, localName, object, oneOf, ShapeError, text } from './json-shape.js';
import { done, refused, type Outcome } from './refusal.js';
import { EXPIRY_HEIGHTS_MAX, MAX_TX_BYTES } from './transaction.js';

/** A genesis that obeys every rule that needs no elliptic curve, and what somebody with an engine must still check. */
export interface CheckedGenesis {
  readonly genesis: Genesis;
  /** SHA-256 of the file. */
  readonly genesisHash: Uint8Array;
  /** Proofs of possession, organisations first. */
  readonly checks: readonly SignatureCheck[];
  /** Keys of which each must be of prime order. */
  readonly keys: readonly Uint8Array[];
}

/** The file's bytes: RFC 8785. Lists must be sorted already; `parseGenesis` says so when they are not. */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  return canonicalJson(genesis);
}

/** genesisHash: SHA-256 of the file. */
export function genesisHashOf(hashing: Hashing, bytes: Uint8Array): Uint8Array {
  return hashing.sha256(bytes);
}

/** What the holder of a key signs to show that it holds it: "waymark/pop/1" || role || 0x00 || account. */
export function proofOfPossessionBytes(role: 'organisation' | 'consensus', account: string): Uint8Array {
  return concatBytes(utf8('waymark/pop/1'), utf8(role), Uint8Array.of(0), utf8(account));
}

const PARAMETERS: Readonly<Record<keyof GenesisParameters, readonly [least: number, most: number]>> = {
  deltaMs: [1, 60_000],
  minBlockMs: [0, 60_000],
  slotMs: [1, 600_000],
  maxBlockBytes: [1_024, 64 * 1_048_576],
  maxTxBytes: [1_024, MAX_TX_BYTES],
  expiryHeightsMax: [1, EXPIRY_HEIGHTS_MAX],
  // Room for rules to come. A chain that asks for them needs a version that has them.
  guardianEvery: [0, 0],
  epochLength: [0, 0],
};

const CHAIN_ID = /^[a-z0-9](?:[-.a-z0-9]{0,62}[a-z0-9])?$/;
const NODE_NAME = /^[a-z0-9](?:[-.a-z0-9]{0,62}[a-z0-9])?$/;
const PREFIX = /^[0-9]{4,12}$/;

function readGenesis(value: unknown): Genesis {
  const root = object(value, '', [
    'format',
    'suite',
    'chainId',
    'timeMs',
    'parameters',
    'organisations',
    'validators',
    'proposers',
  ]);
  const parameters = object(root['parameters'], '/parameters', Object.keys(PARAMETERS));
  const read: Record<string, number> = {};
  for (const [name, [least, most]] of Object.entries(PARAMETERS))
    read[name] = integer(parameters[name], `/parameters/${name}`, least, most);
  return {
    format: oneOf(root['format'], '/format', ['waymark-genesis/1']),
    suite: integer(root['suite'], '/suite', 1, 1) as 1,
    chainId: text(root['chainId'], '/chainId', CHAIN_ID),
    timeMs: integer(root['timeMs'], '/timeMs', 0, Number.MAX_SAFE_INTEGER),
    parameters: read as unknown as GenesisParameters,
    organisations: array(root['organisations'], '/organisations', 1, 10_000).map((item, at) => {
      const pointer = `/organisations/${at}`;
      const organisation = object(item, pointer, ['account', 'name', 'role', 'keys', 'companyPrefixes']);
      return {
        account: accountName(organisation['account'], `${pointer}/account`),
        name: localName(organisation['name'], `${pointer}/name`),
        role: oneOf(organisation['role'], `${pointer}/role`, ['company', 'regulator']),
        keys: array(organisation['keys'], `${pointer}/keys`, 1, 8).map((key, index) => {
          const place = `${pointer}/keys/${index}`;
          const fields = object(key, place, ['publicKey', 'proofOfPossession']);
          return {
            publicKey: hex(fields['publicKey'], `${place}/publicKey`, 32),
            proofOfPossession: hex(fields['proofOfPossession'], `${place}/proofOfPossession`, 64),
          };
        }),
        companyPrefixes: array(organisation['companyPrefixes'], `${pointer}/companyPrefixes`, 0, 1_000).map(
          (prefix, index) => text(prefix, `${pointer}/companyPrefixes/${index}`, PREFIX),
        ),
      };
    }),
    validators: array(root['validators'], '/validators', 1, MEMBERS_MAX).map((item, at) => {
      const pointer = `/validators/${at}`;
      const validator = object(item, pointer, [
        'memberId',
        'account',
        'node',
        'class',
        'consensusKey',
        'proofOfPossession',
        'p2pKey',
      ]);
      return {
        memberId: hex(validator['memberId'], `${pointer}/memberId`, 32),
        account: accountName(validator['account'], `${pointer}/account`),
        node: text(validator['node'], `${pointer}/node`, NODE_NAME),
        class: oneOf(validator['class'], `${pointer}/class`, ['regulator', 'nominated', 'elected']),
        consensusKey: hex(validator['consensusKey'], `${pointer}/consensusKey`, 32),
        proofOfPossession: hex(validator['proofOfPossession'], `${pointer}/proofOfPossession`, 64),
        p2pKey: hex(validator['p2pKey'], `${pointer}/p2pKey`, 32),
      };
    }),
    proposers: array(root['proposers'], '/proposers', 1, MEMBERS_MAX).map((item, at) =>
      hex(item, `/proposers/${at}`, 32),
    ),
  };
}

function accountName(value: unknown, pointer: string): string {
  const name = text(value, pointer, /./);
  if (!isAccountName(name)) throw new ShapeError(pointer, 'no account name');
  return name;
}

/** Index of the first entry that is not after its predecessor; -1 when all are. */
const firstUnsorted = (list: readonly string[]): number =>
  list.findIndex((entry, index) => index > 0 && (list[index - 1] as string) >= entry);

/** Rules between the parts. Each returns where it is broken. */
function brokenRule(hashing: Hashing, genesis: Genesis): Outcome<never> | undefined {
  const { organisations, validators, proposers } = genesis;
  const unsorted = (list: readonly string[], pointer: string): Outcome<never> | undefined => {
    const at = firstUnsorted(list);
    return at < 0 ? undefined : refused('GENESIS_UNSORTED', `${pointer}/${at}`);
  };
  const disorder =
    unsorted(
      organisations.map((o) => o.account),
      '/organisations',
    ) ??
    unsorted(
      validators.map((v) => v.memberId),
      '/validators',
    ) ??
    unsorted(proposers, '/proposers');
  if (disorder !== undefined) return disorder;

  const keys = new Map<string, string>();
  const claim = (key: string, pointer: string): Outcome<never> | undefined => {
    const other = keys.get(key);
    keys.set(key, pointer);
    return other === undefined ? undefined : refused('GENESIS_KEY_TWICE', pointer, { other });
  };
  for (const [at, organisation] of organisations.entries())
    for (const [index, key] of organisation.keys.entries()) {
      const twice = claim(key.publicKey, `/organisations/${at}/keys/${index}/publicKey`);
      if (twice !== undefined) return twice;
    }
  const roles = new Map(organisations.map((organisation) => [organisation.account, organisation.role]));
  const nodes = new Set<string>();
  for (const [at, validator] of validators.entries()) {
    const pointer = `/validators/${at}`;
    const twice =
      claim(validator.consensusKey, `${pointer}/consensusKey`) ?? claim(validator.p2pKey, `${pointer}/p2pKey`);
    if (twice !== undefined) return twice;
    if (!roles.has(validator.account))
      return refused('GENESIS_ACCOUNT_UNKNOWN', `${pointer}/account`, { account: validator.account });
    if ((validator.class === 'regulator') !== (roles.get(validator.account) === 'regulator'))
      return refused('GENESIS_CLASS_WRONG', `${pointer}/class`, { account: validator.account });
    if (toHex(memberIdOf(hashing, validator.account, validator.node)) !== validator.memberId)
      return refused('GENESIS_MEMBER_ID_WRONG', `${pointer}/memberId`);
    if (nodes.has(validator.node)) return refused('GENESIS_NAME_TWICE', `${pointer}/node`, { node: validator.node });
    nodes.add(validator.node);
  }

  const faults = faultsOf(validators.length);
  const regulators = validators.filter((validator) => validator.class === 'regulator');
  if (regulators.length > faults)
    return refused('GENESIS_TOO_MANY_REGULATORS', '/validators', { regulators: regulators.length, most: faults });
  for (const [at, proposer] of proposers.entries()) {
    const validator = validators.find((candidate) => candidate.memberId === proposer);
    if (validator === undefined) return refused('GENESIS_PROPOSER_UNKNOWN', `/proposers/${at}`);
    if (validator.class === 'regulator') return refused('GENESIS_PROPOSER_REGULATOR', `/proposers/${at}`);
  }
  if (proposers.length < faults + 1)
    return refused('GENESIS_TOO_FEW_PROPOSERS', '/proposers', { proposers: proposers.length, least: faults + 1 });

  // Sorted, a prefix stands directly before all that begin with it.
  const prefixes = organisations
    .flatMap((organisation, at) =>
      organisation.companyPrefixes.map((prefix, index) => ({
        prefix,
        account: organisation.account,
        pointer: `/organisations/${at}/companyPrefixes/${index}`,
      })),
    )
    .sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  let outer: (typeof prefixes)[number] | undefined;
  for (const entry of prefixes) {
    if (outer !== undefined && entry.prefix.startsWith(outer.prefix)) {
      if (entry.prefix === outer.prefix || entry.account !== outer.account)
        return refused('GENESIS_PREFIX_OVERLAP', entry.pointer, { prefix: entry.prefix, other: outer.prefix });
    } else outer = entry;
  }
  return undefined;
}

/**
 * Reads and checks a genesis file. Refused: `GENESIS_MALFORMED` (with the pointer of the wrong part; '' when it is not
 * canonical JSON), `GENESIS_UNSORTED`, `GENESIS_KEY_TWICE`, `GENESIS_ACCOUNT_UNKNOWN`, `GENESIS_CLASS_WRONG`,
 * `GENESIS_MEMBER_ID_WRONG`, `GENESIS_NAME_TWICE`, `GENESIS_TOO_MANY_REGULATORS` (R <= f), `GENESIS_PROPOSER_UNKNOWN`,
 * `GENESIS_PROPOSER_REGULATOR`, `GENESIS_TOO_FEW_PROPOSERS` (at least f + 1), `GENESIS_PREFIX_OVERLAP`.
 * The caller verifies `checks` and `keys`.
 */
export function parseGenesis(hashing: Hashing, bytes: Uint8Array): Outcome<CheckedGenesis> {
  const parsed = parseCanonicalJson(bytes);
  if (parsed === undefined) return refused('GENESIS_MALFORMED', '', { reason: 'not canonical JSON' });
  let genesis: Genesis;
  try {
    genesis = readGenesis(parsed.value);
  } catch (error) {
    if (error instanceof ShapeError) return refused('GENESIS_MALFORMED', error.pointer, { reason: error.reason });
    throw error;
  }
  const broken = brokenRule(hashing, genesis);
  if (broken !== undefined) return broken;
  const organisationChecks = genesis.organisations.flatMap((organisation) =>
    organisation.keys.map((key) => ({
      publicKey: fromHex(key.publicKey),
      message: proofOfPossessionBytes('organisation', organisation.account),
      signature: fromHex(key.proofOfPossession),
    })),
  );
  const consensusChecks = genesis.validators.map((validator) => ({
    publicKey: fromHex(validator.consensusKey),
    message: proofOfPossessionBytes('consensus', validator.account),
    signature: fromHex(validator.proofOfPossession),
  }));
  const checks = [...organisationChecks, ...consensusChecks];
  return done({
    genesis,
    genesisHash: genesisHashOf(hashing, bytes),
    checks,
    keys: [...checks.map((check) => check.publicKey), ...genesis.validators.map((v) => fromHex(v.p2pKey))],
  });
}

/** A genesis with its lists in the order that the file demands; for those who make one. */
export function sortGenesis(genesis: Genesis): Genesis {
  const by =
    <T>(key: (item: T) => string) =>
    (a: T, b: T): number =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
  return {
    ...genesis,
    organisations: [...genesis.organisations].sort(by((organisation) => organisation.account)),
    validators: [...genesis.validators].sort(by((validator) => validator.memberId)),
    proposers: [...genesis.proposers].sort(by((proposer) => proposer)),
  };
}

/** Bytes of lower-case hex that a checked file holds; the one place where a caller need not check again. */
export function keyBytes(hexText: string): Uint8Array {
  const bytes = parseHex(hexText, 32);
  if (bytes === undefined) throw new RangeError('not a 32-byte key');
  return bytes;
}
