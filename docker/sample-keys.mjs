// One API key for each company of the seafood sample, for the service "sample", which deletes the file when it is done.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runAdmin } from '/app/apps/api/dist/admin.js';

const file = '/waymark/sample/keys.json';
if (!existsSync(`${file}.done`)) {
  const keys = {};
  for (const { account, role } of JSON.parse(readFileSync('/app/samples/seafood/companies.json', 'utf8'))) {
    if (role !== 'company') continue;
    let told = '';
    const command = ['create-key', '--organisation', account, '--scopes', 'capture,read', '--label', 'seafood sample'];
    if ((await runAdmin(command, process.env, (text) => (told += text))) !== 0) {
      process.stderr.write(told);
      process.exit(1);
    }
    keys[account] = told.trim();
  }
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
}
