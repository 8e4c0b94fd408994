/**
 * Sessions with all other nodes: mutual TLS 1.3 over TCP. A peer is who its certificate's Ed25519 key says, compared with
 * the list; no authority signs anything. Of two nodes the one with the lower key dials, so there is one session a pair.
 */
import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { toHex } from '@waymark/ledger/primitives';
import type { Logger } from 'pino';
import type { Endpoint } from '../config/index.js';
import { Conduct } from './conduct.js';
import { FrameType, type Frame } from './frame.js';
import { Session } from './session.js';

const HELLO_VERSION = 1;
const HANDSHAKE_MS = 5_000;
const BACKOFF_MIN_MS = 50;
const BACKOFF_MAX_MS = 5_000;
const INCOMING_UNKNOWN_MAX = 64;

/** A node as the network knows it. `key` is the Ed25519 key of its certificate, hex. */
export interface PeerAddress {
  readonly key: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

export interface NetworkOptions {
  readonly listen: Endpoint;
  readonly tlsKeyPem: string;
  readonly tlsCertificatePem: string;
  readonly genesisHash: Uint8Array;
  /** All nodes but this one. */
  readonly peers: readonly PeerAddress[];
  readonly log: Logger;
}

export interface NetworkEvents {
  opened(peer: string): void;
  closed(peer: string): void;
  /** A whole frame of a peer whose HELLO was right. */
  frame(peer: string, frame: Frame): void;
}

interface Peer {
  readonly address: PeerAddress;
  readonly conduct: Conduct;
  session: Session | null;
  ready: boolean;
  backoffMs: number;
  redial: NodeJS.Timeout | null;
}

/** The raw Ed25519 key inside a node certificate, hex; null when it is of another kind. */
export function certificateKey(certificate: X509Certificate): string | null {
  if (certificate.publicKey.asymmetricKeyType !== 'ed25519') return null;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return toHex(spki.subarray(spki.length - 32));
}

export class NodeNetwork {
  private readonly peers = new Map<string, Peer>();
  private readonly ownKey: string;
  private readonly hello: Uint8Array;
  private server: Server | null = null;
  private unknown = 0;
  private closing = false;

  constructor(
    private readonly options: NetworkOptions,
    private readonly events: NetworkEvents,
  ) {
    const own = certificateKey(new X509Certificate(options.tlsCertificatePem));
    if (own === null) throw new Error('the node certificate holds no Ed25519 key');
    this.ownKey = own;
    this.hello = Buffer.concat([Buffer.from([HELLO_VERSION]), options.genesisHash]);
    for (const address of options.peers) {
      if (address.key === own) continue;
      const conduct = new Conduct();
      this.peers.set(address.key, {
        address,
        conduct,
        session: null,
        ready: false,
        backoffMs: BACKOFF_MIN_MS,
        redial: null,
      });
    }
  }

  /** Own certificate key, hex. */
  get key(): string {
    return this.ownKey;
  }

  /** Port that is listened on; differs from the configured one when that is 0. */
  get port(): number {
    const address = this.server?.address();
    return typeof address === 'object' && address !== null ? address.port : this.options.listen.port;
  }

  private tls(): Pick<TlsOptions, 'key' | 'cert' | 'minVersion' | 'requestCert' | 'rejectUnauthorized'> {
    return {
      key: this.options.tlsKeyPem,
      cert: this.options.tlsCertificatePem,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false, // no authority is trusted: the key is compared below
    };
  }

  async start(): Promise<void> {
    const server = createServer({ ...this.tls(), handshakeTimeout: HANDSHAKE_MS });
    this.server = server;
    server.on('secureConnection', (socket) => this.incoming(socket));
    server.on('tlsClientError', (error: Error) =>
      this.options.log.debug({ reason: error.message }, 'a TLS handshake failed'),
    );
    server.on('connection', (socket: Socket) => {
      this.unknown += 1;
      socket.once('close', () => {
        this.unknown -= 1;
      });
      if (this.unknown > INCOMING_UNKNOWN_MAX + this.peers.size) socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.listen.port, this.options.listen.host, () => {
        server.off('error', reject);
        server.on('error', (error: Error) =>
          this.options.log.error({ error: error.message }, 'the p2p listener failed'),
        );
        resolve();
      });
    });
    for (const peer of this.peers.values()) if (this.dials(peer)) this.dial(peer);
  }

  private dials(peer: Peer): boolean {
    return this.ownKey < peer.address.key;
  }

