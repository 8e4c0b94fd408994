import { describe, expect, it } from '@jest/globals';
import {
  isPrimeOrderKey,
  portableHashing as hashing,
  publicKeyOf,
  signMessage,
  verifySignature,
} from '@waymark/accel/portable';
import { compareBytes, concatBytes, fromHex, toHex, utf8 } from '../primitives/index.js';
import {
  boardsOf,
  canonicalJson,
  committeeHash,
  committeeOf,
  committeeOfTrustRoot,
  creditsOf,
  encodeGenesis,
  encodeTrustRoot,
  faultsOf,
  genesisHashOf,
  genesisSeed,
  memberIdOf,
  parseGenesis,
  parseTrustRoot,
  proofOfPossessionBytes,
  proposersHash,
  proposersOf,
  quorumOf,
  sortGenesis,
  trustFingerprint,
  trustRootOf,
  type Genesis,
  type SeatClass,
} from './index.js';

const seedOf = (name: string): Uint8Array => hashing.sha256(utf8(name));
const keyOf = (name: string): string => toHex(publicKeyOf(seedOf(name)));
const possession = (role: 'organisation' | 'consensus', account: string, seedName: string): string =>
  toHex(signMessage(seedOf(seedName), proofOfPossessionBytes(role, account)));
const validator = (account: string, seat: SeatClass): Genesis['validators'][number] => ({
  memberId: toHex(memberIdOf(hashing, account, `${account}-1`)),
  account,
  node: `${account}-1`,
  class: seat,
  consensusKey: keyOf(`consensus ${account}`),
  proofOfPossession: possession('consensus', account, `consensus ${account}`),
  p2pKey: keyOf(`p2p ${account}`),
});
const organisation = (
  account: string,
  role: 'company' | 'regulator',
  companyPrefixes: string[],
): Genesis['organisations'][number] => ({
  account,
  name: { en: account, 'zh-CN': '公司' },
  role,
  class: role === 'regulator' ? 'regulator' : 'producer',
  keys: [
    { publicKey: keyOf(`key ${account}`), proofOfPossession: possession('organisation', account, `key ${account}`) },
  ],
  companyPrefixes,
});
const validators = [
  validator('cannery', 'elected'),
  validator('importer', 'nominated'),
  validator('farm', 'elected'),
  validator('authority', 'regulator'),
];
const good: Genesis = sortGenesis({
  format: 'waymark-genesis/2',
  suite: 1,
  chainId: 'waymark-test',
  timeMs: 1_790_000_000_000,
  parameters: {
    deltaMs: 100,
    minBlockMs: 100,
    slotMs: 3_000,
    maxBlockBytes: 4_194_304,
    maxTxBytes: 1_048_576,
    expiryHeightsMax: 10_000,
    guardianEvery: 0,
    epochLength: 0,
  },
  organisations: [
    organisation('cannery', 'company', ['9521234', '952123499']),
    organisation('importer', 'company', ['9525678']),
    organisation('farm', 'company', []),
    organisation('authority', 'regulator', []),
  ],
  validators,
  proposers: validators.filter((seat) => seat.class !== 'regulator').map((seat) => seat.memberId),
});
const parse = (genesis: unknown) => parseGenesis(hashing, canonicalJson(genesis));
const codeOf = (genesis: unknown): string => {
  const outcome = parse(genesis);
  return outcome.ok ? 'ok' : `${outcome.refusal.code} ${outcome.refusal.pointer}`;
};
type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] };
const changed = (change: (genesis: Writable<Genesis>) => void): unknown => {
  const copy = structuredClone(good) as Writable<Genesis>;
  change(copy);
  return copy;
};

