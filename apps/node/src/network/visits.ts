/**
 * The other side of a pass: a full node calls at the addresses it was given, says HELLO, shows its pass, and is let in or told why
 * not (docs/adr/0009-full-nodes.md). Whoever answers must hold a node key that genesis names. It listens for nobody.
 */
import { connect, type ConnectionOptions } from 'node:tls';
import type { X509Certificate } from 'node:crypto';
import type { Logger } from 'pino';
import type { Endpoint } from '../config/index.js';
import { FrameType, type Frame } from './frame.js';
import { progressOf, readFarewell, readHello } from './greeting.js';
import { Session } from './session.js';

export interface VisitOptions {
  /** Where nodes of the consortium are reached. */
  readonly addresses: readonly Endpoint[];
  /** Name of every node that genesis names, by the key of its certificate, hex. */
  readonly members: ReadonlyMap<string, string>;
  /** The pass as it is shown. */
  readonly pass: Uint8Array;
}

interface VisitEvents {
  opened(peer: string): void;
  closed(peer: string): void;
  frame(peer: string, frame: Frame): void;
}

/** How one address stands, for people. */
export interface VisitFacts {
  readonly address: string;
  /** `account/node`; null while nobody known has answered. */
  readonly name: string | null;
  readonly key: string | null;
  readonly connected: boolean;
  readonly connectedSinceMs: number | null;
  /** Why the last call ended without an open session: a code, or null. */
  readonly refusal: string | null;
}

interface Visit {
  readonly endpoint: Endpoint;
  session: Session | null;
  key: string | null;
  ready: boolean;
  sinceMs: number | null;
  refusal: string | null;
  told: string | null;
  backoffMs: number;
  redial: NodeJS.Timeout | null;
}

const HANDSHAKE_MS = 5_000;
const BACKOFF_MIN_MS = 100;
const BACKOFF_MAX_MS = 5_000;
/** Who was turned away knocks again after a minute at the earliest: what stands in the way is for a person to mend. */
const TURNED_AWAY_MS = 60_000;
const PROGRESS_EVERY_MS = 1_000;

const SENTENCES: Readonly<Record<string, string>> = {
  GENESIS_FOREIGN:
    'this node has another genesis than the one it called: compare the fingerprint of trust.json with somebody of the consortium, and join again with the right files',
  VERSION:
    'the node that was called speaks another version of the protocol: install the version that the consortium runs',
  PEER_UNKNOWN: 'whoever answers at this address holds no key that genesis names: check the address',
  NODE_PASS_EXPIRED: 'the pass of this node has run out: make a new one with "waymark join --renew"',
  FULL_NODES_REFUSED: 'the node that was called takes no full nodes: give the address of another',
  FULL_NODES_TOO_MANY: 'the node that was called has as many full nodes as it takes: give the address of another',
};

export class Visits {
  private readonly visits: Visit[];
  private closing = false;
  private progressTimer: NodeJS.Timeout | null = null;
  private height = 0;
  private toldHeight = -1;

  constructor(
    private readonly on: VisitOptions & {
      readonly tls: () => ConnectionOptions;
      readonly keyOf: (certificate: X509Certificate) => string | null;
      readonly hello: Uint8Array;
      readonly log: Logger;
    },
    private readonly events: VisitEvents,
  ) {
    this.visits = on.addresses.map((endpoint) => ({
      endpoint,
      session: null,
      key: null,
      ready: false,
      sinceMs: null,
      refusal: null,
      told: null,
      backoffMs: BACKOFF_MIN_MS,
      redial: null,
    }));
  }

  start(): void {
    for (const visit of this.visits) this.dial(visit);
    this.progressTimer = setInterval(() => this.report(false), PROGRESS_EVERY_MS);
    this.progressTimer.unref();
  }

  /** The height that is booked here; told to whoever is visited now and then. */
  progress(height: number): void {
    this.height = height;
  }

  private report(anew: boolean): void {
    if (!anew && this.height === this.toldHeight) return;
    this.toldHeight = this.height;
    for (const { session, ready } of this.visits) if (ready) session?.send(FrameType.PROGRESS, progressOf(this.height));
  }

  private dial(visit: Visit): void {
    visit.redial = null;
    if (this.closing || visit.session !== null) return;
    const { host, port } = visit.endpoint;
    const socket = connect({ ...this.on.tls(), host, port, servername: '', checkServerIdentity: () => undefined });
    const giveUp = setTimeout(() => socket.destroy(), HANDSHAKE_MS);
    const again = (): void => {
      clearTimeout(giveUp);
      this.later(visit);
    };
    socket.on('error', () => undefined); // 'close' follows and dials again
    socket.once('close', again);
    socket.once('secureConnect', () => {
      clearTimeout(giveUp);
      socket.off('close', again);
      const certificate = socket.getPeerX509Certificate();
      const key = certificate === undefined ? null : this.on.keyOf(certificate);
      if (key === null || socket.getProtocol() !== 'TLSv1.3' || this.closing) {
        socket.destroy();
        this.turnedAway(visit, 'PEER_UNKNOWN');
        return this.later(visit);
      }
      this.greet(visit, key, new Session(socket, this.sessionEvents(visit)));
    });
  }

