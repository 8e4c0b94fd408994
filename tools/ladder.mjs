// Draws the ladder of the house into docs/architecture.md from the package.json files; with --check it only compares.
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.mjs';

const page = path.join(root, 'docs/architecture.md');
const [begin, end] = ['<!-- ladder: drawn by tools/ladder.mjs -->', '<!-- end of ladder -->'];
const rungs = [
  ['accel', 'epcis', 'serving'],
  ['ledger'],
  ['provenance', 'consensus'],
  ['light-client'],
  ['verifier'],
  ['node', 'api', 'scan-web', 'admin-web'],
  ['cli'],
];

const rooms = new Map();
for (const group of ['libs', 'apps'])
  for (const name of readdirSync(path.join(root, group)).sort()) {
    const file = path.join(root, group, name, 'package.json');
    if (!existsSync(file)) continue;
    const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    rooms.set(name, {
      group,
      uses: Object.keys(dependencies)
        .filter((d) => d.startsWith('@waymark/'))
        .map((d) => d.slice(9))
        .sort(),
    });
  }

const placed = new Set(rungs.flat());
for (const name of rooms.keys())
  if (!placed.has(name))
    throw new Error(
      `${name} stands on no rung: give it a place in tools/ladder.mjs, .dependency-cruiser.cjs and docs/architecture.md`,
    );

const lines = ['```mermaid', 'flowchart BT'];
rungs.forEach((names, rung) => {
  lines.push(`  subgraph rung${rung} ["rung ${rung}"]`);
  for (const name of names) lines.push(`    ${name}["${rooms.get(name).group}/${name}"]`);
  lines.push('  end');
});
for (const name of rungs.flat()) for (const used of rooms.get(name).uses) lines.push(`  ${name} --> ${used}`);
lines.push('```');
const drawing = `${begin}\n\n${lines.join('\n')}\n\n${end}`;

const text = readFileSync(page, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < 0)
  throw new Error(`docs/architecture.md has no place for the drawing: put the lines "${begin}" and "${end}" in it`);
const drawn = text.slice(0, from) + drawing + text.slice(to + end.length);
if (drawn === text) process.exit(0);
if (process.argv.includes('--check')) {
  process.stderr.write(
    'The ladder in docs/architecture.md is stale: run `node tools/ladder.mjs` and commit the page.\n',
  );
  process.exit(1);
}
writeFileSync(page, drawn);