describe('a genesis file', () => {
  it('is read, hashed as bytes, and leaves the signatures and keys to somebody with an engine', () => {
    const bytes = encodeGenesis(good);
    const outcome = parseGenesis(hashing, bytes);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
    expect(outcome.value.genesis).toEqual(good);
    expect(outcome.value.genesisHash).toEqual(hashing.sha256(bytes));
    expect(genesisHashOf(hashing, bytes)).toEqual(outcome.value.genesisHash);
    expect(outcome.value.checks).toHaveLength(8);
    expect(outcome.value.checks.every(verifySignature)).toBe(true);
    expect(outcome.value.keys).toHaveLength(12);
    expect(outcome.value.keys.every(isPrimeOrderKey)).toBe(true);
  });

  it('has proofs of possession that are good for one role and one account only', () => {
    expect(proofOfPossessionBytes('consensus', 'farm')).toEqual(
      concatBytes(utf8('waymark/pop/1consensus'), Uint8Array.of(0), utf8('farm')),
    );
    expect(proofOfPossessionBytes('organisation', 'farm')).not.toEqual(proofOfPossessionBytes('consensus', 'farm'));
  });

  it('GENESIS_MALFORMED: not canonical, an unknown, missing or ill-formed field', () => {
    const spaced = utf8(JSON.stringify(good, undefined, 1));
    expect(parseGenesis(hashing, spaced)).toMatchObject({ refusal: { code: 'GENESIS_MALFORMED', pointer: '' } });
    expect(parseGenesis(hashing, fromHex('ff'))).toMatchObject({ refusal: { code: 'GENESIS_MALFORMED' } });
    const { chainId: _, ...without } = good;
    expect(codeOf(without)).toBe('GENESIS_MALFORMED /chainId');
    expect(codeOf({ ...good, 'a/b': 1 })).toBe('GENESIS_MALFORMED /a~1b');
    expect(codeOf([])).toBe('GENESIS_MALFORMED ');
    expect(codeOf({ ...good, suite: 2 })).toBe('GENESIS_MALFORMED /suite');
    expect(codeOf({ ...good, format: 'waymark-founding' })).toBe('GENESIS_MALFORMED /format');
    expect(codeOf({ ...good, timeMs: 0.5 })).toBe('GENESIS_MALFORMED /timeMs');
    expect(codeOf({ ...good, validators: [] })).toBe('GENESIS_MALFORMED /validators');
    expect(codeOf(changed((g) => (g.parameters.expiryHeightsMax = 10_001)))).toBe(
      'GENESIS_MALFORMED /parameters/expiryHeightsMax',
    );
    expect(codeOf(changed((g) => (g.organisations[0]!.account = 'A')))).toBe(
      'GENESIS_MALFORMED /organisations/0/account',
    );
    expect(codeOf(changed((g) => (g.organisations[1]!.companyPrefixes = ['95 21'])))).toBe(
      'GENESIS_MALFORMED /organisations/1/companyPrefixes/0',
    );
    expect(codeOf(changed((g) => (g.validators[0]!.consensusKey = g.validators[0]!.consensusKey.toUpperCase())))).toBe(
      'GENESIS_MALFORMED /validators/0/consensusKey',
    );
    expect(codeOf(changed((g) => (g.organisations[0]!.name.en = '')))).toBe(
      'GENESIS_MALFORMED /organisations/0/name/en',
    );
  });

  it('GENESIS_MALFORMED: guardian views and epochs that end, which this version does not have', () => {
    for (const name of ['guardianEvery', 'epochLength'] as const)
      expect(codeOf(changed(({ parameters }) => (parameters[name] = 1)))).toBe(`GENESIS_MALFORMED /parameters/${name}`);
  });

  it('GENESIS_UNSORTED: lists in another order, or an entry twice', () => {
    expect(codeOf(changed((g) => g.organisations.reverse()))).toBe('GENESIS_UNSORTED /organisations/1');
    expect(codeOf(changed((g) => g.validators.reverse()))).toBe('GENESIS_UNSORTED /validators/1');
    expect(codeOf(changed((g) => g.proposers.push(g.proposers.at(-1)!)))).toBe('GENESIS_UNSORTED /proposers/3');
  });

  it('GENESIS_KEY_TWICE: one key in two places, whatever its use', () => {
    expect(codeOf(changed((g) => (g.validators[1]!.p2pKey = g.organisations[0]!.keys[0]!.publicKey)))).toBe(
      'GENESIS_KEY_TWICE /validators/1/p2pKey',
    );
    expect(codeOf(changed((g) => g.organisations[0]!.keys.push(g.organisations[0]!.keys[0]!)))).toBe(
      'GENESIS_KEY_TWICE /organisations/0/keys/1/publicKey',
    );
  });

  it('GENESIS_ACCOUNT_UNKNOWN, GENESIS_CLASS_WRONG, GENESIS_MEMBER_ID_WRONG, GENESIS_NAME_TWICE: a seat nobody holds', () => {
    expect(codeOf(changed((g) => (g.validators[0]!.account = 'nobody')))).toBe(
      'GENESIS_ACCOUNT_UNKNOWN /validators/0/account',
    );
    const company = good.validators.findIndex((seat) => seat.account === 'farm');
    expect(codeOf(changed((g) => (g.validators[company]!.class = 'regulator')))).toBe(
      `GENESIS_CLASS_WRONG /validators/${company}/class`,
    );
    expect(codeOf(changed((g) => (g.validators[0]!.node = 'other')))).toBe(
      'GENESIS_MEMBER_ID_WRONG /validators/0/memberId',
    );
    const twice = changed((g) => {
      const { account } = g.validators[1]!;
      const node = g.validators[0]!.node;
      Object.assign(g.validators[1]!, { node, memberId: toHex(memberIdOf(hashing, account, node)) });
      g.validators.sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
    });
    expect(codeOf(twice)).toMatch(/^GENESIS_NAME_TWICE/);
  });

  it('GENESIS_VERSION: a file of another version, whatever else is in it', () => {
    expect(codeOf({ ...good, format: 'waymark-genesis/1' })).toBe('GENESIS_VERSION /format');
    expect(codeOf({ format: 'waymark-genesis/3' })).toBe('GENESIS_VERSION /format');
  });

  it('GENESIS_CLASS_WRONG: a class of regulator without the role, or the other way round', () => {
    const classes = changed((g) => (g.organisations.find((entry) => entry.account === 'farm')!.class = 'regulator'));
    expect(codeOf(classes)).toMatch(/^GENESIS_CLASS_WRONG \/organisations\/\d\/class$/);
    expect(codeOf(changed((g) => Object.assign(g.organisations[0]!, { class: 'shop' })))).toBe(
      'GENESIS_MALFORMED /organisations/0/class',
    );
  });

  it('GENESIS_NAME_CONFUSABLE: two accounts that look alike', () => {
    const alike = changed((g) => {
      const farm = g.organisations.find((entry) => entry.account === 'farm')!;
      g.organisations.push({
        ...farm,
        account: 'fa-rm',
        companyPrefixes: [],
        keys: farm.keys.map((key) => ({ ...key, publicKey: keyOf('alike') })),
      });
      g.organisations.sort((a, b) => (a.account < b.account ? -1 : 1));
    });
    expect(codeOf(alike)).toMatch(/^GENESIS_NAME_CONFUSABLE \/organisations\/\d\/account$/);
  });

  it('boards: those named are kept, issuers and regulators stand in any case, and none can be out of reach', () => {
    const named = (boards: unknown): string => codeOf({ ...good, boards });
    const council = { board: 'council', members: ['cannery', 'farm'], threshold: 2, classesLeast: 1 };
    expect(named([council])).toBe('ok');
    expect(
      boardsOf({ ...good, boards: [council] }).map(({ board, threshold, classesLeast }) => [
        board,
        threshold,
        classesLeast,
      ]),
    ).toEqual([
      ['council', 2, 1],
      ['issuers', 3, 2],
      ['regulators', 1, 1],
    ]);
    expect(named([{ ...council, threshold: 3 }])).toBe('GENESIS_BOARD_UNREACHABLE /boards/0');
    expect(named([{ ...council, classesLeast: 2 }])).toBe('GENESIS_BOARD_UNREACHABLE /boards/0');
    expect(named([{ ...council, members: ['farm', 'cannery'] }])).toBe('GENESIS_UNSORTED /boards/0/members/1');
    expect(named([{ ...council, members: ['nobody'], threshold: 1 }])).toBe(
      'GENESIS_ACCOUNT_UNKNOWN /boards/0/members/0',
    );
    expect(named([council, council])).toBe('GENESIS_UNSORTED /boards/1');
    expect(named([{ ...council, more: 1 }])).toBe('GENESIS_MALFORMED /boards/0/more');
  });

  it('credits and the limit of work: whole numbers within their bounds, or left out', () => {
    const credits = { dailyAllowance: 1, capacity: 2, perByte: 3, perWork: 4, depositPerAccount: 5, grant: 6 };
    expect(codeOf({ ...good, credits })).toBe('ok');
    expect(creditsOf({ ...good, credits })).toEqual(credits);
    expect(codeOf({ ...good, credits: { ...credits, grant: -1 } })).toBe('GENESIS_MALFORMED /credits/grant');
    expect(codeOf({ ...good, credits: { grant: 1 } })).toBe('GENESIS_MALFORMED /credits/dailyAllowance');
    expect(codeOf({ ...good, parameters: { ...good.parameters, workPerTransactionMax: 0 } })).toBe(
      'GENESIS_MALFORMED /parameters/workPerTransactionMax',
    );
  });

  it('GENESIS_TOO_MANY_REGULATORS: R > f', () => {
    const tooMany = changed((g) => {
      Object.assign(
        g.organisations.find((entry) => entry.account === 'farm')!,
        {
          role: 'regulator',
          class: 'regulator',
        },
      );
      g.validators.find((entry) => entry.account === 'farm')!.class = 'regulator';
    });
    expect(codeOf(tooMany)).toBe('GENESIS_TOO_MANY_REGULATORS /validators');
  });

  it('GENESIS_PROPOSER_UNKNOWN, GENESIS_PROPOSER_REGULATOR, GENESIS_TOO_FEW_PROPOSERS: who may propose', () => {
    const authority = toHex(memberIdOf(hashing, 'authority', 'authority-1'));
    expect(codeOf({ ...good, proposers: ['00'.repeat(32), ...good.proposers] })).toBe(
      'GENESIS_PROPOSER_UNKNOWN /proposers/0',
    );
    expect(codeOf({ ...good, proposers: [...good.proposers, authority].sort() })).toMatch(
      /^GENESIS_PROPOSER_REGULATOR/,
    );
    expect(codeOf({ ...good, proposers: good.proposers.slice(0, 1) })).toBe('GENESIS_TOO_FEW_PROPOSERS /proposers');
  });

  it('GENESIS_PREFIX_OVERLAP: a prefix inside one of another organisation, or twice', () => {
    const withPrefixes = (account: string, prefixes: string[]): string =>
      codeOf(changed((g) => (g.organisations.find((entry) => entry.account === account)!.companyPrefixes = prefixes)));
    expect(withPrefixes('farm', ['95212345'])).toMatch(/^GENESIS_PREFIX_OVERLAP/);
    expect(withPrefixes('farm', ['952123'])).toMatch(/^GENESIS_PREFIX_OVERLAP/);
    expect(withPrefixes('farm', ['9521234991'])).toMatch(/^GENESIS_PREFIX_OVERLAP/);
    expect(withPrefixes('farm', ['9529999', '9529999'])).toMatch(/^GENESIS_PREFIX_OVERLAP/);
    expect(withPrefixes('farm', ['9529999', '95299991'])).toBe('ok');
  });
});

