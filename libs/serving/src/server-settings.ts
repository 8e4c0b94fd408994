import { readTrustedProxies } from './trusted-proxies.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every web server of ours is told. */
export interface ServerSettings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** Addresses and networks of the proxies whose `X-Forwarded-*` headers are believed; empty: nobody's. */
  readonly trustProxy: readonly string[];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** @throws Error with one sentence that names the setting */
export function readServerSettings(env: Environment): ServerSettings {
  const port = Number(needed(env, 'PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is not a port: ${env['PORT'] ?? ''}`);
  const logLevel = given(env, 'LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) throw new Error(`LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}: ${logLevel}`);
  return {
    port,
    host: given(env, 'HOST') ?? '127.0.0.1',
    logLevel,
    trustProxy: readTrustedProxies('TRUST_PROXY', env['TRUST_PROXY'] ?? ''),
  };
}

/** @throws Error when it is not set, or empty */
export function needed(env: Environment, name: string): string {
  const value = given(env, name);
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}

/** @throws Error when it is not set, or no http address */
export function urlOf(env: Environment, name: string): URL {
  const text = needed(env, name);
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new Error(`${name} is no http address: ${text}`);
  return new URL(text);
}

const given = (env: Environment, name: string) => (env[name] === '' ? undefined : env[name]);
