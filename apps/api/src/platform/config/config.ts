import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Thrown when the environment is not usable: one line per variable, each with what it should be. */
export class ConfigError extends Error {}

const file = z.string().refine((path) => existsSync(path), 'names no file or folder that exists');
const rpcUrls = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((url) => url.trim().replace(/\/+$/, ''))
      .filter((url) => url.length > 0),
  )
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1, 'needs at least one RPC address of a node'));

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one.length > 0),
  );

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// address' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(4300),
  HOST: z.string().min(1).default('127.0.0.1'),
  WAYMARK_NODES: rpcUrls,
  WAYMARK_PUBLIC_PEERS: list.pipe(
    z.array(z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s:,]+):\d{1,5}$/, 'is not host:port')),
  ),
  WAYMARK_NODES_TOKEN: z.string().min(32).max(1_000).optional(),
  WAYMARK_TRUST_FILE: file,
  WAYMARK_GENESIS_FILE: file,
  WAYMARK_KEYS_DIR: file.optional(),
  WAYMARK_KEY_SECRET_FILE: file.optional(),
  SCAN_BASE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4302'),
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  CONSOLE_BASE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4301'),
  WAYMARK_OPERATORS: list.pipe(z.array(z.string().regex(/^[a-z0-9.-]{3,32}$/, 'names no account'))),
  WAYMARK_TRUSTED_PROXIES: list.pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))),
  WAYMARK_ACCOUNT_SECRET_FILE: file.optional(),
  WAYMARK_REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).max(10_000_000).default(6_000),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(500).optional(),
  OIDC_CLIENT_SECRET_FILE: file.optional(),
  OIDC_LABEL: z.string().min(1).max(60).optional(),
  OIDC_SECOND_FACTOR: list.pipe(z.array(z.string().max(200))),
  WAYMARK_KEEP_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  WAYMARK_ALIVE_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the two processes need to know, read once and handed in. Durations in milliseconds, sizes in bytes. */
export interface Config {
  readonly databaseUrl: string;
  /** Queue on Redis when set, else on the same Postgres. */
  readonly redisUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  /** RPC addresses of all nodes of the consortium, without a trailing slash. */
  readonly nodes: readonly string[];
  /** Where full nodes of other companies reach nodes of the consortium, host:port; absent or empty: as the nodes' own list says. */
  readonly publicPeers?: readonly string[];
  /** What the nodes ask of whoever calls their RPC; absent: nothing. */
  readonly nodesToken?: string | undefined;
  readonly trustFile: string;
  readonly genesisFile: string;
  /** One sealed key file per organisation; only the worker reads it. */
  readonly keysDir: string | undefined;
  readonly keySecretFile: string | undefined;
  readonly scanBaseUrl: string;
  /** Address under which this API is reached from outside; absent: taken from each request. */
  readonly publicBaseUrl: string | undefined;
  /** Address of the console, without a trailing slash: one-time links point there. */
  readonly consoleBaseUrl: string;
  /** Accounts of the organisations whose people may be operators of this deployment. */
  readonly operators: readonly string[];
  /** Addresses (or networks) of our own web servers: only they are believed about the client's address. */
  readonly trustedProxies: readonly string[];
  /** Holds the secret under which people's TOTP secrets are sealed; absent: no TOTP. */
  readonly accountSecretFile: string | undefined;
  /** For each network address, and for each key or person; 0: no limit. */
  readonly requestsPerMinute: number;
  /** Sign-in with an organisation's own identity provider; absent: passwords only. */
  readonly oidc:
    | {
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecretFile: string | undefined;
        /** Name of the provider, on the button. */
        readonly label: string;
        /** What the provider says in `amr` or `acr` when it has asked for a second factor itself and is trusted in that; none: never. */
        readonly secondFactor: readonly string[];
      }
    | undefined;
  /** After so many days the gateway deletes the bytes of settled transactions and settled failed jobs; 0: never. */
  readonly keepDays: number;
  /** The worker writes it anew every few seconds while its database answers: it has no port that could be asked. */
  readonly aliveFile: string | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** Nest token of the configuration. */
export const CONFIG = Symbol('Config');

/** Secrets, and addresses that carry one: instead of the value, `<NAME>_FILE` may name a file that holds it. */
const FROM_FILES = ['DATABASE_URL', 'REDIS_URL', 'WAYMARK_NODES_TOKEN'];

function withFiles(given: Record<string, string | undefined>): Record<string, string | undefined> {
  for (const name of FROM_FILES) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined)
      throw new ConfigError(`The configuration is not usable:\n  ${name} and ${name}_FILE are both set: give one.`);
    try {
      given[name] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      throw new ConfigError(`The configuration is not usable:\n  ${name}_FILE: ${(error as Error).message}`);
    }
  }
  return given;
}

/** Reads and checks the environment. Empty values count as absent. Throws {@link ConfigError}. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = withFiles(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'environment'}: ${issue.message}`);
    throw new ConfigError(`The configuration is not usable:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  if ((env.OIDC_ISSUER === undefined) !== (env.OIDC_CLIENT_ID === undefined))
    throw new ConfigError(
      'The configuration is not usable:\n  OIDC_ISSUER and OIDC_CLIENT_ID: sign-in with OpenID Connect needs both, or neither',
    );
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    port: env.PORT,
    host: env.HOST,
    nodes: env.WAYMARK_NODES,
    publicPeers: env.WAYMARK_PUBLIC_PEERS,
    nodesToken: env.WAYMARK_NODES_TOKEN,
    trustFile: env.WAYMARK_TRUST_FILE,
    genesisFile: env.WAYMARK_GENESIS_FILE,
    keysDir: env.WAYMARK_KEYS_DIR,
    keySecretFile: env.WAYMARK_KEY_SECRET_FILE,
    scanBaseUrl: env.SCAN_BASE_URL.replace(/\/+$/, ''),
    publicBaseUrl: env.PUBLIC_BASE_URL?.replace(/\/+$/, ''),
    consoleBaseUrl: env.CONSOLE_BASE_URL.replace(/\/+$/, ''),
    operators: env.WAYMARK_OPERATORS,
    trustedProxies: env.WAYMARK_TRUSTED_PROXIES,
    accountSecretFile: env.WAYMARK_ACCOUNT_SECRET_FILE,
    requestsPerMinute: env.WAYMARK_REQUESTS_PER_MINUTE,
    oidc:
      env.OIDC_ISSUER === undefined || env.OIDC_CLIENT_ID === undefined
        ? undefined
        : {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            clientSecretFile: env.OIDC_CLIENT_SECRET_FILE,
            label: env.OIDC_LABEL ?? new URL(env.OIDC_ISSUER).hostname,
            secondFactor: env.OIDC_SECOND_FACTOR,
          },
    keepDays: env.WAYMARK_KEEP_DAYS,
    aliveFile: env.WAYMARK_ALIVE_FILE,
    logLevel: env.LOG_LEVEL,
  };
}
