import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { portableHashing, signMessage } from '@waymark/accel/portable';
import { openKey, parseSealedKey, SealedKeyError } from '@waymark/api/sealed-key';
import {
  encodeTrustRoot,
  parseGenesis,
  parseTrustRoot,
  trustFingerprint,
  trustRootOf,
  type Genesis,
} from '@waymark/ledger/chain';
import { encodeNodePass, nodePassBytes, parseNodePass, type NodePassFacts } from '@waymark/ledger/membership';
import { toHex } from '@waymark/ledger/primitives';
import { newNodeCertificate } from '@waymark/node/node-certificate';
import { CommandStopped } from '../command-stopped.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface JoinRequest {
  readonly genesisFile: string;
  readonly trustFile: string;
  /** What somebody of the consortium said the fingerprint of trust.json is; absent: the person compares what is shown. */
  readonly fingerprint?: string;
  /** The organisation's sealed key, and the file of the secret that opens it. */
  readonly keyFile: string;
  readonly secretFile: string;
  readonly node: string | undefined;
  readonly peers: readonly Endpoint[];
  readonly rpc: Endpoint;
  /** The RPC needs no token, though it does not listen on loopback: its network keeps others out. */
  readonly rpcOpen: boolean;
  /** Where the node keeps its data, relative to node.json. */
  readonly data: string;
  readonly days: number;
  readonly out: string;
  readonly now: Date;
}

export interface Joined {
  readonly folder: string;
  readonly chainId: string;
  readonly account: string;
  readonly node: string;
  readonly genesisHash: string;
  readonly fingerprint: string;
  readonly expires: Date;
}

interface Consortium {
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
  readonly genesisBytes: Uint8Array;
  readonly trustBytes: Uint8Array;
  readonly fingerprint: string;
}

const DAY_MS = 86_400_000;
const FILES = { genesis: 'genesis.json', trust: 'trust.json', pass: 'node.pass.json', config: 'node.json' } as const;

/**
 * Makes everything that a full node of its own company needs to follow a running consortium (docs/adr/0009-full-nodes.md): a node
 * key, a pass signed by the organisation's key, and the node's settings. Nothing is changed at the other nodes.
 * @throws CommandStopped with the one sentence that says what stands in the way
 */
export async function joinConsortium(request: JoinRequest): Promise<Joined> {
  const { out, now } = request;
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new CommandStopped(
      `${out} is not empty. Nothing was written. Choose another place with --out, or make a new pass for the node there with --renew.`,
    );
  const consortium = readConsortium(request.genesisFile, request.trustFile);
  const { genesis, genesisHash, fingerprint } = consortium;
  if (request.fingerprint !== undefined && plain(request.fingerprint) !== plain(fingerprint))
    throw new CommandStopped(
      `GENESIS_FOREIGN: trust.json has the fingerprint ${fingerprint}, you were told ${request.fingerprint}. Nothing was written. Ask the consortium for its files again, by a way you trust.`,
    );
  const key = await openOrganisationKey(request, genesis);
  const node = request.node ?? `${key.account}-full`.slice(0, 32);
  const certificate = await newNodeCertificate(`${node}.${key.account}`, now);
  const expires = new Date(now.getTime() + request.days * DAY_MS);
  const pass = signPass(key, {
    genesisHash: toHex(genesisHash),
    account: key.account,
    node,
    p2pKey: certificate.publicKeyHex,
    role: 'full',
    expiresMs: expires.getTime(),
  });
  const isLoopback = /^127\.|^localhost$|^::1$/.test(request.rpc.host);
  const config = {
    name: node,
    account: key.account,
    role: 'full',
    genesis: FILES.genesis,
    nodePass: FILES.pass,
    peers: request.peers,
    tlsKey: 'tls.key.pem',
    tlsCertificate: 'tls.cert.pem',
    dataDir: request.data,
    rpc: {
      ...request.rpc,
      ...(request.rpcOpen ? { open: true } : isLoopback ? {} : { tokenFile: 'rpc.token' }),
    },
    log: { level: 'info' },
  };
  writeWhole(out, (folder) => {
    const write = (name: string, bytes: Uint8Array | string, mode: number) =>
      writeFileSync(path.join(folder, name), bytes, { mode });
    write(FILES.genesis, consortium.genesisBytes, 0o644);
    write(FILES.trust, consortium.trustBytes, 0o644);
    write(FILES.pass, pass, 0o600);
    write('tls.key.pem', certificate.keyPem, 0o600);
    write('tls.cert.pem', certificate.certificatePem, 0o644);
    if (!isLoopback && !request.rpcOpen) write('rpc.token', `${randomBytes(32).toString('hex')}\n`, 0o600);
    write(FILES.config, `${JSON.stringify(config, null, 2)}\n`, 0o600);
  });
  return {
    folder: out,
    chainId: genesis.chainId,
    account: key.account,
    node,
    genesisHash: toHex(genesisHash),
    fingerprint,
    expires,
  };
}

