import { useSyncExternalStore } from 'react';
import type { Permission } from '../permissions.js';
import { sessionOf, sessionStore, type Session, type SessionState } from './session-store.js';

export function useSessionState(): SessionState {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

/** The session of the signed-in person; pages are only shown to one. */
export function useSession(): Session {
  const session = sessionOf(useSessionState());
  if (session !== undefined) return session;
  throw new Error('this part of the console is shown to signed-in people only');
}

/** Whether the signed-in person may do this, in the organisation they act for. */
export function usePermission(permission: Permission): boolean {
  return sessionOf(useSessionState())?.permissions.includes(permission) ?? false;
}