  private greet(visit: Visit, key: string, session: Session): void {
    visit.session = session;
    visit.key = key;
    visit.ready = false;
    session.send(FrameType.HELLO, this.on.hello);
    const late = setTimeout(() => {
      if (visit.session === session && !visit.ready) session.close();
    }, HANDSHAKE_MS);
    late.unref();
  }

  private sessionEvents(visit: Visit): ConstructorParameters<typeof Session>[1] {
    let greeted = false;
    return {
      frame: (frame) => {
        const { session } = visit;
        if (session === null) return;
        if (visit.ready) return this.take(visit, frame);
        if (frame.type === FrameType.FAREWELL) {
          this.turnedAway(visit, readFarewell(frame.payload) ?? 'REFUSED');
          return session.close();
        }
        if (!greeted) {
          greeted = true;
          const greeting = frame.type === FrameType.HELLO ? readHello(this.on.hello, frame.payload) : null;
          const fault =
            greeting?.kind !== 'SAME'
              ? (greeting?.kind ?? 'VERSION')
              : visit.key === null || !this.on.members.has(visit.key)
                ? 'PEER_UNKNOWN'
                : this.visits.some((other) => other !== visit && other.ready && other.key === visit.key)
                  ? 'PEER_TWICE'
                  : null;
          if (fault === null) return session.send(FrameType.PASS, this.on.pass);
          this.turnedAway(visit, fault);
          // The other side is to hear why, too: it may wait for a pass. It compares the HELLO by itself.
          setTimeout(() => session.close(), 100).unref();
          return;
        }
        if (frame.type !== FrameType.WELCOME) return;
        visit.ready = true;
        visit.refusal = null;
        visit.told = null;
        visit.backoffMs = BACKOFF_MIN_MS;
        visit.sinceMs = Date.now();
        this.report(true);
        this.events.opened(visit.key as string);
      },
      violation: () => undefined, // the session closes itself
      closed: () => {
        const was = visit.ready;
        const { key } = visit;
        visit.session = null;
        visit.ready = false;
        visit.sinceMs = null;
        if (was && key !== null) this.events.closed(key);
        this.later(visit);
      },
    };
  }

  private take(visit: Visit, frame: Frame): void {
    switch (frame.type) {
      case FrameType.PING:
        visit.session?.send(FrameType.PONG, frame.payload);
        return;
      case FrameType.FAREWELL:
        this.turnedAway(visit, readFarewell(frame.payload) ?? 'REFUSED');
        return visit.session?.close();
      default:
        this.events.frame(visit.key as string, frame);
    }
  }

  /** Says so once in one sentence, and knocks again much later. */
  private turnedAway(visit: Visit, code: string): void {
    visit.refusal = code;
    visit.backoffMs = TURNED_AWAY_MS;
    if (visit.told === code || code === 'PEER_TWICE') return;
    visit.told = code;
    const address = `${visit.endpoint.host}:${visit.endpoint.port}`;
    this.on.log.error({ address, code }, SENTENCES[code] ?? 'the node that was called turned this node away');
  }

  private later(visit: Visit): void {
    if (this.closing || visit.redial !== null) return;
    visit.redial = setTimeout(() => this.dial(visit), visit.backoffMs * (0.75 + Math.random() / 2));
    visit.backoffMs =
      visit.backoffMs >= TURNED_AWAY_MS ? BACKOFF_MAX_MS : Math.min(BACKOFF_MAX_MS, visit.backoffMs * 2);
  }

  private ready(key: string): Visit | undefined {
    return this.visits.find((visit) => visit.ready && visit.key === key);
  }

  has(key: string): boolean {
    return this.ready(key) !== undefined;
  }

  send(key: string, type: FrameType, payload: Uint8Array): boolean {
    const session = this.ready(key)?.session;
    if (session == null) return false;
    session.send(type, payload);
    return true;
  }

  keys(): string[] {
    return this.visits.flatMap(({ ready, key }) => (ready && key !== null ? [key] : []));
  }

  /** Somebody who breaks the protocol is left for a while. */
  penalize(key: string, code: string): void {
    const visit = this.ready(key);
    if (visit === undefined) return;
    this.on.log.warn({ node: this.on.members.get(key), code }, 'a peer broke the protocol');
    visit.backoffMs = TURNED_AWAY_MS;
    visit.session?.close();
  }

  facts(): VisitFacts[] {
    return this.visits.map(({ endpoint, key, ready, sinceMs, refusal }) => ({
      address: `${endpoint.host}:${endpoint.port}`,
      name: key === null ? null : (this.on.members.get(key) ?? null),
      key,
      connected: ready,
      connectedSinceMs: sinceMs,
      refusal,
    }));
  }

  reopen(): void {
    for (const { session } of this.visits) session?.close();
  }

  close(): void {
    this.closing = true;
    if (this.progressTimer !== null) clearInterval(this.progressTimer);
    for (const { redial, session } of this.visits) {
      if (redial !== null) clearTimeout(redial);
      session?.close();
    }
  }
}
