import type { Permission } from '../permissions.js';

/** An organisation the signed-in person belongs to. */
export interface Membership {
  readonly account: string;
  readonly name: Readonly<Record<'en' | 'zh-CN', string>>;
  readonly role: 'company' | 'regulator';
  readonly roles: readonly string[];
}

/** What `POST /session` and `POST /session/refresh` answer (modules/members). */
export interface Session {
  readonly accessToken: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly totp?: boolean };
  /** Account of the organisation acted for. */
  readonly organisation: string;
  readonly organisations: readonly Membership[];
  readonly permissions: readonly Permission[];
}

/**
 * `unknown`: the page has just been opened and asks whether its cookie still stands. `none`: nobody is signed in. `ended`: somebody was,
 * and the page they work on is kept under a dialogue that asks them to sign in again. `changed`: the browser's cookie no longer stands for
 * the person and organisation that the page was made for; nothing is sent from it any more, and a dialogue says so.
 */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'ended'; readonly session: Session }
  | { readonly kind: 'changed'; readonly session: Session };

/** For whom and as whom a page acts: what is begun as one is never finished as another. */
export const actorOf = (session: Session): string => `${session.user.id} ${session.organisation}`;

/** The session whose page is shown, whatever became of it. */
export const sessionOf = (state: SessionState): Session | undefined => ('session' in state ? state.session : undefined);

type Listener = () => void;

const ANSWER_MS_MAX = 20_000;

/** The session lives in the page's memory only: nothing that opens a door is ever written to the browser's storage. */
class SessionStore {
  private state: SessionState = { kind: 'unknown' };
  private readonly listeners = new Set<Listener>();
  private refreshing: Promise<boolean> | undefined;
  private waiting: ((signedIn: boolean) => void)[] = [];

  readonly get = (): SessionState => this.state;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get accessToken(): string | undefined {
    return this.state.kind === 'open' ? this.state.session.accessToken : undefined;
  }

  private set(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }

  /** Somebody signed in, or the session was renewed. Calls that waited for it go on. */
  open(session: Session): void {
    this.set({ kind: 'open', session });
    this.release(true);
  }

  /** What the browser's cookie stands for is not what this page was made for. Whatever waits is told no. */
  change(): void {
    const session = sessionOf(this.state);
    if (session !== undefined) this.set({ kind: 'changed', session });
    this.release(false);
  }

  /** Signed out on purpose. */
  close(): void {
    this.set({ kind: 'none' });
    this.release(false);
  }

  private release(signedIn: boolean): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const go of waiting) go(signedIn);
  }

  /** Asks for a new access token by the refresh cookie; one request however many ask. False: the session has ended. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.askForRefresh().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** @throws TypeError when the network is lost: nobody is signed out for that. */
  private async askForRefresh(): Promise<boolean> {
    // Another tab may act for another organisation meanwhile: this page stays with its own.
    const before = sessionOf(this.state);
    const organisation = before?.organisation;
    const response = await fetch('/api/session/refresh', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(organisation === undefined ? {} : { organisation }),
      // Nobody looks at an empty page for ever because one answer got lost on the way.
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch((cause: unknown) => {
      throw cause instanceof DOMException
        ? new TypeError('the session could not be renewed: no answer', { cause })
        : cause;
    });
    if (response.ok) {
      const session = (await response.json()) as Session;
      // Somebody chose, or became, another in this page meanwhile: their tokens are the newer ones.
      if (sessionOf(this.state) !== before && this.state.kind === 'open') return true;
      // In another tab somebody else may have signed in since: the cookie is theirs.
      if (before !== undefined && actorOf(session) !== actorOf(before)) {
        this.change();
        return false;
      }
      this.open(session);
      return true;
    }
    if (response.status === 403 && before !== undefined) {
      this.change();
      return false;
    }
    // The API is away for a moment: the session may well stand.
    if (response.status >= 500) throw new TypeError(`the session could not be renewed: ${response.status}`);
    if (this.state.kind === 'unknown') this.set({ kind: 'none' });
    return false;
  }

  /** When the page is opened: does the cookie still stand? Where the API is away, somebody who is not known signs in. */
  async begin(): Promise<void> {
    try {
      await this.refresh();
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      if (this.state.kind === 'unknown') this.set({ kind: 'none' });
    }
  }

  /** Opens the dialogue over the page and waits until the person has signed in (true) or left (false). */
  signInAgain(): Promise<boolean> {
    if (this.state.kind === 'open') this.set({ kind: 'ended', session: this.state.session });
    if (this.state.kind !== 'ended') return Promise.resolve(false);
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

export const sessionStore = new SessionStore();
