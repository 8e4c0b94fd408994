import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { isPrimeOrderKey, portableHashing, verifySignature } from '@waymark/accel/portable';
import { sealKey } from '@waymark/api/sealed-key';
import {
  encodeGenesis,
  encodeTrustRoot,
  GENESIS_FORMAT,
  memberIdOf,
  parseGenesis,
  sortGenesis,
  trustFingerprint,
  trustRootOf,
  type Genesis,
  type GenesisParameters,
} from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { writeFirstSignState } from '@waymark/node/first-sign-state';
import { newNodeCertificate, type NodeCertificate } from '@waymark/node/node-certificate';
import { CommandStopped } from '../command-stopped.js';
import { newKey, type ProvenKey } from './keys.js';
import type { Member, Members } from './members.js';
import { fillNewFolder } from './new-folder.js';

export interface ConsortiumRequest {
  readonly members: Members;
  /** The folder to make. */
  readonly out: string;
  readonly chainId: string;
  /** Where the nodes listen and are reached. */
  readonly host: string;
  /** Node i (in the order of `members`) has its RPC on base + 10 + i and its peers on base + 20 + i (above ten nodes: after the last RPC). */
  readonly portBase: number;
  /** Delete what `init` made in `out` before. */
  readonly fresh?: boolean;
  /** Pacing and limits that differ from the defaults. */
  readonly parameters?: Partial<GenesisParameters>;
}

export interface MadeConsortium {
  readonly folder: string;
  readonly chainId: string;
  readonly genesisHash: string;
  /** Of trust.json, as people compare it. */
  readonly fingerprint: string;
  readonly nodes: readonly NetworkEntry[];
}

/** One node in network.json. */
export interface NetworkEntry {
  readonly name: string;
  readonly account: string;
  readonly role: 'validator';
  readonly memberId: string;
  readonly p2p: { readonly host: string; readonly port: number };
  readonly rpc: { readonly host: string; readonly port: number };
  readonly p2pKey: string;
}

interface Seat {
  readonly member: Member & { readonly node: NonNullable<Member['node']> };
  readonly key: ProvenKey;
  readonly certificate: NodeCertificate;
  readonly entry: NetworkEntry;
}

/**
 * For nodes near one another. A view must outlast judging a full block where processors are shared: with a delta of 100 ms, four
 * nodes on two busy cores gave up one view in eight, which costs more than any dead leader does. A larger delta only makes
 * the wait for a dead leader longer, and that only for the first seconds. Epochs never end and no view is a guardian's yet.
 */
const PARAMETERS: GenesisParameters = {
  deltaMs: 250,
  minBlockMs: 100,
  slotMs: 3_000,
  maxBlockBytes: 8 * 1_048_576,
  maxTxBytes: 1_048_576,
  expiryHeightsMax: 10_000,
  guardianEvery: 0,
  epochLength: 0,
};

/** Ports of node 0 above the base. */
const RPC_OFFSET = 10;
const P2P_OFFSET = 20;

/**
 * Makes a consortium: keys, node certificates, genesis, trust root and the list of nodes (docs/protocol/formats.md 5
 * and 8), each private key in the folder of its owner, with the first sign-state of every consensus key beside it.
 * @throws CommandStopped when the folder is taken or the members break a rule of genesis
 */
export async function initialiseConsortium(request: ConsortiumRequest): Promise<MadeConsortium> {
  const { members, out } = request;
  const now = new Date();
  const seats = await takeSeats(request, now);
  const organisationKeys = new Map(members.map(({ account }) => [account, newKey('organisation', account)]));
  const genesis = composeGenesis(request, seats, organisationKeys, now);
  const genesisBytes = encodeGenesis(genesis);
  const genesisHash = checkedGenesisHash(genesisBytes);
  const trustBytes = encodeTrustRoot(trustRootOf(portableHashing, genesis));
  const nodes = seats.map(({ entry }) => entry);

  return fillNewFolder(out, request.fresh ?? false, async (folder) => {
    writeFileSync(path.join(folder, 'genesis.json'), genesisBytes);
    writeFileSync(path.join(folder, 'trust.json'), trustBytes);
    writeJson(path.join(folder, 'network.json'), { nodes }, 0o644);
    for (const [account, key] of organisationKeys) await writeOrganisation(folder, account, key);
    for (const seat of seats) await writeNode(folder, seat, genesisHash);
    return {
      folder: out,
      chainId: genesis.chainId,
      genesisHash: toHex(genesisHash),
      fingerprint: trustFingerprint(portableHashing, trustBytes),
      nodes,
    };
  });
}

async function takeSeats({ members, host, portBase }: ConsortiumRequest, now: Date): Promise<Seat[]> {
  const running = members.filter((member): member is Seat['member'] => member.node !== undefined);
  // Above ten nodes the two rows of ports would meet: peers then stand after the last RPC port.
  const p2pOffset = Math.max(P2P_OFFSET, RPC_OFFSET + running.length);
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase + p2pOffset + running.length - 1 > 65_535)
    throw new CommandStopped(`--port-base ${portBase} is no good: the nodes need ports from 1024 up to 65535.`);
  return Promise.all(
    running.map(async (member, index) => {
      const { account, node } = member;
      const certificate = await newNodeCertificate(`${node.name}.${account}`, now);
      return {
        member,
        key: newKey('consensus', account),
        certificate,
        entry: {
          name: node.name,
          account,
          role: 'validator',
          memberId: toHex(memberIdOf(portableHashing, account, node.name)),
          p2p: { host, port: portBase + p2pOffset + index },
          rpc: { host, port: portBase + RPC_OFFSET + index },
          p2pKey: certificate.publicKeyHex,
        },
      } satisfies Seat;
    }),
  );
}

