// npm test [-- jest arguments]: installs and builds what is missing, runs every kind of test, ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs';

const say = (text) => process.stdout.write(`Waymark: ${text} ...\n`);
checkNode();
ensureInstalled(say);
ensureBuilt(say);
const artifacts = path.join(root, '.artifacts');
mkdirSync(artifacts, { recursive: true });
const outputFile = path.join(artifacts, 'tests.json');
rmSync(outputFile, { force: true });
const given = process.argv.slice(2);
const jest = (args) =>
  spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', path.join(root, 'node_modules/jest/bin/jest.js'), ...args],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  ).status ?? 1;

// Tests that start whole consortia run alone: two of them at once on two cores measure the machine, not the product.
const runs =
  given.length > 0
    ? [given]
    : [
        ['--selectProjects', 'unit', 'vectors', 'conformance'],
        ['--selectProjects', 'simulation'],
        ['--selectProjects', 'integration', 'e2e', '--runInBand'],
      ];
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
let failed = false;
for (const args of runs) {
  rmSync(outputFile, { force: true });
  const status = jest([...args, '--json', '--outputFile', outputFile]);
  failed ||= status !== 0;
  let result;
  try {
    result = JSON.parse(readFileSync(outputFile, 'utf8'));
  } catch (error) {
    process.stderr.write(`the test runner left no result (${error.message})\n`);
    failed = true;
    continue;
  }
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  for (const suite of result.testResults)
    for (const test of suite.assertionResults)
      if (test.status === 'pending' || test.status === 'todo')
        skipped.push(`${path.relative(root, suite.name)}: ${test.fullName}`);
}
for (const name of skipped) process.stdout.write(`skipped  ${name}\n`);
if (process.env['WAYMARK_SKIPS'] === 'refuse' && counts.skipped > 0) {
  process.stdout.write('a test was skipped although everything it may ask for is here\n');
  failed = true;
}
if (failed && counts.failed === 0) counts.failed = 1;
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = failed ? 1 : 0;
