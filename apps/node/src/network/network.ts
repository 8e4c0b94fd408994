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
import { helloOf, readHello } from './greeting.js';
import { Guests, type GuestFacts, type GuestOptions } from './guests.js';
import { Session } from './session.js';
import { Visits, type VisitFacts, type VisitOptions } from './visits.js';

const HANDSHAKE_MS = 5_000;
const BACKOFF_MIN_MS = 50;
const BACKOFF_MAX_MS = 5_000;
/** Who belongs to another chain, or speaks another version, is called again after a minute: a person must mend that. */
const BACKOFF_FOREIGN_MS = 60_000;
const INCOMING_UNKNOWN_MAX = 64;
const PING_EVERY_MS = 5_000;
const PING_BYTES = 8;

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
  /** Who takes full nodes that no list names says how many, and how a pass is checked. */
  readonly guests?: GuestOptions;
  /** Only for a full node that no list names: whom it calls, and its pass. It listens for nobody. */
  readonly visits?: VisitOptions;
  readonly log: Logger;
}

export interface NetworkEvents {
  opened(peer: string): void;
  closed(peer: string): void;
  /** A whole frame of a peer whose HELLO was right. */
  frame(peer: string, frame: Frame): void;
}

/** What the network knows of one peer, for people. Times of the wall are milliseconds since 1970. */
export interface PeerFacts {
  /** Ed25519 key of its certificate, hex. */
  readonly key: string;
  /** `account/node`. */
  readonly name: string;
  readonly connected: boolean;
  /** Who opens the connection between the two: this node (`out`) or the other (`in`). */
  readonly direction: 'in' | 'out';
  readonly connectedSinceMs: number | null;
  /** When a whole frame of it came last; null: never since start. */
  readonly lastSeenMs: number | null;
  /** Of the newest ping, asked every five seconds; null while there is none. */
  readonly roundTripMs: number | null;
  /** Since this node started, over all sessions. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly sessions: number;
  /** Breaches of the protocol since start, and the newest. */
  readonly offences: number;
  readonly lastOffence: string | null;
}

interface Peer {
  readonly address: PeerAddress;
  readonly conduct: Conduct;
  session: Session | null;
  ready: boolean;
  backoffMs: number;
  redial: NodeJS.Timeout | null;
  readonly facts: {
    connectedSinceMs: number | null;
    lastSeenMs: number | null;
    roundTripMs: number | null;
    /** Of sessions that have ended. */
    bytesIn: number;
    bytesOut: number;
    sessions: number;
    offences: number;
    lastOffence: string | null;
  };
  /** The ping that waits for its answer: its number and steady time. */
  ping: { readonly number: bigint; readonly atMs: number } | null;
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
  private readonly guests: Guests | null;
  private readonly visits: Visits | null;
  private server: Server | null = null;
  private unknown = 0;
  private closing = false;
  private pinging: NodeJS.Timeout | null = null;
  private pings = 0n;

  constructor(
    private readonly options: NetworkOptions,
    private readonly events: NetworkEvents,
  ) {
    const own = certificateKey(new X509Certificate(options.tlsCertificatePem));
    if (own === null) throw new Error('the node certificate holds no Ed25519 key');
    this.ownKey = own;
    this.hello = helloOf(options.genesisHash);
    const { log, guests, visits } = options;
    this.guests = guests === undefined ? null : new Guests({ ...guests, hello: this.hello, log }, events);
    this.visits =
      visits === undefined
        ? null
        : new Visits({ ...visits, hello: this.hello, log, tls: () => this.tls(), keyOf: certificateKey }, events);
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
        facts: {
          connectedSinceMs: null,
          lastSeenMs: null,
          roundTripMs: null,
          bytesIn: 0,
          bytesOut: 0,
          sessions: 0,
          offences: 0,
          lastOffence: null,
        },
        ping: null,
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
    if (this.visits === null) await this.listen();
    else this.visits.start();
    for (const peer of this.peers.values()) if (this.dials(peer)) this.dial(peer);
    this.pinging = setInterval(() => {
      for (const peer of this.peers.values()) this.ping(peer);
      this.guests?.look();
    }, PING_EVERY_MS);
    this.pinging.unref();
  }