function composeGenesis(
  { members, chainId, parameters }: ConsortiumRequest,
  seats: readonly Seat[],
  organisationKeys: ReadonlyMap<string, ProvenKey>,
  now: Date,
): Genesis {
  return sortGenesis({
    format: GENESIS_FORMAT,
    suite: 1,
    chainId,
    timeMs: now.getTime(),
    parameters: { ...PARAMETERS, ...parameters },
    organisations: members.map(({ account, name, role, class: organisationClass, jurisdiction, companyPrefixes }) => {
      const key = organisationKeys.get(account);
      if (key === undefined) throw new Error(`no key was made for ${account}`);
      return {
        account,
        name,
        role,
        class: organisationClass ?? (role === 'regulator' ? 'regulator' : 'producer'),
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
        keys: [{ publicKey: key.publicKeyHex, proofOfPossession: key.proofOfPossessionHex }],
        companyPrefixes,
      };
    }),
    validators: seats.map(({ member, key, entry }) => ({
      memberId: entry.memberId,
      account: member.account,
      node: member.node.name,
      class: member.node.class,
      consensusKey: key.publicKeyHex,
      proofOfPossession: key.proofOfPossessionHex,
      p2pKey: entry.p2pKey,
    })),
    proposers: seats.filter(({ member }) => member.node.proposer).map(({ entry }) => entry.memberId),
  });
}

/** The ledger's own checker speaks before anything is written: a genesis that no node would load is not made. */
function checkedGenesisHash(bytes: Uint8Array): Uint8Array {
  const checked = parseGenesis(portableHashing, bytes);
  if (!checked.ok) {
    const { code, pointer, facts } = checked.refusal;
    const why = GENESIS_RULES[code] ?? 'a rule of genesis is broken';
    const detail = Object.entries(facts).map(([key, value]) => `${key}: ${value}`);
    throw new CommandStopped(
      `These members cannot found a consortium: ${why} (${[code, pointer, ...detail].join(', ')}).`,
    );
  }
  const { checks, keys, genesisHash } = checked.value;
  if (!checks.every(verifySignature) || !keys.every(isPrimeOrderKey))
    throw new Error('a key made just now does not pass the checks of genesis');
  return genesisHash;
}

const GENESIS_RULES: Readonly<Record<string, string>> = {
  GENESIS_MALFORMED: 'a value is not allowed there',
  GENESIS_UNSORTED: 'two members or nodes have the same name',
  GENESIS_NAME_TWICE: 'two nodes have the same name',
  GENESIS_TOO_MANY_REGULATORS:
    'regulators may hold at most a third of the seats, less one: f = (n - 1) / 3, rounded down',
  GENESIS_PROPOSER_REGULATOR: 'a regulator does not propose blocks: set "proposer" to false',
  GENESIS_TOO_FEW_PROPOSERS: 'at least f + 1 nodes must propose blocks: set "proposer" to true',
  GENESIS_NAME_CONFUSABLE: 'two accounts look alike (0 and o, 1 and l and i, rn and m, with or without - and .)',
  GENESIS_CLASS_WRONG: 'the class "regulator" and the role "regulator" go together',
  GENESIS_PREFIX_OVERLAP: 'one company prefix is contained in another',
};

async function writeOrganisation(folder: string, account: string, key: ProvenKey): Promise<void> {
  const own = path.join(folder, 'members', account);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString('hex');
  const sealed = await sealKey(key.seed, { account, publicKey: key.publicKey, secret });
  writeJson(path.join(own, 'organisation.key.json'), sealed, 0o600);
  writeFileSync(path.join(own, 'organisation.secret'), `${secret}\n`, { mode: 0o600 });
}

async function writeNode(
  folder: string,
  { member, key, certificate, entry }: Seat,
  genesisHash: Uint8Array,
): Promise<void> {
  const own = path.join(folder, 'members', member.account, 'nodes', member.node.name);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(own, 'consensus.key'), `${toHex(key.seed)}\n`, { mode: 0o600 });
  writeFileSync(path.join(own, 'tls.key.pem'), certificate.keyPem, { mode: 0o600 });
  writeFileSync(path.join(own, 'tls.cert.pem'), certificate.certificatePem);
  // Asked of whoever calls the RPC where it does not listen on loopback.
  writeFileSync(path.join(own, 'rpc.token'), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  writeJson(
    path.join(own, 'node.json'),
    {
      name: entry.name,
      account: entry.account,
      role: entry.role,
      genesis: '../../../../genesis.json',
      network: '../../../../network.json',
      consensusKey: 'consensus.key',
      tlsKey: 'tls.key.pem',
      tlsCertificate: 'tls.cert.pem',
      dataDir: 'data',
      p2p: entry.p2p,
      rpc: /^127\.|^localhost$|^::1$/.test(entry.rpc.host) ? entry.rpc : { ...entry.rpc, tokenFile: 'rpc.token' },
    },
    0o600,
  );
  // Together with the key: a key without its sign-state counts as one that forgot what it signed (consensus.md 2.11).
  await writeFirstSignState(path.join(own, 'data'), { publicKey: key.publicKey, genesisHash });
}

function writeJson(file: string, value: unknown, mode: number): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode });
}
