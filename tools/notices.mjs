// Writes THIRD_PARTY_NOTICES.md: every package that a running Waymark loads, with its licence. `--check` only compares.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.mjs';

const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
const rows = [];
const texts = new Map();
for (const [where, entry] of Object.entries(lock)) {
  if (!where.startsWith('node_modules/') || entry.dev || entry.link || entry.optional) continue;
  const folder = path.join(root, where);
  if (!existsSync(folder)) continue;
  const meta = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const licence =
    typeof meta.license === 'string'
      ? meta.license
      : (meta.license?.type ?? meta.licenses?.map((l) => l.type).join(' OR ') ?? 'see its files');
  rows.push([where.replace(/^.*node_modules\//, ''), entry.version, licence]);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file) {
    const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
    const copyright = text.split('\n').find((line) => /copyright/i.test(line) && /\d{4}|©|\(c\)/i.test(line));
    if (copyright) texts.set(rows.at(-1)[0], copyright.trim().replace(/^[*#\s]+/, ''));
  }
}
rows.sort(([a, av], [b, bv]) => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : 1));
const seen = new Set();
const lines = rows
  .filter(([name, version]) => !seen.has(`${name}@${version}`) && seen.add(`${name}@${version}`))
  .map(
    ([name, version, licence]) =>
      `| ${name} | ${version} | ${licence} | ${(texts.get(name) ?? '').replaceAll('|', '/')} |`,
  );
const page = `# Third-party notices

Waymark is licensed under Apache-2.0 (LICENSE). At run time it loads these packages; the full licence texts are in their folders under \`node_modules\`.
Made by \`node tools/notices.mjs\`.

| package | version | licence | copyright |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
const file = path.join(root, 'THIRD_PARTY_NOTICES.md');
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
    process.stderr.write('THIRD_PARTY_NOTICES.md is stale: run `node tools/notices.mjs` and commit it.\n');
    process.exit(1);
  }
} else writeFileSync(file, page);
