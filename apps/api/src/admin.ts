import { parseArgs } from 'node:util';
import { readChainFacts } from './chain/genesis.js';
import { refuseForeignChain } from './chain/own-chain.js';
import { ApiKeys } from './platform/auth/api-keys.js';
import { isEntryPoint } from './entry-point.js';
import { LINK_HOURS } from './modules/members/one-time-links.js';
import { OperatorLinks } from './modules/members/operator-links.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { ROLES, type Scope, SCOPES } from './platform/auth/permissions.js';
import { createLogger } from './platform/logging/logger.js';

const COMMANDS: readonly string[] = ['create-key', 'revoke-key', 'list-keys', 'invite', 'reset'];

const usage = `Usage:
  admin.js create-key --organisation ACCOUNT [--scopes ${SCOPES.join(',')}] [--label TEXT] [--json]
  admin.js revoke-key --id ID
  admin.js list-keys [--organisation ACCOUNT]
  admin.js invite --organisation ACCOUNT --email ADDRESS [--role ${ROLES.join('|')}]... [--json]
      prints a link, valid once and for ${LINK_HOURS} hours, with which the person chooses a password (CONSOLE_BASE_URL says where)
  admin.js reset --email ADDRESS [--json]
      prints such a link for somebody who lost their password or their phone
The environment is that of the API (DATABASE_URL, WAYMARK_GENESIS_FILE, ...).
`;

/** Keys of machine clients, and one-time links for people, for the operator: apps/api/dist/admin.js. Returns the exit status. */
export async function runAdmin(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      organisation: { type: 'string' },
      scopes: { type: 'string', default: 'capture,read' },
      label: { type: 'string', default: '' },
      id: { type: 'string' },
      email: { type: 'string', default: '' },
      role: { type: 'string', multiple: true, default: ['administrator'] },
      json: { type: 'boolean', default: false },
    },
  });
  const [command] = positionals;
  if (command === undefined || !COMMANDS.includes(command)) {
    print(usage);
    return 2;
  }
  const config = readConfig(environment);
  const { organisations, genesisHash } = readChainFacts(config.genesisFile, config.trustFile);
  const logger = createLogger('admin', 'warn');
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 2 }, logger);
  try {
    await refuseForeignChain(database, genesisHash);
    if (command === 'invite' || command === 'reset') {
      const links = new OperatorLinks(database, config, organisations);
      const made =
        command === 'invite'
          ? await links.invite(values.organisation ?? '', values.email, values.role)
          : await links.reset(values.email);
      if (typeof made === 'string') {
        print(`${made}\n`);
        return 1;
      }
      print(values.json ? `${JSON.stringify({ link: made.link, expiresAt: made.expiresAt })}\n` : `${made.link}\n`);
      return 0;
    }
    const keys = new ApiKeys(database);
    if (command === 'create-key') {
      const organisation = values.organisation ?? '';
      const scopes = values.scopes.split(',').map((scope) => scope.trim());
      const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
      if (!organisations.find(organisation) || unknown !== undefined) {
        print(
          unknown === undefined
            ? `There is no organisation "${organisation}" in the genesis file.\n`
            : `There is no scope "${unknown}"; there are ${SCOPES.join(', ')}.\n`,
        );
        return 1;
      }
      const made = await keys.create(organisation, scopes as Scope[], values.label);
      print(values.json ? `${JSON.stringify({ ...made, organisation, scopes })}\n` : `${made.key}\n`);
      return 0;
    }
    if (command === 'revoke-key') {
      const done = await keys.revoke(values.id ?? '');
      print(done ? 'The key is revoked.\n' : 'There is no such key that still stands.\n');
      return done ? 0 : 1;
    }
    for (const key of await keys.list(values.organisation))
      print(
        `${key.id}  ${key.organisation}  ${key.scopes.join(',')}  ${key.revokedAt === null ? 'stands' : `revoked ${key.revokedAt.toISOString()}`}  ${key.label}\n`,
      );
    return 0;
  } finally {
    await database.destroy();
  }
}

if (isEntryPoint(import.meta.url)) {
  process.exitCode = await runAdmin(process.argv.slice(2), process.env, (text) => process.stdout.write(text)).catch(
    (error: unknown) => {
      process.stderr.write(
        `${error instanceof ConfigError || !(error instanceof Error) ? String(error) : error.message}\n`,
      );
      return 1;
    },
  );
}
