/** The genesis file of formats.md 5. */
import type { Hashing, SignatureCheck } from '@waymark/accel/contract';
import { isAccountName, skeletonOf } from '../accounts/account-names.js';
import { concatBytes, fromHex, parseHex, toHex, utf8 } from '../primitives/index.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { faultsOf, memberIdOf, MEMBERS_MAX } from './committee.js';
import { boardsOf } from './genesis-rules.js';
import { ORGANISATION_CLASSES, type CreditRules, type Genesis, type GenesisParameters } from './genesis-types.js';
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

/** The only version of the file that is read. */
export const GENESIS_FORMAT = 'waymark-genesis/2';

type Bounds = readonly [least: number, most: number];

const WORK_MAX: Bounds = [1, Number.MAX_SAFE_INTEGER];
/** Credits and what they buy: all sums of them stay whole numbers. */
const CREDITS_MOST = 10 ** 12;
const CREDITS: Readonly<Record<keyof CreditRules, Bounds>> = {
  dailyAllowance: [0, CREDITS_MOST],
  capacity: [0, CREDITS_MOST],
  perByte: [0, 1_000_000],
  perWork: [0, 1_000_000],
  depositPerAccount: [0, CREDITS_MOST],
  grant: [0, CREDITS_MOST],
};

const PARAMETERS: Readonly<Record<Exclude<keyof GenesisParameters, 'workPerTransactionMax'>, Bounds>> = {
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
const JURISDICTION = /^[A-Z]{2}$/;
const BOARD_NAME = /^[a-z][a-z0-9-]{2,31}$/;

function integers(
  value: unknown,
  pointer: string,
  bounds: Readonly<Record<string, Bounds>>,
  optional: Readonly<Record<string, Bounds>> = {},
): Record<string, number> {
  const fields = object(value, pointer, Object.keys(bounds), Object.keys(optional));
  const read: Record<string, number> = {};
  for (const [name, [least, most]] of Object.entries({ ...bounds, ...optional }))
    if (fields[name] !== undefined) read[name] = integer(fields[name], `${pointer}/${name}`, least, most);
  return read;
}

function readGenesis(value: unknown): Genesis {
  const root = object(
    value,
    '',
    ['format', 'suite', 'chainId', 'timeMs', 'parameters', 'organisations', 'validators', 'proposers'],
    ['credits', 'boards'],
  );
  return {
    format: oneOf(root['format'], '/format', [GENESIS_FORMAT]),
    suite: integer(root['suite'], '/suite', 1, 1) as 1,
    chainId: text(root['chainId'], '/chainId', CHAIN_ID),
    timeMs: integer(root['timeMs'], '/timeMs', 0, Number.MAX_SAFE_INTEGER),
    parameters: integers(root['parameters'], '/parameters', PARAMETERS, {
      workPerTransactionMax: WORK_MAX,
    }) as unknown as GenesisParameters,
    organisations: array(root['organisations'], '/organisations', 1, 10_000).map((item, at) => {
      const pointer = `/organisations/${at}`;
      const organisation = object(
        item,
        pointer,
        ['account', 'name', 'role', 'class', 'keys', 'companyPrefixes'],
        ['jurisdiction'],
      );
      return {
        account: accountName(organisation['account'], `${pointer}/account`),
        name: localName(organisation['name'], `${pointer}/name`),
        role: oneOf(organisation['role'], `${pointer}/role`, ['company', 'regulator']),
        class: oneOf(organisation['class'], `${pointer}/class`, ORGANISATION_CLASSES),
        ...(organisation['jurisdiction'] === undefined
          ? {}
          : { jurisdiction: text(organisation['jurisdiction'], `${pointer}/jurisdiction`, JURISDICTION) }),
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
    ...(root['credits'] === undefined
      ? {}
      : { credits: integers(root['credits'], '/credits', CREDITS) as unknown as CreditRules }),
    ...(root['boards'] === undefined
      ? {}
      : {
          boards: array(root['boards'], '/boards', 0, 32).map((item, at) => {
            const pointer = `/boards/${at}`;
            const board = object(item, pointer, ['board', 'members', 'threshold', 'classesLeast']);
            return {
              board: text(board['board'], `${pointer}/board`, BOARD_NAME),
              members: array(board['members'], `${pointer}/members`, 1, 1_000).map((member, index) =>
                accountName(member, `${pointer}/members/${index}`),
              ),
              threshold: integer(board['threshold'], `${pointer}/threshold`, 1, 1_000),
              classesLeast: integer(board['classesLeast'], `${pointer}/classesLeast`, 1, 3),
            };
          }),
        }),
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
    unsorted(proposers, '/proposers') ??
    unsorted(
      (genesis.boards ?? []).map((b) => b.board),
      '/boards',
    );
  if (disorder !== undefined) return disorder;

  const skeletons = new Map<string, string>();
  for (const [at, { account, role, class: organisationClass }] of organisations.entries()) {
    if ((role === 'regulator') !== (organisationClass === 'regulator'))
      return refused('GENESIS_CLASS_WRONG', `/organisations/${at}/class`, { account });
    const other = skeletons.get(skeletonOf(account));
    if (other !== undefined)
      return refused('GENESIS_NAME_CONFUSABLE', `/organisations/${at}/account`, { account, other });
    skeletons.set(skeletonOf(account), account);
  }

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

  const broken = brokenBoard(genesis, (members, pointer) => unsorted(members, pointer));
  if (broken !== undefined) return broken;

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

/** Boards of the file: members that are organisations, and a threshold and groups that they can reach. */
function brokenBoard(
  genesis: Genesis,
  unsorted: (members: readonly string[], pointer: string) => Outcome<never> | undefined,
): Outcome<never> | undefined {
  const accounts = new Set(genesis.organisations.map(({ account }) => account));
  for (const [at, { members, threshold, board }] of (genesis.boards ?? []).entries()) {
    const pointer = `/boards/${at}`;
    const disorder = unsorted(members, `${pointer}/members`);
    if (disorder !== undefined) return disorder;
    const unknown = members.findIndex((member) => !accounts.has(member));
    if (unknown >= 0)
      return refused('GENESIS_ACCOUNT_UNKNOWN', `${pointer}/members/${unknown}`, { account: members[unknown] ?? '' });
    const groups = boardsOf(genesis).find((candidate) => candidate.board === board)?.groups ?? 0;
    if (threshold > members.length || (genesis.boards?.[at]?.classesLeast ?? 0) > groups)
      return refused('GENESIS_BOARD_UNREACHABLE', pointer, { board, members: members.length, groups });
  }
  return undefined;
}

/**
 * Reads and checks a genesis file. Refused: `GENESIS_VERSION` (another version of the file: its chain was made by another
 * version of the product, and a new one must be founded), `GENESIS_MALFORMED` (with the pointer of the wrong part; '' when it is not
 * canonical JSON), `GENESIS_UNSORTED`, `GENESIS_KEY_TWICE`, `GENESIS_ACCOUNT_UNKNOWN`, `GENESIS_CLASS_WRONG`,
 * `GENESIS_MEMBER_ID_WRONG`, `GENESIS_NAME_TWICE`, `GENESIS_TOO_MANY_REGULATORS` (R <= f), `GENESIS_PROPOSER_UNKNOWN`,
 * `GENESIS_PROPOSER_REGULATOR`, `GENESIS_TOO_FEW_PROPOSERS` (at least f + 1), `GENESIS_PREFIX_OVERLAP`,
 * `GENESIS_NAME_CONFUSABLE` (two accounts that look alike), `GENESIS_BOARD_UNREACHABLE` (fewer members or groups than it takes).
 * The caller verifies `checks` and `keys`.
 */
export function parseGenesis(hashing: Hashing, bytes: Uint8Array): Outcome<CheckedGenesis> {
  const parsed = parseCanonicalJson(bytes);
  if (parsed === undefined) return refused('GENESIS_MALFORMED', '', { reason: 'not canonical JSON' });
  const { format } = (parsed.value ?? {}) as { format?: unknown };
  if (typeof format === 'string' && format !== GENESIS_FORMAT && /^waymark-genesis\/\d{1,4}$/.test(format))
    return refused('GENESIS_VERSION', '/format', { found: format, expected: GENESIS_FORMAT });
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
