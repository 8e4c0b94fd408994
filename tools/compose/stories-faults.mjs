import assert from 'node:assert/strict';
import { documentOf } from './deployment.mjs';
import { docker, eventually, pause } from './engine.mjs';

let serial = Date.now() % 1_000_000_000;
export const nextSerial = () => (serial += 1);

/** Captures one event and waits until it is final. */
export async function captureOne(deployment, key, timeoutMs) {
  const location = await deployment.capture(key, documentOf(nextSerial()));
  return deployment.jobDone(location, key, timeoutMs);
}

/** Kills the process of a container as the kernel would, so that the engine's restart policy is put to the test where that is possible. */
async function kill9(deployment, service) {
  const { State } = await deployment.inspect(service);
  try {
    process.kill(State.Pid, 'SIGKILL');
    return 'by its process id';
  } catch {
    // The engine runs elsewhere, or as somebody else: the engine kills, and somebody must start it again.
    await docker('kill', '--signal', 'KILL', await deployment.container(service));
    await docker('start', await deployment.container(service));
    return 'by the engine';
  }
}

export const faults = [
  {
    title: 'a node that was stopped catches up when it is started; meanwhile the others go on',
    async tell({ main, state }) {
      await main.do(['stop', 'node-3']);
      for (let i = 0; i < 3; i++) await captureOne(main, state.key);
      const { finalHeight } = await main.rpc(1, 'status');
      await main.do(['start', 'node-3']);
      await eventually(
        'node-3 has what it missed',
        async () => (await main.rpc(3, 'status')).finalHeight >= finalHeight,
      );
      await main.healthy(['node-3']);
      const [here, there] = await Promise.all(
        [1, 3].map(async (n) => (await main.rpc(n, 'headers', { from: finalHeight, limit: 1 })).headers[0]),
      );
      assert.equal(there, here);
    },
  },
  {
    title:
      'killed in the middle of captures (worker, API, node, database, queue): nothing that was accepted is lost or doubled',
    async tell({ main, state, say }) {
      const before = Number(await main.sql('select count(*) from capture_job where success'));
      const sent = [];
      let ended = false;
      const sending = (async () => {
        for (let i = 0; i < 60 && !ended; i++) {
          const number = nextSerial();
          sent.push(await main.capture(state.key, documentOf(number), `kill-${number}`));
          await pause(150);
        }
      })();
      sending.catch(() => undefined);
      try {
        for (const service of ['workers', 'node-2', 'redis', 'postgres', 'api']) {
          await pause(1_500);
          say(`         ${service} was killed ${await kill9(main, service)}`);
        }
        await main.healthy(undefined, 240_000);
        await sending;
      } finally {
        ended = true;
      }
      assert.equal(sent.length, 60);
      const jobs = new Set();
      for (const location of sent) jobs.add((await main.jobDone(location, state.key, 240_000)).captureID);
      assert.equal(jobs.size, sent.length, 'every capture is one job');
      assert.equal(Number(await main.sql('select count(*) from capture_job where success')) - before, sent.length);
    },
  },
  {
    title: 'down and up keep everything: heights, jobs, records, people',
    async tell({ main, state, figures }) {
      const jobs = await main.sql('select count(*) from capture_job where success');
      const people = await main.sql("select string_agg(id::text, ',' order by id) from user_account");
      assert.notEqual(people, '', 'somebody has an account');
      const [height] = await main.heights();
      const header = async () => (await main.rpc(4, 'headers', { from: height, limit: 1 })).headers[0];
      const before = await header();
      await main.do(['down', '--timeout', '30']);
      const begun = performance.now();
      await main.up();
      await main.healthy();
      figures.again_up_to_healthy_s = Number(((performance.now() - begun) / 1_000).toFixed(1));
      assert.equal(await main.sql('select count(*) from capture_job where success'), jobs);
      assert.equal(await main.sql("select string_agg(id::text, ',' order by id) from user_account"), people);
      assert.equal(await header(), before);
      for (const there of await main.heights()) assert.ok(there >= height);
      await captureOne(main, state.key);
    },
  },
];
