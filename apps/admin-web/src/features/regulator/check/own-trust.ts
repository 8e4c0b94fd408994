/** The list of supervisors that this reader relies on, kept in this browser; never taken from the server without the reader's word. */
import { readTrustRoot, readTrustRootJson, trustRootOfGenesis, type TrustRoot } from '@waymark/light-client';
import { useSyncExternalStore } from 'react';
import { callApi, problemOf } from '../../../shared/index.js';

const KEY = 'waymark.regulator.trust';

export interface OwnTrust {
  readonly trust: TrustRoot;
  readonly fingerprint: string;
  /** `file`: the reader's own trust.json. `compared`: the server's, after the reader typed the fingerprint from another hand. */
  readonly source: 'file' | 'compared';
  readonly since: string;
}

let cached: { readonly text: string | null; readonly own: OwnTrust | undefined } | undefined;
const listeners = new Set<() => void>();

function read(): OwnTrust | undefined {
  const text = localStorage.getItem(KEY);
  if (cached !== undefined && cached.text === text) return cached.own;
  cached = { text, own: parse(text) };
  return cached.own;
}

function parse(text: string | null): OwnTrust | undefined {
  if (text === null) return undefined;
  try {
    const { trust, source, since } = JSON.parse(text) as Omit<OwnTrust, 'fingerprint'>;
    const found = readTrustRootJson(trust);
    return found === undefined ? undefined : { ...found, source, since };
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function write(text: string | undefined): void {
  if (text === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, text);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOwnTrust = (): OwnTrust | undefined => useSyncExternalStore(subscribe, read);

const keep = (trust: TrustRoot, source: OwnTrust['source']) =>
  write(JSON.stringify({ trust, source, since: new Date().toISOString() }));

export const forgetTrust = (): void => write(undefined);

/** False: the file is no trust root. */
export async function trustFile(file: File): Promise<boolean> {
  const read = readTrustRoot(await file.text());
  if (read === undefined) return false;
  keep(read.trust, 'file');
  return true;
}

export type Comparison = { readonly same: true } | { readonly same: false; readonly found: string | undefined };

/**
 * Takes the list that follows from the genesis file which the server shows, only when its fingerprint is the one that the reader
 * typed: the reader's word decides, not the server's.
 */
export async function trustByFingerprint(typed: string): Promise<Comparison> {
  const response = await callApi('/chain/genesis');
  if (!response.ok) throw await problemOf(response);
  const offered = trustRootOfGenesis(new Uint8Array(await response.arrayBuffer()));
  if (offered === undefined || plain(typed) !== plain(offered.fingerprint))
    return { same: false, found: offered?.fingerprint };
  keep(offered.trust, 'compared');
  return { same: true };
}

const plain = (fingerprint: string) => fingerprint.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** Sixteen digits and letters from A to F, however they are grouped. */
export const isFingerprint = (text: string): boolean => /^[0-9A-F]{16}$/.test(plain(text));
