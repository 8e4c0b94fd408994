import { parseArgs } from 'node:util';
import { readChainFacts } from './chain/genesis.js';
import { ApiKeys } from './platform/auth/api-keys.js';
import { isEntryPoint } from './entry-point.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { type Scope, SCOPES } from './platform/auth/permissions.js';
import { createLogger } from './platform/logging/logger.js';

const usage = `Usage:
  admin.js create-key --organisation ACCOUNT [--scopes ${SCOPES.join(',')}] [--label TEXT] [--json]
  admin.js revoke-key --id ID
  admin.js list-keys [--organisation ACCOUNT]
The environment is that of the API (DATABASE_URL, WAYMARK_GENESIS_FILE, ...).
`;

/** Keys of machine clients, for the operator: apps/api/dist/admin.js. Returns the exit status. */
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
      json: { type: 'boolean', default: false },
    },
  });
  const [command] = positionals;
  if (command !== 'create-key' && command !== 'revoke-key' && command !== 'list-keys') {
    print(usage);
    return 2;
  }
  const config = readConfig(environment);
  const { organisations } = readChainFacts(config.genesisFile, config.trustFile);
  const logger = createLogger('admin', 'warn');
  const database = await openDatabase({ url: config.databaseUrl, connectionsMax: 2 }, logger);
  try {
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
