import { actorOf, sessionOf, sessionStore } from '../session/session-store.js';
import { ApiError, problemOf } from './problem.js';

/** Where the console's own server forwards to the API. */
export const API_PREFIX = '/api';

const SESSION_PATHS = /^\/session(\/refresh|\/oidc\/|\/totp)?(\?|$)/;

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionStore.accessToken;
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(API_PREFIX + path, { credentials: 'same-origin', ...init, headers });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, { code: 'NETWORK_LOST' }, undefined, { cause });
  }
}

/**
 * One request to the API, whole: with the access token, renewed once when it has run out; when the session itself has ended, a sign-in dialogue
 * opens over the page and the request goes on afterwards; only ever as the same person for the same organisation, because what is sent is
 * signed by that one for good. Answers that are no success are returned as they are.
 * @throws ApiError 403 AUTH_NOT_A_MEMBER where the browser no longer stands for whom the page was made; nothing was sent then
 */
export async function callApi(path: string, init: RequestInit = {}): Promise<Response> {
  if (SESSION_PATHS.test(path)) return send(path, init);
  const begunAs = actor();
  const stay = () => {
    const now = sessionStore.get();
    if (begunAs === undefined || now.kind === 'none') return;
    if (now.kind === 'changed' || actor() !== begunAs) throw new ApiError(403, { code: 'AUTH_NOT_A_MEMBER' });
  };
  // The dialogue is open already: what is asked meanwhile waits for it too.
  if (sessionStore.get().kind === 'ended') await sessionStore.signInAgain();
  stay();
  const response = await send(path, init);
  if (response.status !== 401 || sessionStore.get().kind === 'none') return response;
  const { code } = (await problemOf(response.clone())).problem;
  if (code !== 'AUTH_SESSION_EXPIRED') return response;
  let renewed: boolean;
  try {
    renewed = await sessionStore.refresh();
  } catch (cause) {
    throw new ApiError(0, { code: 'NETWORK_LOST' }, undefined, { cause });
  }
  if (!renewed) renewed = await sessionStore.signInAgain();
  stay();
  return renewed ? send(path, init) : response;
}

const actor = (): string | undefined => {
  const session = sessionOf(sessionStore.get());
  return session === undefined ? undefined : actorOf(session);
};

/** What the generated client calls: JSON in, JSON out. @throws ApiError for everything but success. */
export async function callJson<Result>(path: string, init: RequestInit = {}): Promise<Result> {
  const response = await callApi(path, init);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as Result;
  const type = response.headers.get('content-type') ?? '';
  if (/\bjson\b/.test(type)) return (await response.json()) as Result;
  const text = await response.text();
  return (text === '' ? undefined : text) as Result;
}

export type ErrorType<_Body> = ApiError;
export type BodyType<Body> = Body;