  private incoming(socket: TLSSocket): void {
    socket.on('error', () => undefined); // the session, once there, closes on it
    const certificate = socket.getPeerX509Certificate();
    const key = certificate === undefined ? null : certificateKey(certificate);
    const peer = key === null ? undefined : this.peers.get(key);
    if (peer === undefined || this.closing || this.dials(peer) || peer.conduct.banned(performance.now())) {
      this.options.log.debug({ key }, 'a connection of an unknown or unwanted node was refused');
      socket.destroy();
      return;
    }
    this.adopt(peer, socket);
  }

  private dial(peer: Peer): void {
    peer.redial = null;
    if (this.closing || peer.session !== null) return;
    const { host, port } = peer.address.endpoint;
    const socket = connect({ ...this.tls(), host, port, servername: '', checkServerIdentity: () => undefined });
    const giveUp = setTimeout(() => socket.destroy(), HANDSHAKE_MS);
    socket.on('error', () => undefined); // 'close' follows and dials again
    socket.once('secureConnect', () => {
      clearTimeout(giveUp);
      const certificate = socket.getPeerX509Certificate();
      const key = certificate === undefined ? null : certificateKey(certificate);
      if (key !== peer.address.key || socket.getProtocol() !== 'TLSv1.3') {
        this.options.log.warn({ node: peer.address.name, key }, 'a node answered with another key than the list says');
        socket.destroy();
        return;
      }
      socket.off('close', again);
      this.adopt(peer, socket);
    });
    const again = (): void => {
      clearTimeout(giveUp);
      this.dialLater(peer);
    };
    socket.once('close', again);
  }

  private dialLater(peer: Peer): void {
    if (this.closing || peer.redial !== null || !this.dials(peer)) return;
    const banned = peer.conduct.banned(performance.now());
    peer.redial = setTimeout(() => this.dial(peer), banned ? 30_000 : peer.backoffMs * (0.75 + Math.random() / 2));
    peer.backoffMs = Math.min(BACKOFF_MAX_MS, peer.backoffMs * 2);
  }

  private adopt(peer: Peer, socket: TLSSocket): void {
    peer.session?.close(); // an earlier one that the peer no longer has
    const session = new Session(socket, {
      frame: (frame) => this.receive(peer, session, frame),
      violation: (code) => this.penalize(peer.address.key, code),
      closed: () => this.lost(peer, session),
    });
    peer.session = session;
    peer.ready = false;
    session.send(FrameType.HELLO, this.hello);
  }

  private receive(peer: Peer, session: Session, frame: Frame): void {
    if (peer.session !== session) return;
    if (!peer.ready) {
      if (frame.type !== FrameType.HELLO || !Buffer.from(this.hello).equals(frame.payload)) {
        this.options.log.warn({ node: peer.address.name }, 'a node speaks another version or belongs to another chain');
        session.close();
        return;
      }
      peer.ready = true;
      peer.backoffMs = BACKOFF_MIN_MS;
      this.events.opened(peer.address.key);
      return;
    }
    if (frame.type === FrameType.HELLO) return this.penalize(peer.address.key, 'HELLO_TWICE');
    this.events.frame(peer.address.key, frame);
  }

  private lost(peer: Peer, session: Session): void {
    if (peer.session !== session) return;
    peer.session = null;
    const was = peer.ready;
    peer.ready = false;
    if (was) this.events.closed(peer.address.key);
    this.dialLater(peer);
  }

  /** Sends, or loses the message when there is no session: the protocol repeats what matters. */
  send(peer: string, type: FrameType, payload: Uint8Array): boolean {
    const known = this.peers.get(peer);
    if (known?.session == null || !known.ready) return false;
    known.session.send(type, payload);
    return true;
  }

  connected(peer: string): boolean {
    return this.peers.get(peer)?.ready ?? false;
  }

  /** All peers with an open session. */
  connectedPeers(): string[] {
    return [...this.peers.values()].filter(({ ready }) => ready).map(({ address }) => address.key);
  }

  /** Ends all sessions; they are opened again like any that was lost. */
  reopenSessions(): void {
    for (const { session } of this.peers.values()) session?.close();
  }

  /** Notes an offence of a peer; after three its session is reset, after repeated resets it is banned for ten minutes. */
  penalize(key: string, code: string): void {
    const peer = this.peers.get(key);
    if (peer === undefined) return;
    const verdict = peer.conduct.offence(performance.now());
    this.options.log.warn({ node: peer.address.name, code, verdict }, 'a peer broke the protocol');
    if (verdict !== 'NOTED') peer.session?.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const peer of this.peers.values()) {
      if (peer.redial !== null) clearTimeout(peer.redial);
      peer.session?.close();
    }
    const server = this.server;
    this.server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
