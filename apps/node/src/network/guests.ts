/**
 * Full nodes that no list names, on the side of the node they visit (docs/adr/0009-full-nodes.md). A visitor proves by TLS that it
 * holds a key, says HELLO, and shows the pass by which an organisation of this chain vouches for that key. Guests are bounded in
 * number and rate; what they may say is little: transactions, questions for blocks and headers, how far they are.
 */
import type { TLSSocket } from 'node:tls';
import { judgeNodePass, parseNodePass, type NodePass, type PassCheck } from '@waymark/ledger/membership';
import type { Logger } from 'pino';
import { Conduct } from './conduct.js';
import { FrameType, type Frame } from './frame.js';
import { farewellOf, readHello, readProgress } from './greeting.js';
import { Session, type SessionBounds } from './session.js';

/** How many guests a node takes. */
export interface GuestLimits {
  readonly perOrganisationMax: number;
  readonly inAllMax: number;
}

export interface GuestOptions {
  /** Keys, hex, that the ledger gives to an account now. */
  readonly keysOf: (account: string) => readonly string[];
  readonly genesisHash: Uint8Array;
  readonly limits: GuestLimits;
  /** Does this signature hold? */
  readonly verify: (check: PassCheck) => Promise<boolean>;
  readonly wallMs: () => number;
}

/** One full node that is here, for people. Times are milliseconds since 1970. */
export interface GuestFacts {
  /** Ed25519 key of its certificate, hex. */
  readonly key: string;
  readonly account: string;
  readonly node: string;
  readonly connectedSinceMs: number;
  /** The height that it says it has booked; null: it has not said. */
  readonly height: number | null;
  readonly passExpiresMs: number;
}

interface GuestEvents {
  opened(peer: string): void;
  closed(peer: string): void;
  frame(peer: string, frame: Frame): void;
}

interface Guest {
  readonly session: Session;
  readonly pass: NodePass;
  readonly sinceMs: number;
  height: number | null;
}

/** Before it is let in a visitor may say two short things, soon. */
const ARRIVING_MAX = 32;
/** Of one network address: whoever knocks without a pass, over and over, does not keep others out. */
const ARRIVING_OF_ADDRESS_MAX = 8;
const ARRIVAL_MS = 5_000;
const CONDUCTS_MAX = 256;
const MIB = 1024 * 1024;
const guestBounds: SessionBounds = {
  bytesPerSecond: 4 * MIB,
  bytesBurst: 16 * MIB,
  framesPerSecond: 500,
  framesBurst: 2_000,
  laneBytesMax: [2 * MIB, 2 * MIB, 2 * MIB, 16 * MIB],
};
/** One line a minute about visitors that are turned away: whoever knocks must not fill the log. */
const TELL_EVERY_MS = 60_000;

export class Guests {
  private readonly present = new Map<string, Guest>();
  private readonly conducts = new Map<string, Conduct>();
  /** Visitors that are not let in yet, by their network address. */
  private readonly arriving = new Map<string, number>();
  private toldAtMs = -Infinity;
  private untold = 0;

  constructor(
    private readonly on: GuestOptions & { readonly hello: Uint8Array; readonly log: Logger },
    private readonly events: GuestEvents,
  ) {}

  /** A connection whose TLS key no list names. */
  arrive(socket: TLSSocket, key: string): void {
    const address = socket.remoteAddress ?? '';
    if (!this.mayArrive(address) || this.conducts.get(key)?.banned(performance.now()) === true) {
      socket.destroy();
      return;
    }
    this.arriving.set(address, (this.arriving.get(address) ?? 0) + 1);
    let stage: 'HELLO' | 'PASS' | 'JUDGED' | 'IN' | 'GONE' = 'HELLO';
    const late = setTimeout(() => session.close(), ARRIVAL_MS);
    const settled = (): void => {
      clearTimeout(late);
      const left = (this.arriving.get(address) ?? 1) - 1;
      if (left > 0) this.arriving.set(address, left);
      else this.arriving.delete(address);
    };
    const refuse = (code: string, facts: object = {}): void => {
      stage = 'GONE';
      this.tell(key, code, facts);
      session.closeAfter(FrameType.FAREWELL, farewellOf(code));
    };
    const session = new Session(
      socket,
      {
        frame: (frame) => {
          switch (stage) {
            case 'HELLO': {
              if (frame.type !== FrameType.HELLO) return refuse('HELLO_MISSING');
              const greeting = readHello(this.on.hello, frame.payload);
              if (greeting.kind !== 'SAME')
                return refuse(
                  greeting.kind,
                  greeting.kind === 'VERSION' ? {} : { theirs: greeting.theirs, ours: this.ownGenesis },
                );
              stage = 'PASS';
              return;
            }
            case 'PASS':
              if (frame.type !== FrameType.PASS) return refuse('NODE_PASS_MISSING');
              stage = 'JUDGED';
              this.judge(frame.payload, key).then(
                (answer) => {
                  if (!session.open || stage === 'GONE') return;
                  if (typeof answer === 'string') return refuse(answer);
                  stage = 'IN';
                  settled();
                  this.admit(key, answer, session);
                },
                (error: unknown) => {
                  this.on.log.error({ error: String(error) }, 'a node pass could not be judged');
                  refuse('NODE_PASS_NOT_JUDGED');
                },
              );
              return;
            case 'IN':
              return this.take(key, session, frame);
            default:
              return;
          }
        },
        violation: (code) => this.penalize(key, code),
        closed: () => {
          if (stage === 'IN') this.lost(key, session);
          else settled();
          stage = 'GONE';
        },
      },
      guestBounds,
    );
    session.send(FrameType.HELLO, this.on.hello);
  }

