// What does not belong to this consortium, what joins it, and the door to the outside.
import assert from 'node:assert/strict';
import { request } from 'node:https';
import { connect } from 'node:http2';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documentOf } from './deployment.mjs';
import { docker, eventually, run } from './engine.mjs';
import { VERSION } from './version.mjs';
import { captureOne, nextSerial } from './stories-faults.mjs';
import { moving } from './stories-keeping.mjs';

const TOOLS = `waymark/tools:${VERSION}`;

/** Public files of another consortium, in a volume. */
async function otherConsortium() {
  await docker('volume', 'create', 'waymarktest-other');
  await docker(
    'run',
    '--rm',
    '--network',
    'none',
    '-v',
    'waymarktest-other:/waymark/public',
    '--entrypoint',
    'sh',
    TOOLS,
    '-c',
    'node apps/cli/dist/main.js init --nodes 4 --chain-id other --out /tmp/other && cp /tmp/other/genesis.json /tmp/other/trust.json /tmp/other/network.json /waymark/public/',
  );
}

export const strangers = [
  {
    title: "a node that is given another consortium's genesis refuses with a sentence and touches nothing",
    async tell({ main }) {
      await otherConsortium();
      await main.do(['stop', 'node-1']);
      const data = `${main.name}_member-1-data`;
      const digest = async () =>
        (
          await docker(
            'run',
            '--rm',
            '-v',
            `${data}:/data:ro`,
            '--entrypoint',
            'sh',
            TOOLS,
            '-c',
            'cd /data && find . -type f ! -name LOCK ! -name "LOG*" ! -path "*/state/*" -exec sha256sum {} + | sort | sha256sum',
          )
        ).stdout;
      const before = await digest();
      const wrong = await run(
        'docker',
        [
          'run',
          '--rm',
          '--network',
          'none',
          '--read-only',
          '--tmpfs',
          '/tmp',
          '-v',
          'waymarktest-other:/waymark/public:ro',
          '-v',
          `${main.name}_member-1-keys:/waymark/keys:ro`,
          '-v',
          `${main.name}_ledger:/waymark/ledger:ro`,
          '-v',
          `${data}:/waymark/data`,
          `waymark/node:${VERSION}`,
        ],
        { allowFailure: true, timeoutMs: 60_000 },
      );
      assert.notEqual(wrong.status, 0);
      assert.match(wrong.stderr + wrong.stdout, /genesis/i);
      assert.doesNotMatch(wrong.stderr, /\n\s+at /, 'a sentence, no trace');
      assert.equal(await digest(), before);
      await main.do(['start', 'node-1']);
      await main.healthy(['node-1']);
    },
  },
  {
    title: "an API that is given another consortium's trust root, or another consortium, refuses with a sentence",
    async tell({ main }) {
      const api = (genesis, trust) =>
        run(
          'docker',
          [
            'run',
            '--rm',
            '--name',
            `${main.name}-stranger`,
            '--network',
            `${main.name}_data`,
            '--read-only',
            '--tmpfs',
            '/tmp',
            '-v',
            `${main.name}_public:/waymark/public:ro`,
            '-v',
            'waymarktest-other:/waymark/other:ro',
            '-v',
            `${main.name}_database:/waymark/database:ro`,
            '-e',
            'DATABASE_URL_FILE=/waymark/database/url',
            '-e',
            'WAYMARK_NODES=http://node-1-rpc:4310',
            '-e',
            `WAYMARK_GENESIS_FILE=${genesis}`,
            '-e',
            `WAYMARK_TRUST_FILE=${trust}`,
            `waymark/api:${VERSION}`,
          ],
          { allowFailure: true, timeoutMs: 60_000 },
        );
      const trust = await api('/waymark/public/genesis.json', '/waymark/other/trust.json');
      assert.equal(trust.status, 1);
      assert.match(trust.stderr, /speak of different chains/);
      await run('docker', ['rm', '-f', `${main.name}-stranger`], { allowFailure: true });
      const both = await api('/waymark/other/genesis.json', '/waymark/other/trust.json');
      assert.notEqual(both.status, 0);
      assert.match(both.stderr + both.stdout, /another (chain|consortium)|belongs to|different chain/i);
    },
  },
  {
    title: 'profile "tls": HTTPS with HTTP/2 before console, scan page and API; plain HTTP is sent there',
    async tell({ main }) {
      await main.do(['--profile', 'tls', 'up', '-d', '--no-build', 'proxy']);
      await main.healthy(['proxy']);
      const port = main.portBase + 3;
      const get = (host, path, accept = '*/*') =>
        new Promise((resolve, reject) => {
          const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, servername: host });
          session.on('error', reject);
          const stream = session.request({ ':path': path, ':authority': host, accept });
          let status;
          let headers;
          let body = '';
          stream.on('response', (got) => ([status, headers] = [got[':status'], got]));
          stream.setEncoding('utf8').on('data', (text) => (body += text));
          stream.on('error', reject);
          stream.on('end', () => {
            session.close();
            resolve({ status, headers, body });
          });
          stream.end();
        });
      const console_ = await get('localhost', '/');
      assert.equal(console_.status, 200);
      assert.match(console_.body, /<html/i);
      assert.ok(console_.headers['strict-transport-security']);
      assert.equal((await get('scan.localhost', '/health')).status, 200);
      assert.equal((await get('api.localhost', '/health')).status, 200);
      assert.equal((await get('stranger.example', '/')).status, 421);
      const plain = await fetch(`http://127.0.0.1:${main.portBase + 4}/x`, {
        redirect: 'manual',
        headers: { host: 'localhost' },
      });
      assert.equal(plain.status, 308);
      assert.match(plain.headers.get('location'), /^https:/);
      const certificate = () =>
        new Promise((resolve, reject) => {
          const asked = request(
            { host: '127.0.0.1', port, path: '/', rejectUnauthorized: false, servername: 'localhost' },
            (answer) => {
              resolve(answer.socket.getPeerCertificate().fingerprint256);
              answer.resume();
            },
          );
          asked.on('error', reject).end();
        });
      const before = await certificate();
      await main.do(['--profile', 'tls', 'restart', 'proxy']);
      await main.healthy(['proxy']);
      assert.equal(await eventually('the proxy answers again', certificate), before, 'the self-made certificate stays');
    },
  },
  {
    title:
      'a member joins with a deployment of its own: a full node by a pass, its own API, workers, database, console and scan page',
    async tell({ main, state, make, opened, scratch }) {
      const folder = path.join(scratch, 'join');
      mkdirSync(folder);
      // What the consortium hands out, and what the organisation has.
      for (const [volume, file] of [
        ['public', 'genesis.json'],
        ['public', 'trust.json'],
        ['organisations', 'fisherman/organisation.key.json'],
        ['organisations', 'fisherman/organisation.secret'],
      ]) {
        const { stdout } = await docker(
          'run',
          '--rm',
          '--network',
          'none',
          '-v',
          `${main.name}_${volume}:/from:ro`,
          '--entrypoint',
          'cat',
          TOOLS,
          `/from/${file}`,
        );
        writeFileSync(path.join(folder, path.basename(file)), stdout);
        chmodSync(path.join(folder, path.basename(file)), 0o644);
      }
      chmodSync(folder, 0o755);
      const member = make('member', 120, {
        files: ['docker-compose.member.yml', 'docker/same-engine.yml'],
        env: {
          JOIN_FOLDER: folder,
          PEERS: 'node-1:4320,node-2:4320,node-3:4320,node-4:4320',
          PEERS_NETWORK: main.env['PEERS_NETWORK'],
          NODE_NAME: 'pier',
        },
      });
      opened.push(member);
      const wrong = await member.do(
        [
          'run',
          '--rm',
          '-T',
          '-e',
          'X=1',
          'setup',
          'setup-member',
          '--files',
          '/join',
          '--peers',
          'node-1:4320',
          '--fingerprint',
          '0000-0000-0000-0000',
        ],
        { allowFailure: true },
      );
      assert.notEqual(wrong.status, 0);
      assert.match(wrong.stdout + wrong.stderr, /GENESIS_FOREIGN/);
      await member.up();
      await member.healthy(['node', 'postgres', 'redis', 'api', 'workers', 'console', 'scan']);
      const status = async () => member.rpc(0, 'status', {}, 'node', 'node-rpc');
      const [height] = await main.heights();
      await eventually('the full node has the whole chain', async () => (await status()).finalHeight >= height);
      assert.equal((await status()).role, 'full');
      // Its own views, from blocks that it checked itself.
      const can = 'https://id.gs1.org/01/09521005001010/21/C0001';
      await eventually(
        "the member's own scan page tells the story",
        async () => (await member.get(`${member.apiUrl}/evidence?id=${encodeURIComponent(can)}`)).status === 200,
      );
      // It captures as itself, and the consortium sees it.
      const key = await member.key('fisherman');
      const location = await member.capture(key, documentOf(nextSerial(), '9521003'), undefined);
      await member.jobDone(location, key);
      // And follows what the others capture.
      await captureOne(main, state.key);
      const [newest] = await main.heights();
      await eventually('the full node follows', async () => (await status()).finalHeight >= newest);
      // Another organisation's key is not here: nobody can sign for it from this deployment.
      const { stdout: keys } = await member.exec('workers', ['ls', '/waymark/gateway/keys']);
      assert.equal(keys.trim(), 'fisherman.key.json');
      await member.do(['stop', 'node']);
      await captureOne(main, state.key);
      await member.do(['start', 'node']);
      await member.healthy(['node']);
      await member.remove();
    },
  },
  ...moving,
];
