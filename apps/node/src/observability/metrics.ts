import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ConsensusReporterParts } from '../rpc/consensus-report.js';

/** Figures of one node in the form that Prometheus reads. Values are taken when asked, but for what is counted block by block. */
export class NodeMetrics {
  private readonly registry = new Registry();
  private readonly timeToFinal: Histogram;

  constructor(on: ConsensusReporterParts) {
    const { registry } = this;
    const registers = [registry];
    registry.setDefaultLabels({ node: on.identity.name, account: on.identity.account });
    collectDefaultMetrics({ register: registry });
    const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
      new Gauge({
        name: `waymark_${name}`,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    };
    gauge('final_height', 'Height of the newest booked block', () => on.store.finalHeight);
    gauge('final_age_seconds', 'Age of the newest booked block by its header', () => {
      return Math.max(0, (Date.now() - on.finalTimeMs()) / 1_000);
    });
    gauge('view', 'View in which the core stands', () => on.summary().view);
    gauge('views_entered', 'Views entered since start', () => on.watch.counts.viewsEntered);
    gauge('views_impeached', 'Views given up by a quorum since start', () => on.watch.counts.viewsImpeached);
    gauge('own_impeachments', 'Views this node asked to give up since start', () => on.watch.counts.ownImpeachments);
    gauge('blocks_booked', 'Blocks booked since start', () => on.watch.counts.blocksBooked);
    gauge('peers_connected', 'Other nodes with an open session', () => {
      return on.peers().filter(({ connected }) => connected).length;
    });
    gauge('mempool_transactions', 'Transactions that wait', () => on.mempool.size.count);
    gauge('mempool_bytes', 'Bytes that wait', () => on.mempool.size.bytes);
    gauge('quarantined', '1 while the key signs nothing', () => (on.summary().quarantined ? 1 : 0));
    gauge('halted', '1 after an alarm that stops voting', () => (on.summary().halted ? 1 : 0));
    gauge('catching_up', '1 while blocks far ahead are fetched', () => (on.catchingUp() ? 1 : 0));
    const disk = (name: 'walBytes' | 'blocksBytes' | 'stateBytes' | 'freeBytes') => async () =>
      (await on.disk.usage(performance.now()))[name];
    gauge('wal_bytes', 'Size of the write-ahead log', disk('walBytes'));
    gauge('blocks_bytes', 'Size of the block files', disk('blocksBytes'));
    gauge('state_bytes', 'Size of state and indexes', disk('stateBytes'));
    gauge('disk_free_bytes', 'Room on the volume of the data folder', disk('freeBytes'));
    new Gauge({
      name: 'waymark_peer_round_trip_seconds',
      help: 'Newest ping to each connected peer',
      labelNames: ['peer'],
      registers,
      collect() {
        this.reset();
        for (const { name, roundTripMs } of on.peers())
          if (roundTripMs !== null) this.set({ peer: name }, roundTripMs / 1_000);
      },
    });
    this.timeToFinal = new Histogram({
      name: 'waymark_time_to_final_seconds',
      help: 'From the time in a header until the block was booked here; blocks fetched while catching up are left out',
      buckets: [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30],
      registers,
    });
  }

  booked(headerTimeMs: number): void {
    this.timeToFinal.observe(Math.max(0, (Date.now() - headerTimeMs) / 1_000));
  }

  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
