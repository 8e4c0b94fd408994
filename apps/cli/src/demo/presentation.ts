import { readFileSync } from 'node:fs';
import path from 'node:path';
import { portableHashing } from '@waymark/accel/portable';
import { trustFingerprint } from '@waymark/ledger/chain';
import QRCode from 'qrcode';
import type { Deployment, SignIn } from '../cluster/index.js';
import type { DemoOptions } from './options.js';
import type { Sample } from './sample.js';

interface Presentation {
  deployment: Deployment;
  sample: Sample;
  keys: Map<string, string>;
  signIns: readonly SignIn[];
  options: DemoOptions;
  consortium: string;
  elapsed: string;
}

/** What to open, with which keys, and how to stop; or one line of JSON for a program. */
export async function present({
  deployment,
  sample,
  keys,
  signIns,
  options,
  consortium,
  elapsed,
}: Presentation): Promise<void> {
  const scan = `${deployment.scanUrl}${sample.canPath}`;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(forPrograms(deployment, sample, keys, signIns, scan))}\n`);
    return;
  }
  const fingerprint = fingerprintOf(path.join(consortium, 'trust.json'));
  const width = Math.max(...[...keys.keys()].map((account) => account.length));
  const addressWidth = Math.max(...signIns.map(({ email }) => email.length));
  const lines = [
    '',
    await QRCode.toString(scan, { type: 'terminal', small: true, errorCorrectionLevel: 'M' }),
    `  Scan or open:   ${scan}`,
    `  Trust root:     ${fingerprint}   (the page shows the same)`,
    `  Console:        ${deployment.consoleUrl}`,
    `  API:            ${deployment.publicApiUrl}`,
    `  Documentation:  ${deployment.publicApiUrl}/docs`,
    '',
    '  Sign in to the console as:',
    ...signIns.map(
      ({ email, password, roles }) => `    ${roles.join(', ').padEnd(13)}  ${email.padEnd(addressWidth)}  ${password}`,
    ),
    '',
    '  Nodes:',
    ...deployment.network.map((node, index) => `    ${node.name.padEnd(width)}  ${deployment.rpcUrl(index)}`),
    '',
    '  A key per company (Authorization: Bearer ...):',
    ...[...keys].map(([account, key]) => `    ${account.padEnd(width)}  ${key}`),
    '',
    `  Ready after ${elapsed.trim()}. Ctrl-C stops everything; npm run demo goes on from here; npm run demo -- --fresh begins anew.`,
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

function fingerprintOf(file: string): string {
  return trustFingerprint(portableHashing, readFileSync(file));
}

function forPrograms(
  deployment: Deployment,
  sample: Sample,
  keys: Map<string, string>,
  signIns: readonly SignIn[],
  scan: string,
) {
  return {
    api: deployment.publicApiUrl,
    scan,
    console: deployment.consoleUrl,
    signIns: signIns.map(({ email, password, organisation, roles }) => ({ email, password, organisation, roles })),
    nodes: deployment.network.map((node, index) => ({
      name: node.name,
      rpc: deployment.rpcUrl(index),
      role: node.role,
    })),
    organisations: sample.companies.map(({ account, role }) => ({ name: account, role, apiKey: keys.get(account) })),
    pids: {
      nodes: deployment.nodes.map((node) => node.pid),
      api: deployment.api.pid,
      worker: deployment.worker.pid,
      postgres: deployment.postgres.pid,
      web: deployment.web.pid,
      console: deployment.console.pid,
    },
  };
}