  private mayArrive(address: string): boolean {
    const inAll = [...this.arriving.values()].reduce((sum, count) => sum + count, 0);
    return inAll < ARRIVING_MAX && (this.arriving.get(address) ?? 0) < ARRIVING_OF_ADDRESS_MAX;
  }

  private get ownGenesis(): string {
    return Buffer.from(this.on.genesisHash).toString('hex');
  }

  /** The pass, or the code of its refusal. */
  private async judge(bytes: Uint8Array, key: string): Promise<NodePass | string> {
    const { keysOf, genesisHash, limits, verify, wallMs } = this.on;
    const read = parseNodePass(bytes);
    if (!read.ok) return read.refusal.code;
    const judged = judgeNodePass(read.value, { keysOf, genesisHash, p2pKey: key, nowMs: wallMs() });
    if (!judged.ok) return judged.refusal.code;
    if (!(await verify(judged.value))) return 'NODE_PASS_SIGNATURE_INVALID';
    if (limits.inAllMax === 0) return 'FULL_NODES_REFUSED';
    const others = [...this.present].filter(([known]) => known !== key);
    const ofAccount = others.filter(([, { pass }]) => pass.account === read.value.account);
    const isFull = others.length >= limits.inAllMax || ofAccount.length >= limits.perOrganisationMax;
    return isFull ? 'FULL_NODES_TOO_MANY' : read.value;
  }

  private admit(key: string, pass: NodePass, session: Session): void {
    this.present.get(key)?.session.close(); // an earlier session that the guest no longer has
    this.present.set(key, { session, pass, sinceMs: this.on.wallMs(), height: null });
    session.send(FrameType.WELCOME, new Uint8Array(0));
    this.on.log.info({ account: pass.account, node: pass.node }, 'a full node was let in');
    this.events.opened(key);
  }

  private take(key: string, session: Session, frame: Frame): void {
    const guest = this.present.get(key);
    if (guest?.session !== session) return;
    switch (frame.type) {
      case FrameType.PING:
        if (frame.payload.length === 8) session.send(FrameType.PONG, frame.payload);
        else this.penalize(key, 'PING_LENGTH');
        return;
      case FrameType.PROGRESS:
        guest.height = readProgress(frame.payload) ?? guest.height;
        return;
      case FrameType.TX:
      case FrameType.BLOCK_REQ:
      case FrameType.HEADERS_REQ:
        this.events.frame(key, frame);
        return;
      default:
        return; // a guest has no voice in anything else
    }
  }

  private lost(key: string, session: Session): void {
    const guest = this.present.get(key);
    if (guest?.session !== session) return;
    this.present.delete(key);
    this.on.log.info({ account: guest.pass.account, node: guest.pass.node }, 'a full node left');
    this.events.closed(key);
  }

  private tell(key: string, code: string, facts: object): void {
    const now = performance.now();
    if (now - this.toldAtMs < TELL_EVERY_MS) {
      this.untold += 1;
      return;
    }
    this.toldAtMs = now;
    const sentence =
      code === 'GENESIS_FOREIGN'
        ? 'a node with another genesis knocked and was turned away: it belongs to another consortium, or holds a wrong genesis file'
        : 'a full node knocked and was turned away';
    this.on.log.warn({ key, code, ...facts, othersSince: this.untold }, sentence);
    this.untold = 0;
  }

  has(key: string): boolean {
    return this.present.has(key);
  }

  send(key: string, type: FrameType, payload: Uint8Array): boolean {
    const guest = this.present.get(key);
    if (guest === undefined) return false;
    guest.session.send(type, payload);
    return true;
  }

  keys(): string[] {
    return [...this.present.keys()];
  }

  penalize(key: string, code: string): void {
    let conduct = this.conducts.get(key);
    if (conduct === undefined) {
      conduct = new Conduct();
      const oldest = this.conducts.keys().next();
      if (this.conducts.size >= CONDUCTS_MAX && oldest.done !== true) this.conducts.delete(oldest.value);
      this.conducts.set(key, conduct);
    }
    const verdict = conduct.offence(performance.now());
    this.on.log.warn({ key, code, verdict }, 'a full node broke the protocol');
    if (verdict !== 'NOTED') this.present.get(key)?.session.close();
  }

  /** Ends the stay of guests whose pass has run out. */
  look(): void {
    const now = this.on.wallMs();
    for (const { pass, session } of this.present.values())
      if (pass.expiresMs <= now) session.closeAfter(FrameType.FAREWELL, farewellOf('NODE_PASS_EXPIRED'));
  }

  facts(): GuestFacts[] {
    return [...this.present].map(([key, { pass, sinceMs, height }]) => ({
      key,
      account: pass.account,
      node: pass.node,
      connectedSinceMs: sinceMs,
      height,
      passExpiresMs: pass.expiresMs,
    }));
  }

  close(): void {
    for (const { session } of [...this.present.values()]) session.close();
  }
}
