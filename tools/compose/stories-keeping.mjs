// Backup, restore, and what must never be put back: the memory of a key.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documentOf } from './deployment.mjs';
import { docker, eventually, run } from './engine.mjs';
import { VERSION } from './version.mjs';
import { captureOne, nextSerial } from './stories-faults.mjs';

const volume = (deployment, name) => `${deployment.name}_${name}`;
const inVolume = (deployment, name, command) =>
  run('docker', [
    'run',
    '--rm',
    '-i',
    '--network',
    'none',
    '-v',
    `${volume(deployment, name)}:/waymark/public`,
    '--entrypoint',
    'sh',
    `waymark/tools:${VERSION}`,
    '-c',
    command,
  ]);
/** The node signs: it is out of quarantine, and blocks show its signature by going on without another node. */
const signs = (deployment, n) =>
  eventually(
    `node-${n} is out of quarantine`,
    async () =>
      (await deployment.rpc(n, 'status')).quarantined === null ||
      (await deployment.rpc(n, 'status')).quarantined === false,
  );
const quarantined = async (deployment, n) => {
  const { quarantined: said } = await deployment.rpc(n, 'status');
  return said !== null && said !== false;
};
const jobsOf = (deployment) =>
  deployment.sql("select string_agg(id::text, ',' order by id) from capture_job where success");

export const keeping = [
  {
    title: 'a backup while everything runs: one node rests, nothing else notices, and no sign-state is in it',
    async tell({ main, state, scratch }) {
      state.backup = path.join(scratch, 'backup');
      state.jobsAtBackup = await jobsOf(main);
      await main.script('backup.sh', [state.backup, '--from', '2']);
      assert.ok(existsSync(path.join(state.backup, 'complete')));
      for (const file of readdirSync(state.backup).filter((name) => name.endsWith('.tar'))) {
        const { stdout } = await run('tar', ['-tf', path.join(state.backup, file)]);
        assert.doesNotMatch(stdout, /signer|\/wal/, file);
      }
      await captureOne(main, state.key);
      const again = await main.script('backup.sh', [state.backup], { allowFailure: true });
      assert.notEqual(again.status, 0);
      assert.match(again.stderr, /exists already\. Nothing was written/);
    },
  },
  {
    title: 'a node whose disk was lost comes back from the backup: silent at first, then out of quarantine by itself',
    async tell({ main, state }) {
      await main.do(['stop', 'node-2']);
      await inVolume(main, 'member-2-data', 'rm -rf /waymark/public/* /waymark/public/.[!.]*');
      const refused = await main.script('restore.sh', [state.backup, '--node', '1'], { allowFailure: true });
      assert.match(refused.stderr, /node-1 runs/);
      await main.script('restore.sh', [state.backup, '--node', '2']);
      await main.do(['start', 'node-2']);
      await main.healthy(['node-2']);
      assert.match(await main.logs('node-2'), /quarantine/i);
      await signs(main, 2);
      // With another one down its vote is needed.
      await main.do(['stop', 'node-4']);
      await captureOne(main, state.key);
      await main.do(['start', 'node-4']);
      await main.healthy(['node-4']);
    },
  },
  {
    title:
      'a whole disk put back from yesterday, sign-state included: the node hears the others before it signs, and nobody sees two votes of its key',
    async tell({ main, state }) {
      await main.do(['stop', 'node-3']);
      await docker('volume', 'create', 'waymarktest-yesterday');
      const copy = (from, to) =>
        docker(
          'run',
          '--rm',
          '--network',
          'none',
          '--user',
          '0',
          '-v',
          `${from}:/from:ro`,
          '-v',
          `${to}:/to`,
          '--entrypoint',
          'sh',
          `waymark/tools:${VERSION}`,
          '-c',
          'rm -rf /to/* /to/.[!.]*; cp -a /from/. /to/',
        );
      await copy(volume(main, 'member-3-data'), 'waymarktest-yesterday');
      await main.do(['start', 'node-3']);
      await main.healthy(['node-3']);
      // node-3 votes on what the copy does not know: with node-4 down nothing is final without it.
      await main.do(['stop', 'node-4']);
      for (let i = 0; i < 3; i++) await captureOne(main, state.key);
      await main.do(['start', 'node-4']);
      await main.healthy(['node-4']);
      await main.do(['stop', 'node-3']);
      await copy('waymarktest-yesterday', volume(main, 'member-3-data'));
      await main.do(['start', 'node-3']);
      await main.healthy(['node-3']);
      const { finalHeight } = await main.rpc(1, 'status');
      await eventually(
        'node-3 is where the others are',
        async () => (await main.rpc(3, 'status')).finalHeight >= finalHeight,
      );
      await signs(main, 3);
      // Its vote is needed again: with another one down nothing is final without it.
      await main.do(['stop', 'node-4']);
      for (let i = 0; i < 2; i++) await captureOne(main, state.key);
      await main.do(['start', 'node-4']);
      await main.healthy(['node-4']);
      for (const n of [1, 2, 3, 4]) {
        const { stdout } = await main.exec(`node-${n}`, [
          'sh',
          '-c',
          'cat /waymark/data/reports.jsonl 2>/dev/null || true',
        ]);
        assert.doesNotMatch(stdout, /EVIDENCE/, `node-${n} saw two votes of one key`);
      }
    },
  },
  {
    title: 'a disk that runs full: the node says so and does not vote; with room again it votes; nothing is lost',
    async tell({ main, state, scratch }) {
      await main.do(['stop', 'node-4']);
      // The set-up's container, ended long ago, holds every volume.
      await main.do(['rm', '-f', 'node-4', 'setup']);
      await docker('volume', 'rm', volume(main, 'member-4-data'));
      // The same volume, but a small disk in memory.
      const small = path.join(scratch, 'small-disk.yml');
      writeFileSync(
        small,
        "volumes:\n  member-4-data:\n    driver_opts: { type: tmpfs, device: tmpfs, o: 'size=400m,uid=10001,gid=10001,mode=0750' }\n",
      );
      main.files.push(small);
      await main.do(['up', '--no-start', '--no-deps', 'setup']);
      // Somebody must hold the small disk, or it would be gone with the container.
      const { stdout: holder } = await docker(
        'run',
        '-d',
        '--rm',
        '--network',
        'none',
        '--user',
        '10001:10001',
        '-v',
        `${volume(main, 'member-4-data')}:/disk`,
        '--entrypoint',
        'sleep',
        `waymark/tools:${VERSION}`,
        '3600',
      );
      const disk = (command) => docker('exec', holder.trim(), 'sh', '-c', command);
      try {
        await main.script('restore.sh', [state.backup, '--node', '4']);
        await main.do(['up', '-d', '--no-build', '--no-deps', 'node-4']);
        await main.healthy(['node-4']);
        await signs(main, 4);
        await disk('head -c 365000000 /dev/zero > /disk/filler');
        await eventually(
          'node-4 says that its disk is full',
          async () => /the disk is full: this node does not vote/.test(await main.logs('node-4')),
          60_000,
        );
        for (let i = 0; i < 2; i++) await captureOne(main, state.key);
        // And to the last byte: nothing more can be written.
        await disk('cat /dev/zero > /disk/filler2 2>/dev/null || true');
        const accepted = [];
        for (let i = 0; i < 3; i++) accepted.push(await captureOne(main, state.key));
        await disk('rm /disk/filler /disk/filler2');
        await main.healthy(['node-4'], 120_000);
        await eventually(
          'node-4 votes again',
          async () => /votes again|the node runs/.test(await main.logs('node-4', 50)),
          60_000,
        );
        const { finalHeight } = await main.rpc(1, 'status');
        await eventually('node-4 has everything', async () => (await main.rpc(4, 'status')).finalHeight >= finalHeight);
        await signs(main, 4);
        await main.do(['stop', 'node-1']);
        await captureOne(main, state.key);
        await main.do(['start', 'node-1']);
        await main.healthy(['node-1']);
      } finally {
        await main.do(['stop', 'node-4']);
        await main.do(['rm', '-f', 'node-4', 'setup']);
        await docker('kill', holder.trim());
        await eventually(
          'the small disk is let go',
          async () => (await docker('volume', 'rm', volume(main, 'member-4-data'))).status === 0,
          30_000,
        );
        main.files.pop();
      }
      // An ordinary disk again.
      await main.do(['up', '--no-start', '--no-deps', 'setup']);
      await main.script('restore.sh', [state.backup, '--node', '4']);
      await main.do(['up', '-d', '--no-build', '--no-deps', 'node-4']);
      await main.healthy(['node-4']);
      await signs(main, 4);
    },
  },
];

