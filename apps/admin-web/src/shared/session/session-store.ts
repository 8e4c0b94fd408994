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
 * and the page they work on is kept under a dialogue that asks them to sign in again.
 */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'ended'; readonly session: Session };

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
    const organisation =
      this.state.kind === 'open' || this.state.kind === 'ended' ? this.state.session.organisation : undefined;
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
      this.open((await response.json()) as Session);
      return true;
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
