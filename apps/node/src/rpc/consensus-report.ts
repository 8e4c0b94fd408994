/** What the method `consensus` answers (docs/protocol/formats.md section 7): all that an operator asks of one node. Reads only. */
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { LbftSummary } from '@waymark/consensus/lbft';
import { decodeHeader } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { Roster } from '../host/roster.js';
import type { Mempool } from '../mempool/mempool.js';
import type { PeerFacts } from '../network/network.js';
import type { Alarm, BookedBlock, ConsensusWatch, Impeachment } from '../observability/consensus-watch.js';
import type { DiskUsage, DiskUsageWatch } from '../observability/disk-usage.js';
import type { ChainStore } from '../storage/index.js';

/** Final blocks whose certificates are told. */
const CERTIFICATES_TOLD = 60;

/** One final block and who signed it. */
export interface BlockSigners {
  readonly height: number;
  readonly view: number;
  readonly timeMs: number;
  /** Committee index of its proposer. */
  readonly proposer: number;
  /** Bit i: member i of the committee signed its C-certificate. Null: a later block's certificate made it final. */
  readonly bitmap: number | null;
}

export interface ConsensusReport {
  /** Wall clock of the node when it answered; all times are milliseconds since 1970. */
  readonly nowMs: number;
  readonly name: string;
  readonly account: string;
  readonly role: string;
  readonly version: string;
  /** Version of Node.js. */
  readonly runtime: string;
  readonly startedMs: number;
  readonly finalHeight: number;
  readonly finalHash: string;
  readonly finalTimeMs: number;
  readonly executedHeight: number;
  /** When this node booked its newest block; null: none since start. */
  readonly lastBookedMs: number | null;
  readonly epoch: number;
  readonly view: number;
  /** Who leads the view, `account/node`. */
  readonly leader: string;
  /** Committee by index: bitmaps speak of these. */
  readonly committee: readonly { readonly account: string; readonly node: string; readonly proposes: boolean }[];
  /** Signatures that make a certificate. */
  readonly quorum: number;
  /** Own place in the committee; null: it only follows. */
  readonly seat: number | null;
  readonly catchingUp: boolean;
  /** After a start it votes only once enough peers have said where they stand. */
  readonly guarded: boolean;
  readonly quarantine: { readonly cause: string; readonly sinceMs: number } | null;
  readonly halted: Alarm | null;
  readonly alarms: readonly Alarm[];
  /** Since start. */
  readonly counts: ConsensusWatch['counts'];
  readonly impeachments: readonly Impeachment[];
  readonly blocks: readonly BookedBlock[];
  readonly certificates: readonly BlockSigners[];
  readonly peers: readonly Omit<PeerFacts, 'key'>[];
  readonly mempool: { readonly count: number; readonly bytes: number; readonly oldestMs: number | null };
  readonly disk: DiskUsage;
  readonly memory: { readonly rssBytes: number; readonly heapUsedBytes: number };
  /** How late the event loop came in 99 of 100 cases, since this was asked before; milliseconds. */
  readonly loopDelayP99Ms: number;
}

export interface ConsensusReporterParts {
  readonly identity: Pick<ConsensusReport, 'name' | 'account' | 'role' | 'version' | 'seat'>;
  readonly roster: Roster;
  readonly quorum: number;
  readonly store: ChainStore;
  readonly mempool: Mempool;
  readonly watch: ConsensusWatch;
  readonly disk: DiskUsageWatch;
  readonly summary: () => LbftSummary;
  readonly executedHeight: () => number;
  readonly finalTimeMs: () => number;
  readonly catchingUp: () => boolean;
  readonly peers: () => readonly PeerFacts[];
}

const nameOf = (roster: Roster, index: number): string => {
  const member = roster.members[index];
  return member === undefined ? '' : `${member.account}/${member.node}`;
};

export class ConsensusReporter {
  private readonly startedMs = Date.now();
  private readonly loop: IntervalHistogram;

  constructor(readonly on: ConsensusReporterParts) {
    this.loop = monitorEventLoopDelay({ resolution: 20 });
    this.loop.enable();
  }

  close(): void {
    this.loop.disable();
  }

  async report(): Promise<ConsensusReport> {
    const { identity, roster, store, mempool, watch } = this.on;
    const disk = await this.on.disk.usage(performance.now());
    const { epoch, view, leader, guarded, quarantined, halted } = this.on.summary();
    const blocks = watch.bookedBlocks;
    const { rss, heapUsed } = process.memoryUsage();
    const [oldest] = mempool.entries();
    const nowMs = Date.now();
    const loopDelayP99Ms = Math.max(0, this.loop.percentile(99) / 1e6);
    this.loop.reset();
    return {
      nowMs,
      ...identity,
      runtime: process.version,
      startedMs: this.startedMs,
      finalHeight: store.finalHeight,
      finalHash: toHex(store.hashAt(store.finalHeight) ?? new Uint8Array(32)),
      finalTimeMs: this.on.finalTimeMs(),
      executedHeight: this.on.executedHeight(),
      lastBookedMs: blocks.at(-1)?.bookedMs ?? null,
      epoch,
      view,
      leader: nameOf(roster, leader),
      committee: roster.members.map(({ account, node, index }) => ({
        account,
        node,
        proposes: roster.proposers.includes(index),
      })),
      quorum: this.on.quorum,
      catchingUp: this.on.catchingUp(),
      guarded,
      quarantine: quarantined ? (watch.quarantine ?? { cause: 'UNKNOWN', sinceMs: this.startedMs }) : null,
      halted: halted ? watch.halt : null,
      alarms: watch.alarms,
      counts: watch.counts,
      impeachments: watch.impeachments,
      blocks,
      certificates: this.signers(),
      peers: this.on.peers().map(({ key: _key, ...facts }) => facts),
      mempool: {
        ...mempool.size,
        oldestMs: oldest === undefined ? null : Math.round(nowMs - (performance.now() - oldest.arrivedMs)),
      },
      disk,
      memory: { rssBytes: rss, heapUsedBytes: heapUsed },
      loopDelayP99Ms: Number.isFinite(loopDelayP99Ms) ? loopDelayP99Ms : 0,
    };
  }

  private signers(): BlockSigners[] {
    const { store } = this.on;
    const found: BlockSigners[] = [];
    for (let height = store.finalHeight; height > 0 && found.length < CERTIFICATES_TOLD; height -= 1) {
      const stored = store.header(height);
      const header = stored === null ? null : decodeHeader(stored.header);
      if (header?.ok !== true) break;
      const { view, time, leaderIdx } = header.value;
      const bitmap = store.certificate(height)?.bitmap ?? null;
      const proposer = this.on.roster.proposers[leaderIdx] ?? leaderIdx;
      found.push({ height, view, timeMs: time, proposer, bitmap });
    }
    return found.reverse();
  }
}