export const moving = [
  {
    title:
      'the backup restored into empty volumes gives the same heights and jobs, proves them, and signs nothing: keys do not forget',
    async tell({ main, state, make, opened }) {
      const copy = make('copy', 30);
      opened.push(copy);
      await main.do(['stop']);
      await copy.script('restore.sh', [state.backup]);
      await copy.up();
      await copy.healthy();
      const heights = await copy.heights();
      assert.ok(
        heights.every((height) => height === heights[0]),
        heights.join(),
      );
      assert.ok(heights[0] > 0);
      assert.equal(await jobsOf(copy), state.jobsAtBackup);
      for (const n of [1, 2, 3, 4]) assert.ok(await quarantined(copy, n), `node-${n} is in quarantine`);
      const key = state.key;
      const location = await copy.capture(key, documentOf(nextSerial()));
      await assert.rejects(copy.jobDone(location, key, 20_000), /did not come to hold/, 'nothing new becomes final');
      assert.deepEqual(await copy.heights(), heights);
      await copy.remove();
      await main.do(['start']);
      await main.healthy();
    },
  },
  {
    title:
      'a move hands over everything, sign-states included, once: same heights and jobs there, captures go on, and what stays behind signs nothing',
    async tell({ main, state, make, opened, scratch }) {
      const jobs = await jobsOf(main);
      const [height] = await main.heights();
      const folder = path.join(scratch, 'move');
      await main.script('backup.sh', [folder, '--move']);
      const there = make('moved', 60);
      opened.push(there);
      await there.script('restore.sh', [folder]);
      await there.up();
      await there.healthy();
      assert.equal(await jobsOf(there), jobs);
      for (const reached of await there.heights()) assert.ok(reached >= height);
      await captureOne(there, state.key);
      assert.ok((await there.heights())[0] > height);
      const again = make('again', 90);
      opened.push(again);
      await there.do(['stop']);
      await again.script('restore.sh', [folder]);
      await again.do(['up', '-d', '--no-build', 'node-1', 'node-2', 'node-3', 'node-4']);
      for (const n of [1, 2, 3, 4])
        await eventually(`node-${n} of the second restore is in quarantine`, () => quarantined(again, n));
      await again.remove();
      await main.do(['start', 'node-1', 'node-2', 'node-3', 'node-4']);
      for (const n of [1, 2, 3, 4])
        await eventually(`node-${n} that stayed behind is in quarantine`, () => quarantined(main, n));
      await main.do(['stop']);
      await there.remove();
    },
  },
];
