import type { NetConnectOpts } from 'node:net';

/** Where a service listens: a unix socket, or a port of this machine. Never the network: there is no secret and no lock on it. */
export type SocketAddress = { readonly path: string } | { readonly host?: string; readonly port: number };

const LOOPBACK = /^(localhost|::1|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** @throws RangeError for a host that is not this machine. */
export function connectOptions(address: SocketAddress): NetConnectOpts {
  if ('path' in address) return { path: address.path };
  const host = address.host ?? '127.0.0.1';
  if (!LOOPBACK.test(host))
    throw new RangeError(`${host} is not this machine: an acceleration service is asked on loopback only`);
  return { host, port: address.port };
}

/** For messages. */
export function addressText(address: SocketAddress): string {
  return 'path' in address ? address.path : `${address.host ?? '127.0.0.1'}:${address.port}`;
}
