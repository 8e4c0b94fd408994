import { callJson } from '../../shared/api/call.js';
import { sessionStore, type Session } from '../../shared/session/session-store.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Six digits, for people who have turned the second step on. */
  readonly totp?: string;
  readonly organisation?: string;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @throws ApiError, with the code `AUTH_TOTP_NEEDED` when the second step is asked for. */
export async function signIn(credentials: Credentials): Promise<Session> {
  const session = await callJson<Session>('/session', post(credentials));
  sessionStore.open(session);
  return session;
}

/** Ends the session here even where the API does not answer: the page forgets it in any case. */
export async function signOut(): Promise<void> {
  try {
    await callJson('/session', { method: 'DELETE' });
  } finally {
    sessionStore.close();
  }
}

/** Acts for another organisation of the signed-in person. */
export async function actFor(organisation: string): Promise<void> {
  sessionStore.open(await callJson<Session>('/session/organisation', post({ organisation })));
}