  private async listen(): Promise<void> {
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
      const guestsMax = this.options.guests?.limits.inAllMax ?? 0;
      if (this.unknown > INCOMING_UNKNOWN_MAX + this.peers.size + guestsMax) socket.destroy();
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
  }

  private ping(peer: Peer): void {
    if (!peer.ready || peer.session === null) return;
    this.pings += 1n;
    peer.ping = { number: this.pings, atMs: performance.now() };
    const payload = Buffer.alloc(PING_BYTES);
    payload.writeBigUInt64BE(this.pings);
    peer.session.send(FrameType.PING, payload);
  }

  /** True when the frame was a ping or its answer: nobody above hears of those. */
  private takesPing(peer: Peer, session: Session, { type, payload }: Frame): boolean {
    if (type !== FrameType.PING && type !== FrameType.PONG) return false;
    if (payload.length !== PING_BYTES) this.penalize(peer.address.key, 'PING_LENGTH');
    else if (type === FrameType.PING) session.send(FrameType.PONG, payload);
    else if (peer.ping !== null && Buffer.from(payload).readBigUInt64BE() === peer.ping.number) {
      peer.facts.roundTripMs = performance.now() - peer.ping.atMs;
      peer.ping = null;
    }
    return true;
  }

  private dials(peer: Peer): boolean {
    return this.ownKey < peer.address.key;
  }

  private incoming(socket: TLSSocket): void {
    socket.on('error', () => undefined); // the session, once there, closes on it
    const certificate = socket.getPeerX509Certificate();
    const key = certificate === undefined ? null : certificateKey(certificate);
    const peer = key === null ? undefined : this.peers.get(key);
    if (
      peer === undefined &&
      key !== null &&
      this.guests !== null &&
      !this.closing &&
      socket.getProtocol() === 'TLSv1.3'
    )
      return this.guests.arrive(socket, key);
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
    peer.ping = null;
    session.send(FrameType.HELLO, this.hello);
  }

  private receive(peer: Peer, session: Session, frame: Frame): void {
    if (peer.session !== session) return;
    peer.facts.lastSeenMs = Date.now();
    if (!peer.ready) {
      const greeting = frame.type === FrameType.HELLO ? readHello(this.hello, frame.payload) : null;
      if (greeting?.kind !== 'SAME') {
        const foreign = greeting?.kind === 'GENESIS_FOREIGN';
        this.options.log.error(
          {
            node: peer.address.name,
            code: greeting?.kind ?? 'HELLO_MISSING',
            ...(foreign ? { theirs: greeting.theirs } : {}),
          },
          foreign
            ? 'this node and another of its list have different genesis files: compare their fingerprints'
            : 'another node speaks another version of the protocol',
        );
        peer.backoffMs = BACKOFF_FOREIGN_MS;
        session.close();
        return;
      }
      peer.ready = true;
      peer.backoffMs = BACKOFF_MIN_MS;
      peer.facts.sessions += 1;
      peer.facts.connectedSinceMs = Date.now();
      this.events.opened(peer.address.key);
      this.ping(peer);
      return;
    }
    if (frame.type === FrameType.HELLO) return this.penalize(peer.address.key, 'HELLO_TWICE');
    if (!this.takesPing(peer, session, frame)) this.events.frame(peer.address.key, frame);
  }

  private lost(peer: Peer, session: Session): void {
    const { bytesIn, bytesOut } = session.traffic;
    peer.facts.bytesIn += bytesIn;
    peer.facts.bytesOut += bytesOut;
    if (peer.session !== session) return;
    peer.facts.connectedSinceMs = null;
    peer.facts.roundTripMs = null;
    peer.session = null;
    const was = peer.ready;
    peer.ready = false;
    if (was) this.events.closed(peer.address.key);
    this.dialLater(peer);
  }

