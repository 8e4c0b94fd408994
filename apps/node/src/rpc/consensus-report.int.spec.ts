import { afterEach, describe, expect, it } from '@jest/globals';
import { callRpc, TestConsortium, until } from '../testing/consortium.js';
import type { ConsensusReport } from './consensus-report.js';

const JOB_MS = 90_000;

describe('what a node tells its operator', () => {
  let consortium: TestConsortium | undefined;
  afterEach(async () => consortium?.close(), 30_000);

  const report = (index: number) =>
    callRpc<ConsensusReport>((consortium as TestConsortium).rpcUrls[index] as string, 'consensus');

  it(
    'names who signed the last blocks, who hears whom and how quickly, and what the disk and the memory hold',
    async () => {
      consortium = await TestConsortium.make();
      await consortium.startAll();
      await consortium.finalize(['first']);
      await consortium.finalize(['second'], 'importer', 1);
      await until('every peer has answered a ping', async () =>
        (await report(0)).peers.every(({ roundTripMs }) => roundTripMs !== null),
      );
      const told = await report(0);
      expect(told).toMatchObject({
        name: 'processor-1',
        account: 'processor',
        quorum: 3,
        quarantine: null,
        halted: null,
      });
      expect(told.committee).toHaveLength(4);
      expect(told.seat).not.toBeNull();
      expect(told.peers.map(({ name }) => name).sort()).toEqual([
        'farm/farm-1',
        'importer/importer-1',
        'regulator/regulator-1',
      ]);
      for (const peer of told.peers) {
        expect(peer).toMatchObject({ connected: true, sessions: 1, offences: 0 });
        expect(peer.bytesIn).toBeGreaterThan(0);
        expect(peer.lastSeenMs).toBeGreaterThan(told.startedMs - 1);
      }
      expect(told.certificates.length).toBeGreaterThan(0);
      const signed = told.certificates.filter(({ bitmap }) => bitmap !== null);
      expect(signed.length).toBeGreaterThan(0);
      for (const { bitmap } of signed) expect(bitmap!.toString(2).replaceAll('0', '')).toHaveLength(3);
      expect(told.blocks.at(-1)?.height).toBe(told.finalHeight);
      expect(told.blocks.some(({ transactions, live }) => transactions > 0 && live)).toBe(true);
      expect(told.disk.blocksBytes).toBeGreaterThan(0);
      expect(told.disk.walBytes).toBeGreaterThan(0);
      expect(told.memory.rssBytes).toBeGreaterThan(0);
      const metrics = await (await fetch(`${consortium.rpcUrls[0]}/metrics`)).text();
      expect(metrics).toMatch(/^waymark_final_height\{node="processor-1",account="processor"\} [1-9]/m);
      expect(metrics).toMatch(/^waymark_peers_connected\{[^}]*\} 3$/m);
      expect(metrics).toMatch(/^waymark_time_to_final_seconds_count\{[^}]*\} [1-9]/m);
    },
    JOB_MS,
  );

  it(
    'counts the views that were given up, with their leader and the reason, when a proposer is gone',
    async () => {
      consortium = await TestConsortium.make();
      await consortium.startAll();
      await consortium.finalize(['before']);
      await consortium.stop(1);
      for (let n = 0; n < 6; n += 1) await consortium.finalize([`without ${n}`], 'farm', 2, 0);
      await until('a view of the one that is gone was given up', async () => {
        const { impeachments } = await report(0);
        return impeachments.some(({ leader }) => leader === 'importer/importer-1');
      });
      const told = await report(0);
      expect(told.counts.viewsImpeached).toBe(told.impeachments.length);
      expect(told.counts.viewsEntered).toBeGreaterThanOrEqual(told.counts.viewsImpeached);
      for (const { cause, height, timeMs } of told.impeachments) {
        expect(['TIMEOUT', 'FOLLOWED', 'OTHERS']).toContain(cause);
        expect(height).toBeGreaterThan(0);
        expect(timeMs).toBeGreaterThanOrEqual(told.startedMs);
      }
      const gone = told.peers.find(({ name }) => name === 'importer/importer-1');
      expect(gone).toMatchObject({ connected: false, roundTripMs: null, connectedSinceMs: null });
      expect(gone!.lastSeenMs).not.toBeNull();
    },
    JOB_MS,
  );
});
