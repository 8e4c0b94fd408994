/**
 * A small chain with real keys, for whoever verifies: organisations and validators, blocks with real headers, receipts and
 * certificates, evidence files and feeds as a node gives them. Receipts say what the test wants them to say; nothing is
 * executed. Everything is derived from names, so two runs give the same bytes.
 */
import { portableHashing, publicKeyOf, signMessage } from '@waymark/accel/portable';
import { signersOf, voteSignBytes, VoteType } from '@waymark/consensus/certificates';
import {
  assembleTransaction,
  BlockKind,
  buildTransaction,
  committeeHash,
  committeeOf,
  decodeTransaction,
  encodeGenesis,
  encodeHeader,
  encodeLedgerEvent,
  encodeReceipt,
  encodeTrustRoot,
  evidenceTransaction,
  memberIdOf,
  proofOfPossessionBytes,
  quorumOf,
  ReceiptStatus,
  sortGenesis,
  trustRootOf,
  type BodyInput,
  type Evidence,
  type Failure,
  type Genesis,
  type Header,
  type LedgerEvent,
  type LocalName,
  type TransactionView,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { concatBytes, equalBytes, inclusionPath, toBase64, toHex, treeHead, utf8 } from '@waymark/ledger/primitives';

const hashing = portableHashing;
const ZERO = new Uint8Array(32);

/** A key pair made of a name. */
export function keyOf(name: string): { readonly seed: Uint8Array; readonly publicKey: Uint8Array } {
  const seed = hashing.sha256(utf8(`small-chain/${name}`));
  return { seed, publicKey: publicKeyOf(seed) };
}

export interface SmallOrganisation {
  readonly account: string;
  readonly name: LocalName;
  readonly role?: 'company' | 'regulator';
  readonly companyPrefixes?: readonly string[];
}

export const ORGANISATIONS: readonly SmallOrganisation[] = [
  { account: 'processor', name: { en: 'Harbour Cannery', 'zh-CN': '海港罐头厂' }, companyPrefixes: ['9521003'] },
  { account: 'importer', name: { en: 'Northern Imports', 'zh-CN': '北方进口公司' }, companyPrefixes: ['9521004'] },
  { account: 'fish-farm', name: { en: 'Blue Bay Fish Farm', 'zh-CN': '蓝湾养鱼场' }, companyPrefixes: ['9521002'] },
  { account: 'authority', name: { en: 'Food Authority', 'zh-CN': '食品监管局' }, role: 'regulator' },
];

export interface SmallTransaction {
  readonly sender: string;
  readonly bodies: readonly BodyInput[];
  /** Whose keys sign. Default: the sender's own. */
  readonly signWith?: readonly string[];
  /** Whose keys the receipt says to have counted, as execution finds them. Default: the sender's own, where it signed. */
  readonly counted?: readonly string[];
  readonly proceed?: boolean;
  /** Default ACCEPTED. */
  readonly status?: (typeof ReceiptStatus)[keyof typeof ReceiptStatus];
  readonly failures?: readonly Failure[];
  readonly events?: readonly LedgerEvent[];
}

interface SmallBlock {
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly hash: Uint8Array;
  readonly transactions: readonly TransactionView[];
  readonly receipts: readonly Uint8Array[];
  readonly events: readonly (readonly Uint8Array[])[];
}

export interface SmallCertificate {
  readonly bitmap: number;
  readonly signatures: readonly string[];
}

export interface SmallChain {
  readonly genesis: Genesis;
  readonly genesisBytes: Uint8Array;
  readonly genesisHash: Uint8Array;
  readonly trust: TrustRoot;
  readonly trustFile: Uint8Array;
  /** The newest height. */
  readonly height: number;
  /** Time of the newest block. */
  readonly timeMs: number;
  /** Adds one block; gives the txIds in hex. `timeMs` default: a second after the last. */
  append(transactions: readonly SmallTransaction[], timeMs?: number): readonly string[];
  block(height: number): SmallBlock;
  /** COMMIT signatures over a header by the members with these indices (default: the first q). */
  certify(
    header: { readonly header: Header; readonly hash: Uint8Array },
    signers?: readonly number[],
  ): SmallCertificate;
  /** Evidence of these transactions' bodies (default: all), anchored in the newest block. */
  evidence(txIds: readonly string[], bodies?: Readonly<Record<string, readonly number[]>>): Evidence;
  /** A piece of a range (formats.md 6a) with these blocks; the newest block is the head, so `to` lies below it. */
  range(from: number, to: number): RangePieceJson;
  /** What a node answers to `blocks`: all blocks from `from` but the newest, which is the anchor. */
  feed(from: number): {
    finalHeight: number;
    blocks: FeedBlockJson[];
    anchor: { headers: string[]; certificate: SmallCertificate };
  };
}

export interface RangePieceJson {
  format: string;
  chainId: string;
  genesisHash: string;
  createdAt: string;
  genesis: string;
  from: number;
  to: number;
  head: { header: string; certificate: SmallCertificate; historyPath?: string[] };
  blocks: FeedBlockJson[];
  anchor: { headers: string[]; certificate: SmallCertificate };
}

export interface FeedBlockJson {
  header: string;
  transactions: string[];
  receipts: string[];
  events: string[][];
}

/** Opens a chain at height 0. `name` goes into the chain id, the keys and so the genesis hash. */
export function openSmallChain(
  name = 'small',
  options: { organisations?: readonly SmallOrganisation[]; validators?: readonly string[]; timeMs?: number } = {},
): SmallChain {
  const organisations = options.organisations ?? ORGANISATIONS;
  const validators = options.validators ?? ['processor', 'importer', 'fish-farm', 'authority'];
  const genesis = genesisOf(name, organisations, validators, options.timeMs ?? Date.UTC(2026, 0, 1));
  const genesisBytes = encodeGenesis(genesis);
  const genesisHash = hashing.sha256(genesisBytes);
  const trust = trustRootOf(hashing, genesis);
  const committee = committeeOf(genesis);
  const blocks: SmallBlock[] = [];
  const placeOf = new Map<string, { height: number; index: number }>();
  const last = () => blocks[blocks.length - 1];
  const hashAt = (height: number): Uint8Array => (height === 0 ? genesisHash : block(height).hash);
  const history = (height: number): Uint8Array[] => Array.from({ length: height }, (_, at) => hashAt(at));
  const seedOfMember = new Map(
    validators.map((account) => [
      toHex(memberIdOf(hashing, account, `${account}-1`)),
      keyOf(`${name}/consensus/${account}`).seed,
    ]),
  );

  function block(height: number): SmallBlock {
    const found = blocks[height - 1];
    if (found === undefined) throw new RangeError(`no block ${height}`);
    return found;
  }

  function append(input: readonly SmallTransaction[], timeMs?: number): readonly string[] {
    const before = last();
    const height = blocks.length + 1;
    const transactions = input.map((transaction) => sign(name, genesisHash, transaction));
    const events = input.map((transaction) => (transaction.events ?? []).map(encodeLedgerEvent));
    const receipts = transactions.map((transaction, txIndex) => {
      const wanted = input[txIndex] as SmallTransaction;
      return encodeReceipt({
        txId: transaction.txId,
        sender: wanted.sender,
        signerKeys: transaction.signatures
          .map(({ publicKey }) => publicKey)
          .filter((publicKey) =>
            (wanted.counted ?? [wanted.sender]).some((account) =>
              equalBytes(keyOf(`${name}/organisation/${account}`).publicKey, publicKey),
            ),
          ),
        status: wanted.status ?? ReceiptStatus.ACCEPTED,
        failures: wanted.failures ?? [],
        eventsRoot: treeHead(hashing, events[txIndex] ?? []),
        height,
        txIndex,
      });
    });
    const header: Header = {
      version: 1,
      suite: 1,
      kind: BlockKind.NORMAL,
      genesisHash,
      epoch: 0,
      view: height,
      height,
      parentHash: hashAt(height - 1),
      parentView: before?.header.view ?? 0,
      time: timeMs ?? (before?.header.time ?? genesis.timeMs) + 1_000,
      leaderIdx: height % 3,
      txCount: transactions.length,
      bodyBytes: transactions.reduce((sum, { bytes }) => sum + bytes.length, 0),
      txRoot: treeHead(
        hashing,
        transactions.map(({ txHash }) => txHash),
      ),
      parentStateRoot: hashing.sha256(utf8(`state after ${height - 1}`)),
      parentReceiptRoot: treeHead(hashing, before?.receipts ?? []),
      sideRoot: ZERO,
      historyRoot: treeHead(hashing, history(height)),
      committeeHash: committeeHash(hashing, committee),
      generation: 0,
      nextCommitteeHash: ZERO,
      nextProposersHash: ZERO,
      nextSeed: ZERO,
      edgeHash: ZERO,
      reveal: ZERO,
      signal: 0,
      extraRoot: ZERO,
    };
    const headerBytes = encodeHeader(header);
    blocks.push({ header, headerBytes, hash: hashing.sha256(headerBytes), transactions, receipts, events });
    const txIds = transactions.map(({ txId }) => toHex(txId));
    txIds.forEach((txId, index) => placeOf.set(txId, { height, index }));
    return txIds;
  }

  function certify(
    { header, hash }: { readonly header: Header; readonly hash: Uint8Array },
    signers?: readonly number[],
  ): SmallCertificate {
    const chosen = signers ?? Array.from({ length: quorumOf(committee.members.length) }, (_, index) => index);
    const message = voteSignBytes(
      { type: VoteType.COMMIT, epoch: header.epoch, view: header.view, blockHash: toHex(hash) },
      toHex(genesisHash),
    );
    const bitmap = chosen.reduce((bits, index) => (bits | (1 << index)) >>> 0, 0);
    return {
      bitmap,
      signatures: signersOf(bitmap).map((index) => {
        const seed = seedOfMember.get(toHex(committee.members[index]?.memberId ?? ZERO));
        if (seed === undefined) throw new RangeError(`no member ${index}`);
        return toBase64(signMessage(seed, message));
      }),
    };
  }

  function evidence(txIds: readonly string[], bodies: Readonly<Record<string, readonly number[]>> = {}): Evidence {
    const anchor = block(blocks.length);
    const leaves = history(anchor.header.height);
    const places = txIds.map((txId) => {
      const place = placeOf.get(txId);
      if (place === undefined || place.height >= anchor.header.height)
        throw new RangeError(`${txId} has no certified receipt yet`);
      return place;
    });
    const heights = [...new Set(places.flatMap(({ height }) => [height, height + 1]))].sort((a, b) => a - b);
    return {
      format: 'waymark-evidence/1',
      chainId: genesis.chainId,
      genesisHash: toHex(genesisHash),
      createdAt: new Date(anchor.header.time).toISOString(),
      subject: 'a small chain',
      genesis: toBase64(genesisBytes),
      anchor: { header: toBase64(anchor.headerBytes), certificate: certify(anchor) },
      headers: heights.map((height) => ({
        height,
        header: toBase64(block(height).headerBytes),
        ...(height === anchor.header.height
          ? {}
          : { historyPath: inclusionPath(hashing, leaves, height).map(toBase64) }),
      })),
      transactions: places.map(({ height, index }, at) => {
        const from = block(height);
        const transaction = from.transactions[index] as TransactionView;
        const wanted = bodies[txIds[at] ?? ''] ?? transaction.bodies.map((_, body) => body);
        return evidenceTransaction(hashing, transaction, from.receipts, index, wanted);
      }),
    };
  }

  const feedBlock = ({ headerBytes, transactions, receipts, events }: SmallBlock): FeedBlockJson => ({
    header: toBase64(headerBytes),
    transactions: transactions.map(({ bytes }) => toBase64(bytes)),
    receipts: receipts.map(toBase64),
    events: events.map((list) => list.map(toBase64)),
  });

  function range(from: number, to: number): RangePieceJson {
    const head = block(blocks.length);
    const next = block(to + 1);
    return {
      format: 'waymark-range/1',
      chainId: genesis.chainId,
      genesisHash: toHex(genesisHash),
      createdAt: new Date(head.header.time).toISOString(),
      genesis: toBase64(genesisBytes),
      from,
      to,
      head: {
        header: toBase64(head.headerBytes),
        certificate: certify(head),
        ...(next === head
          ? {}
          : { historyPath: inclusionPath(hashing, history(head.header.height), to + 1).map(toBase64) }),
      },
      blocks: blocks.slice(from - 1, to).map(feedBlock),
      anchor: { headers: [toBase64(next.headerBytes)], certificate: certify(next) },
    };
  }

  return {
    genesis,
    genesisBytes,
    genesisHash,
    trust,
    trustFile: encodeTrustRoot(trust),
    get height() {
      return blocks.length;
    },
    get timeMs() {
      return last()?.header.time ?? genesis.timeMs;
    },
    append,
    block,
    certify,
    evidence,
    range,
    feed: (from) => {
      const anchor = block(blocks.length);
      return {
        finalHeight: anchor.header.height,
        blocks: blocks.slice(from - 1, -1).map(feedBlock),
        anchor: { headers: [toBase64(anchor.headerBytes)], certificate: certify(anchor) },
      };
    },
  };
}

/** A body with JSON content. */
export function jsonBody(kind: string, value: unknown, context = 0, visibility: 1 | 2 | 3 = 1): BodyInput {
  return { kind, content: utf8(JSON.stringify(value)), context, visibility };
}

function sign(chain: string, genesisHash: Uint8Array, transaction: SmallTransaction): TransactionView {
  const unsigned = buildTransaction(hashing, {
    genesisHash,
    sender: transaction.sender,
    expiryHeight: 5_000,
    proceed: transaction.proceed ?? false,
    bodies: transaction.bodies,
  });
  const signatures = (transaction.signWith ?? [transaction.sender]).map((account) => {
    const { seed, publicKey } = keyOf(`${chain}/organisation/${account}`);
    return { publicKey, signature: signMessage(seed, unsigned.signedBytes) };
  });
  const decoded = decodeTransaction(hashing, assembleTransaction(unsigned, signatures));
  if (!decoded.ok) throw new Error(decoded.refusal.code);
  return decoded.value;
}

function genesisOf(
  name: string,
  organisations: readonly SmallOrganisation[],
  validators: readonly string[],
  timeMs: number,
): Genesis {
  const proof = (
    key: { seed: Uint8Array; publicKey: Uint8Array },
    role: 'organisation' | 'consensus',
    account: string,
  ) => ({
    publicKey: toHex(key.publicKey),
    proofOfPossession: toHex(signMessage(key.seed, proofOfPossessionBytes(role, account))),
  });
  const roleOf = (account: string) =>
    organisations.find((organisation) => organisation.account === account)?.role ?? 'company';
  const members = validators.map((account) => {
    const { publicKey, proofOfPossession } = proof(keyOf(`${name}/consensus/${account}`), 'consensus', account);
    return {
      memberId: toHex(memberIdOf(hashing, account, `${account}-1`)),
      account,
      node: `${account}-1`,
      class: roleOf(account) === 'regulator' ? ('regulator' as const) : ('nominated' as const),
      consensusKey: publicKey,
      proofOfPossession,
      p2pKey: toHex(keyOf(`${name}/p2p/${account}`).publicKey),
    };
  });
  return sortGenesis({
    format: 'waymark-genesis/2',
    suite: 1,
    chainId: `${name}-chain`,
    timeMs,
    parameters: {
      deltaMs: 500,
      minBlockMs: 250,
      slotMs: 2_000,
      maxBlockBytes: 1 << 20,
      maxTxBytes: 1 << 20,
      expiryHeightsMax: 10_000,
      guardianEvery: 0,
      epochLength: 0,
    },
    organisations: organisations.map(({ account, name: names, role, companyPrefixes }) => ({
      account,
      name: names,
      role: role ?? 'company',
      class: role === 'regulator' ? ('regulator' as const) : ('producer' as const),
      keys: [proof(keyOf(`${name}/organisation/${account}`), 'organisation', account)],
      companyPrefixes: [...(companyPrefixes ?? [])].sort(),
    })),
    validators: members,
    proposers: members.filter(({ class: seat }) => seat !== 'regulator').map(({ memberId }) => memberId),
  });
}

/** Flips the lowest bit of one byte. */
export function flipByte(bytes: Uint8Array, at: number): Uint8Array {
  const changed = concatBytes(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