/** A new pass for a node that `join` made, under the same node key. The node shows it after its next start. */
export async function renewPass(
  request: Pick<JoinRequest, 'keyFile' | 'secretFile' | 'days' | 'out' | 'now'>,
): Promise<Joined> {
  const configFile = path.join(request.out, FILES.config);
  const at = (named: unknown, fallback: string) =>
    path.resolve(request.out, typeof named === 'string' ? named : fallback);
  let settings: { genesis?: unknown; nodePass?: unknown };
  try {
    settings = JSON.parse(
      Buffer.from(readOrStop(configFile, 'the settings of the node')).toString('utf8'),
    ) as typeof settings;
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandStopped(`${configFile} is no JSON: ${error.message}`);
    throw error;
  }
  const passFile = at(settings.nodePass, FILES.pass);
  const read = parseNodePass(readOrStop(passFile, 'the pass of the node'));
  if (!read.ok) throw new CommandStopped(`${passFile} is no pass (${read.refusal.code} ${read.refusal.pointer}).`);
  const { genesis, genesisHash } = readGenesis(at(settings.genesis, FILES.genesis));
  const key = await openOrganisationKey(request, genesis);
  const { account, node, p2pKey } = read.value;
  if (account !== key.account)
    throw new CommandStopped(`The node belongs to ${account}, the key to ${key.account}. Nothing was written.`);
  const expires = new Date(request.now.getTime() + request.days * DAY_MS);
  const facts = {
    genesisHash: toHex(genesisHash),
    account,
    node,
    p2pKey,
    role: 'full',
    expiresMs: expires.getTime(),
  } as const;
  const beside = `${passFile}.new`;
  writeFileSync(beside, signPass(key, facts), { mode: 0o600 });
  renameSync(beside, passFile);
  return {
    folder: request.out,
    chainId: genesis.chainId,
    account,
    node,
    genesisHash: facts.genesisHash,
    fingerprint: trustFingerprint(portableHashing, encodeTrustRoot(trustRootOf(portableHashing, genesis))),
    expires,
  };
}

const plain = (fingerprint: string) => fingerprint.replaceAll(/[^0-9a-fA-F]/g, '').toUpperCase();

function readOrStop(file: string, what: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new CommandStopped(`${file} cannot be read (${what}): ${(error as Error).message}`);
  }
}

function readGenesis(file: string): Pick<Consortium, 'genesis' | 'genesisHash' | 'genesisBytes'> {
  const genesisBytes = readOrStop(file, 'the genesis file');
  const checked = parseGenesis(portableHashing, genesisBytes);
  if (!checked.ok)
    throw new CommandStopped(
      `${file} is no genesis file, or was changed (${checked.refusal.code} ${checked.refusal.pointer}).`,
    );
  return { genesis: checked.value.genesis, genesisHash: checked.value.genesisHash, genesisBytes };
}

/** Genesis and trust root that belong together. */
function readConsortium(genesisFile: string, trustFile: string): Consortium {
  const read = readGenesis(genesisFile);
  const trustBytes = readOrStop(trustFile, 'the trust root');
  const trust = parseTrustRoot(trustBytes);
  if (!trust.ok) throw new CommandStopped(`${trustFile} is no trust root, or was changed (${trust.refusal.pointer}).`);
  if (trust.value.genesisHash !== toHex(read.genesisHash))
    throw new CommandStopped(
      `GENESIS_FOREIGN: ${trustFile} belongs to another genesis than ${genesisFile}. Get both from the same consortium.`,
    );
  return { ...read, trustBytes, fingerprint: trustFingerprint(portableHashing, trustBytes) };
}

interface OrganisationKey {
  readonly account: string;
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
}

async function openOrganisationKey(
  { keyFile, secretFile }: Pick<JoinRequest, 'keyFile' | 'secretFile'>,
  genesis: Genesis,
): Promise<OrganisationKey> {
  try {
    const file: unknown = JSON.parse(Buffer.from(readOrStop(keyFile, 'the key of the organisation')).toString('utf8'));
    const { account, publicKey } = parseSealedKey(file);
    const organisation = genesis.organisations.find((known) => known.account === account);
    if (organisation === undefined)
      throw new CommandStopped(
        `This consortium knows no organisation "${account}": only organisations that genesis names may join a node.`,
      );
    if (!organisation.keys.some((known) => known.publicKey === publicKey))
      throw new CommandStopped(`The key in ${keyFile} is not the one that this consortium knows of ${account}.`);
    const secret = Buffer.from(readOrStop(secretFile, 'the secret of the key')).toString('utf8').trim();
    return await openKey(file, secret);
  } catch (error) {
    if (error instanceof SealedKeyError) throw new CommandStopped(`${keyFile}: ${error.message}`);
    if (error instanceof SyntaxError) throw new CommandStopped(`${keyFile} is no sealed key file: ${error.message}`);
    throw error;
  }
}

function signPass(key: OrganisationKey, facts: NodePassFacts): Uint8Array {
  try {
    return encodeNodePass({
      format: 'waymark-node-pass/1',
      ...facts,
      publicKey: toHex(key.publicKey),
      signature: toHex(signMessage(key.seed, nodePassBytes(facts))),
    });
  } finally {
    key.seed.fill(0);
  }
}

/** The folder appears whole or not at all. */
function writeWhole(out: string, fill: (folder: string) => void): void {
  mkdirSync(path.dirname(out), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(out), `.${path.basename(out)}-`)); // mode 0700
  try {
    fill(work);
    // A mount point of a container is there already, and empty: what was made goes into it file by file, the settings last.
    if (existsSync(out)) {
      const names = readdirSync(work).sort((a, b) => Number(a === FILES.config) - Number(b === FILES.config));
      for (const name of names) {
        const from = path.join(work, name);
        const mode = /pass|key|token|node\.json/.test(name) ? 0o600 : 0o644;
        writeFileSync(path.join(out, name), readFileSync(from), { mode });
      }
    } else renameSync(work, out);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