describe('committees', () => {
  it('bear f = floor((n-1)/3) faults and decide by q = n - f', () => {
    expect([1, 4, 5, 6, 7, 31].map((n) => [faultsOf(n), quorumOf(n)])).toEqual([
      [0, 1],
      [1, 3],
      [1, 4],
      [1, 5],
      [2, 5],
      [10, 21],
    ]);
  });

  it('are hashed in id order, whatever order they are given in; class and key count', () => {
    const committee = committeeOf(good);
    const ids = committee.members.map((member) => member.memberId);
    expect([...ids].sort(compareBytes)).toEqual(ids);
    const written = concatBytes(
      utf8('LBFT3-committee'),
      Uint8Array.of(4),
      ...committee.members.flatMap((member) => [member.memberId, Uint8Array.of(member.class), member.key]),
    );
    const hash = toHex(committeeHash(hashing, committee));
    expect(hash).toBe(toHex(hashing.sha256(written)));
    expect(toHex(committeeHash(hashing, { ...committee, members: [...committee.members].reverse() }))).toBe(hash);
    expect(toHex(proposersHash(hashing, committee))).not.toBe(hash);
    expect(proposersOf(good).members.map((member) => [toHex(member.memberId), member.class])).toEqual(
      good.proposers.map((id) => [id, 4]),
    );
    expect(() => proposersOf({ ...good, proposers: ['00'] })).toThrow(RangeError);
    expect(() => committeeHash(hashing, { ...committee, members: new Array(32).fill(committee.members[0]) })).toThrow(
      RangeError,
    );
    expect(genesisSeed(hashing, new Uint8Array(32))).toEqual(
      hashing.sha256(concatBytes(utf8('seed'), new Uint8Array(4), new Uint8Array(32))),
    );
  });
});