  /** Sends, or loses the message when there is no session: the protocol repeats what matters. */
  send(peer: string, type: FrameType, payload: Uint8Array): boolean {
    const known = this.peers.get(peer);
    if (known === undefined)
      return this.visits?.send(peer, type, payload) ?? this.guests?.send(peer, type, payload) ?? false;
    if (known.session === null || !known.ready) return false;
    known.session.send(type, payload);
    return true;
  }

  connected(peer: string): boolean {
    return this.peers.get(peer)?.ready ?? this.visits?.has(peer) ?? false;
  }

  /** Full nodes that no list names and that are here by their pass. */
  guestFacts(): readonly GuestFacts[] {
    return this.guests?.facts() ?? [];
  }

  isGuest(peer: string): boolean {
    return this.guests?.has(peer) ?? false;
  }

  /** Keys of all guests. */
  guestPeers(): string[] {
    return this.guests?.keys() ?? [];
  }

  /** How a full node stands with the addresses that it calls; empty for all others. */
  visitFacts(): readonly VisitFacts[] {
    return this.visits?.facts() ?? [];
  }

  /** Tells whoever is visited how far this node is. */
  progress(height: number): void {
    this.visits?.progress(height);
  }

  /** Every peer of the list, for people. */
  facts(): PeerFacts[] {
    const visited = this.visitFacts().map(
      ({ name, address, key, connected, connectedSinceMs, refusal }): PeerFacts => ({
        key: key ?? '',
        name: name ?? address,
        connected,
        direction: 'out',
        connectedSinceMs,
        lastSeenMs: null,
        roundTripMs: null,
        bytesIn: 0,
        bytesOut: 0,
        sessions: 0,
        offences: 0,
        lastOffence: refusal,
      }),
    );
    const listed = [...this.peers.values()].map((peer): PeerFacts => {
      const now = peer.session?.traffic ?? { bytesIn: 0, bytesOut: 0 };
      return {
        key: peer.address.key,
        name: peer.address.name,
        connected: peer.ready,
        direction: this.dials(peer) ? 'out' : 'in',
        ...peer.facts,
        bytesIn: peer.facts.bytesIn + now.bytesIn,
        bytesOut: peer.facts.bytesOut + now.bytesOut,
      };
    });
    return [...listed, ...visited];
  }

  /** All peers with an open session that may be asked: those of the list, or whoever is visited. Guests are not among them. */
  connectedPeers(): string[] {
    const listed = [...this.peers.values()].filter(({ ready }) => ready).map(({ address }) => address.key);
    return [...listed, ...(this.visits?.keys() ?? [])];
  }

  /** Ends all sessions; they are opened again like any that was lost. */
  reopenSessions(): void {
    for (const { session } of this.peers.values()) session?.close();
    this.visits?.reopen();
  }

  /** Notes an offence of a peer; after three its session is reset, after repeated resets it is banned for ten minutes. */
  penalize(key: string, code: string): void {
    const peer = this.peers.get(key);
    if (peer === undefined) {
      if (this.isGuest(key)) this.guests?.penalize(key, code);
      else this.visits?.penalize(key, code);
      return;
    }
    const verdict = peer.conduct.offence(performance.now());
    peer.facts.offences += 1;
    peer.facts.lastOffence = code;
    this.options.log.warn({ node: peer.address.name, code, verdict }, 'a peer broke the protocol');
    if (verdict !== 'NOTED') peer.session?.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    if (this.pinging !== null) clearInterval(this.pinging);
    this.visits?.close();
    this.guests?.close();
    for (const peer of this.peers.values()) {
      if (peer.redial !== null) clearTimeout(peer.redial);
      peer.session?.close();
    }
    const server = this.server;
    this.server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
