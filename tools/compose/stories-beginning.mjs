import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumHere, openBrowser } from './browser.mjs';
import { docker, eventually } from './engine.mjs';
import { VERSION } from './version.mjs';

const IMAGES = ['node', 'api', 'web', 'tools', 'postgres', 'redis', 'proxy'];
const canPath = JSON.parse(readFileSync(new URL('../../samples/seafood/scan.json', import.meta.url), 'utf8')).canPath;

export const beginning = [
  {
    title: 'every image is built, and none runs as root',
    essential: true,
    async tell({ main, figures }) {
      if (process.env['SKIP_BUILD'] !== '1')
        // One of each: the other services take the same image.
        await main.do(
          ['--profile', 'tls', 'build', 'setup', 'node-1', 'api', 'console', 'postgres', 'redis', 'proxy'],
          {
            timeoutMs: 3_600_000,
          },
        );
      for (const name of IMAGES) {
        const { stdout } = await docker('image', 'inspect', `waymark/${name}:${VERSION}`);
        const [image] = JSON.parse(stdout);
        assert.equal(image.Config.User, '10001:10001', name);
        figures[`image_${name}_MB`] = Math.round(image.Size / 1e6);
      }
    },
  },
  {
    title: 'from nothing: set-up, four nodes, database, queue, API, workers, console and scan page come up healthy',
    essential: true,
    async tell({ main, figures }) {
      const begun = performance.now();
      await main.up();
      await main.healthy();
      figures.first_up_to_healthy_s = Number(((performance.now() - begun) / 1_000).toFixed(1));
      const first = await Promise.all([
        main.get(`${main.apiUrl}/health`),
        main.get(`${main.consoleUrl}/`),
        main.get(`${main.scanUrl}/health`),
      ]);
      assert.deepEqual(
        first.map(({ status }) => status),
        [200, 200, 200],
      );
    },
  },
  {
    title: 'the set-up is done once: asked again it writes nothing',
    async tell({ main }) {
      const genesis = async () =>
        (await main.exec('node-1', ['sha256sum', '/waymark/public/genesis.json', '/waymark/keys/consensus.key']))
          .stdout;
      const before = await genesis();
      const { stdout } = await main.do(['run', '--rm', '-T', 'setup']);
      assert.match(stdout, /set up already\. Nothing was written/);
      assert.equal(await genesis(), before);
    },
  },
  {
    title:
      'containers hold no more than they need: no root, no capability, no writable system, bounds on memory, processes and logs',
    async tell({ main }) {
      for (const service of ['node-1', 'api', 'workers', 'console', 'scan', 'postgres', 'redis', 'setup']) {
        const { Config, HostConfig } = await main.inspect(service);
        assert.equal(Config.User, '10001:10001', service);
        assert.equal(HostConfig.ReadonlyRootfs, true, service);
        assert.deepEqual(HostConfig.CapDrop, ['ALL'], service);
        assert.ok(
          HostConfig.SecurityOpt.some((option) => option.startsWith('no-new-privileges')),
          service,
        );
        assert.ok(HostConfig.Memory > 0, `${service} has a bound on memory`);
        assert.equal(HostConfig.LogConfig.Config['max-size'], '10m', service);
        if (service !== 'setup') {
          assert.ok(HostConfig.PidsLimit > 0, `${service} has a bound on processes`);
          assert.equal(HostConfig.RestartPolicy.Name, 'unless-stopped', service);
          const touched = await main.exec(service, ['sh', '-c', 'touch /usr/x 2>&1 || true']);
          assert.match(touched.stdout, /Read-only file system|Permission denied/, service);
        }
      }
      const setup = await main.inspect('setup');
      assert.equal(setup.HostConfig.NetworkMode, 'none', 'keys are made without a network');
    },
  },
  {
    title:
      "secrets stand in volumes of those who may read them: no environment, no command line, no key in the API or in another member's node",
    async tell({ main }) {
      const secrets = await Promise.all(
        [
          ['postgres', '/waymark/database/password'],
          ['redis', '/waymark/queue/password'],
          ['workers', '/waymark/gateway/secret'],
          ['node-1', '/waymark/ledger/token'],
          ['node-1', '/waymark/keys/consensus.key'],
        ].map(async ([service, file]) => (await main.exec(service, ['cat', file])).stdout.trim()),
      );
      for (const secret of secrets) assert.ok(secret.length >= 32);
      for (const service of ['node-1', 'api', 'workers', 'console', 'scan', 'postgres', 'redis']) {
        const told = JSON.stringify(await main.inspect(service));
        const shown = (await docker('top', await main.container(service), '-eo', 'pid,args')).stdout;
        const logged = await main.logs(service);
        for (const secret of secrets)
          assert.ok(!told.includes(secret) && !shown.includes(secret) && !logged.includes(secret), service);
      }
      const found = await main.exec('api', [
        'sh',
        '-c',
        'find /waymark -name "*.key*" -o -name secret -path "*gateway*" 2>/dev/null',
      ]);
      assert.equal(found.stdout.trim(), '', 'the API sees no key');
      const mounts = (service) =>
        main.inspect(service).then(({ Mounts }) => Mounts.map(({ Name }) => Name).filter(Boolean));
      assert.ok((await mounts('api')).every((name) => !/gateway|member|organisation/.test(name)));
      for (const n of [1, 2, 3, 4])
        for (const name of await mounts(`node-${n}`))
          assert.ok(
            !/member|organisation|gateway/.test(name) ||
              name.endsWith(`member-${n}-keys`) ||
              name.endsWith(`member-${n}-data`),
            name,
          );
    },
  },
  {
    title:
      'what belongs inside stays inside: no port of database, queue or RPC is published, and a node answers its RPC only to the token',
    async tell({ main }) {
      const published = async (service) =>
        Object.entries((await main.inspect(service)).NetworkSettings.Ports ?? {}).filter(([, to]) => to !== null);
      assert.deepEqual(await published('postgres'), []);
      assert.deepEqual(await published('redis'), []);
      assert.deepEqual(await published('workers'), []);
      for (const n of [1, 2, 3, 4])
        assert.deepEqual(
          (await published(`node-${n}`)).map(([port]) => port),
          ['4320/tcp'],
        );
      const bare = await main.exec('api', [
        'node',
        '-e',
        "fetch('http://node-1-rpc:4310/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'status' }) }).then((answer) => console.log(answer.status))",
      ]);
      assert.equal(bare.stdout.trim(), '401');
      const outside = await main.exec('console', [
        'node',
        '-e',
        "fetch('http://node-1-rpc:4310/health').then(() => console.log('reached'), () => console.log('not there'))",
      ]);
      assert.equal(outside.stdout.trim(), 'not there');
    },
  },
  {
    title: 'the first administrator comes in by a one-time link, once',
    async tell({ main, state }) {
      const told = await main.admin('invite', '--organisation', 'processor', '--email', 'quality@harbour.example');
      const link = /\S+\/welcome#token=(\S+)/.exec(told);
      assert.ok(link, told);
      assert.ok(link[0].startsWith(main.consoleUrl), link[0]);
      const [, token] = link;
      const post = (pathname, body, headers = {}) =>
        fetch(`${main.consoleUrl}/api${pathname}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
      const password = 'a long sentence only Ann knows';
      const accepted = await post('/invitations/accept', { token, password, name: 'Ann' });
      assert.ok(accepted.ok, `${accepted.status} ${await accepted.clone().text()}`);
      const again = await post('/invitations/accept', { token, password, name: 'Eve' });
      assert.ok(again.status >= 400, 'a link is good once');
      const session = await post('/session', { email: 'quality@harbour.example', password });
      assert.equal(session.status, 200, await session.clone().text());
      state.session = (await session.json()).accessToken;
      assert.ok(state.session.startsWith('ws_'));
    },
  },
  {
    title: 'profile "sample": the seafood sample is captured by its companies and becomes final',
    essential: true,
    async tell({ main, state }) {
      await main.do(['--profile', 'sample', 'up', '-d', '--no-build', 'sample-keys', 'sample']);
      await eventually(
        'the sample is loaded',
        async () => {
          const { State } = await main.inspect('sample');
          if (State.Running || State.Status === 'created') return false;
          assert.equal(State.ExitCode, 0, await main.logs('sample'));
          return true;
        },
        300_000,
      );
      assert.match(await main.logs('sample'), /The sample is loaded/);
      state.key = await main.key('processor');
      const answer = await main.get(`${main.apiUrl}/epcis/events?perPage=100`, {
        authorization: `Bearer ${state.key}`,
      });
      const events = (await answer.json()).epcisBody.queryResults.resultsBody.eventList;
      assert.ok(events.length >= 21);
    },
  },
  {
    title:
      "the can's page tells its story, and its evidence is verified offline against the trust root by the command line",
    async tell({ main, scratch }) {
      const page = await (await main.get(`${main.scanUrl}${canPath}`, { accept: 'text/html' })).text();
      assert.match(page, /Harbour Foods/);
      const id = `https://id.gs1.org${canPath}`;
      const evidence = await (await main.get(`${main.apiUrl}/evidence?id=${encodeURIComponent(id)}`)).text();
      const verify = (text) =>
        main.do(
          [
            'run',
            '--rm',
            '-T',
            '--no-deps',
            '--entrypoint',
            'sh',
            'setup',
            '-c',
            'cat > /tmp/evidence.json && node apps/cli/dist/main.js verify /tmp/evidence.json --trust /waymark/public/trust.json --lang en',
          ],
          { input: text, allowFailure: true },
        );
      const good = await verify(evidence);
      assert.equal(good.status, 0, good.stdout + good.stderr);
      const changed = evidence.replace(/"header":"(.)/, (_all, first) => `"header":"${first === 'A' ? 'B' : 'A'}`);
      assert.notEqual(changed, evidence);
      assert.equal((await verify(changed)).status, 1, 'a changed file is refused');
      writeFileSync(path.join(scratch, 'evidence.json'), evidence);
    },
  },
  {
    title: "a phone checks the can's page by itself and says so",
    needs: () =>
      chromiumHere() === undefined || !existsSync(new URL('../../node_modules/playwright-core', import.meta.url))
        ? 'no Chromium, or playwright-core is not installed'
        : undefined,
    async tell({ main, figures }) {
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
        const begun = performance.now();
        await page.goto(`${main.scanUrl}${canPath}`);
        await page.waitForSelector('[data-verdict="verified"]', { timeout: 60_000 });
        figures.scan_proof_ms = Math.round(performance.now() - begun);
      } finally {
        await browser.close();
      }
    },
  },
];