describe('a trust root', () => {
  const root = trustRootOf(hashing, good);
  const bytes = encodeTrustRoot(root);

  it('follows from genesis and comes back as it was', () => {
    expect(parseTrustRoot(bytes)).toEqual({ ok: true, value: root });
    expect(root.genesisHash).toBe(toHex(hashing.sha256(encodeGenesis(good))));
    expect(committeeOfTrustRoot(root)).toEqual(committeeOf(good));
    expect(Object.keys(root.validatorNames)).toHaveLength(4);
    expect(() => trustRootOf(hashing, { ...good, organisations: [] })).toThrow(RangeError);
  });

  it('has a fingerprint for people', () => {
    expect(trustFingerprint(hashing, bytes)).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
    expect(trustFingerprint(hashing, bytes).replaceAll('-', '').toLowerCase()).toBe(
      toHex(hashing.sha256(bytes)).slice(0, 16),
    );
  });

  it('TRUST_ROOT_MALFORMED: not canonical, members out of order or a key twice, names of others', () => {
    const codes = (value: unknown): string => {
      const outcome = parseTrustRoot(canonicalJson(value));
      return outcome.ok ? 'ok' : `${outcome.refusal.code} ${outcome.refusal.pointer}`;
    };
    expect(parseTrustRoot(concatBytes(bytes, utf8(' ')))).toMatchObject({ refusal: { code: 'TRUST_ROOT_MALFORMED' } });
    const members = root.committee.members;
    const withMembers = (list: unknown): unknown => ({ ...root, committee: { ...root.committee, members: list } });
    expect(codes(withMembers([...members].reverse()))).toBe('TRUST_ROOT_MALFORMED /committee/members/1/memberId');
    expect(codes(withMembers(members.map((member) => ({ ...member, key: members[0]!.key }))))).toBe(
      'TRUST_ROOT_MALFORMED /committee/members/1/key',
    );
    expect(codes({ ...root, validatorNames: { ...root.validatorNames, other: { en: 'x', 'zh-CN': 'x' } } })).toBe(
      'TRUST_ROOT_MALFORMED /validatorNames/other',
    );
    expect(codes({ ...root, genesisHash: 'AA' })).toBe('TRUST_ROOT_MALFORMED /genesisHash');
  });
});
