import { Inject, Injectable } from '@nestjs/common';
import { committeeOf } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { DataSource } from 'typeorm';
import { NodeClient } from '../../chain/client/node-client.js';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { DATABASE } from '../../platform/tokens.js';
import { alarmsOfNode, assessConsortium, finalityOf, medianFinalMs } from './assess.js';
import type { OperatorNode, OperatorNodes } from './dto/nodes.js';
import { type NodeReport, reportOf } from './node-reports.js';

interface Sighting {
  readonly url: string;
  readonly account: string;
  readonly name: string;
  readonly version: string;
  readonly final_height: string;
  readonly seen_at: Date;
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));
/** Validators that must work together: all but the third part that may fail. */
const quorumOf = (validators: number) => validators - Math.floor((validators - 1) / 3);
const SIGHTINGS_EVERY_MS = 10_000;

/** Asks every node how it is, and remembers who they are for the time when they are silent. */
@Injectable()
export class NodesService {
  private notedAtMs = 0;

  constructor(
    private readonly nodes: NodeClient,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async all(): Promise<OperatorNodes> {
    const [asked, sightings] = await Promise.all([
      Promise.all(this.nodes.urls.map(async (url) => ({ url, report: await this.ask(url) }))),
      this.database.query<Sighting[]>(`SELECT * FROM node_sighting WHERE url = ANY($1)`, [[...this.nodes.urls]]),
    ]);
    const reports = asked.flatMap(({ report }) => (report === undefined ? [] : [report]));
    await this.remember(asked);
    const nowMs = Date.now();
    const highest = Math.max(0, ...reports.map(({ finalHeight }) => finalHeight));
    const { genesis } = this.chain;
    const quorum = quorumOf(genesis.validators.length);
    const seen = asked.map(({ report }) => ({
      report,
      name: report === undefined ? '' : `${report.account}/${report.name}`,
    }));
    const { state, alarms } = assessConsortium(seen, {
      validators: genesis.validators.length,
      quorum,
      slotMs: genesis.parameters.slotMs,
      nowMs,
    });
    const best = reports.toSorted((a, b) => b.finalHeight - a.finalHeight)[0];
    const committee = this.committee();
    const known = asked.map(({ url, report }) => ({
      url,
      report,
      sighting: sightings.find((sighting) => sighting.url === url) ?? this.guess(url, asked, sightings),
    }));
    const silent = new Set(
      known.flatMap(({ report, sighting }) =>
        report === undefined && sighting !== undefined ? [`${sighting.account}/${sighting.name}`] : [],
      ),
    );
    return {
      at: iso(nowMs),
      chainId: genesis.chainId,
      state,
      height: best?.finalHeight ?? null,
      lastBlockAt: best === undefined ? null : iso(best.finalTimeMs),
      medianFinalMs: medianFinalMs(reports),
      validators: genesis.validators.length,
      quorum,
      validatorsAnswering: reports.filter(({ seat }) => seat !== null).length,
      alarms,
      nodes: known.map(({ url, report, sighting }) =>
        this.nodeOf(url, report, sighting, { highest, nodes: known.length, nowMs, silent }),
      ),
      signatures: (best?.certificates ?? []).map(({ height, view, timeMs, proposer, bitmap }) => ({
        height,
        view,
        at: iso(timeMs),
        proposer: committee[proposer] ?? '',
        signers: bitmap === null ? null : committee.filter((_, index) => (bitmap & (1 << index)) !== 0),
      })),
      committee,
    };
  }

  /** Members of the committee as `account/node`, by their number in bitmaps. */
  committee(): string[] {
    const { genesis } = this.chain;
    const byId = new Map(genesis.validators.map(({ memberId, account, node }) => [memberId, `${account}/${node}`]));
    return committeeOf(genesis).members.map(({ memberId }) => byId.get(toHex(memberId)) ?? toHex(memberId));
  }

  private async ask(url: string): Promise<NodeReport | undefined> {
    try {
      return await reportOf(url);
    } catch (error) {
      this.logger.debug({ url, err: error }, 'a node does not say how it is');
      return undefined;
    }
  }

  /** A silent node that never answered here: if only one validator is missing among those seen, it is that one. */
  private guess(
    url: string,
    asked: readonly { readonly url: string; readonly report: NodeReport | undefined }[],
    sightings: readonly Sighting[],
  ): Sighting | undefined {
    const known = new Set([
      ...sightings.map(({ account, name }) => `${account}/${name}`),
      ...asked.flatMap(({ report }) => (report === undefined ? [] : [`${report.account}/${report.name}`])),
    ]);
    const missing = this.chain.genesis.validators.filter(({ account, node }) => !known.has(`${account}/${node}`));
    const nameless = asked.filter(
      ({ url: other, report }) => report === undefined && !sightings.some((sighting) => sighting.url === other),
    );
    const [one] = missing;
    if (one === undefined || missing.length !== 1 || nameless.length !== 1) return undefined;
    return { url, account: one.account, name: one.node, version: '', final_height: '0', seen_at: new Date(0) };
  }

  private nodeOf(
    url: string,
    report: NodeReport | undefined,
    sighting: Sighting | undefined,
    { highest, nodes, nowMs, silent }: Parameters<typeof alarmsOfNode>[1],
  ): OperatorNode {
    const account = report?.account ?? sighting?.account ?? '';
    const name = report?.name ?? sighting?.name ?? '';
    const alarms = alarmsOfNode({ report, name: `${account}/${name}` }, { highest, nodes, nowMs, silent });
    const seenMs = report === undefined ? (sighting?.seen_at.getTime() ?? 0) : nowMs;
    const validator = this.chain.genesis.validators.some((one) => one.account === account && one.node === name);
    const finalHeight = report?.finalHeight ?? (sighting === undefined ? null : Number(sighting.final_height));
    return {
      address: url,
      account,
      name,
      validator: name === '' ? null : validator,
      answers: report !== undefined,
      lastSeen: seenMs === 0 ? null : iso(seenMs),
      finalHeight,
      behind: finalHeight === null || highest === 0 ? null : Math.max(0, highest - finalHeight),
      version: report?.version ?? (sighting?.version || null),
      told: report === undefined ? null : toldOf(report),
      alarms,
    };
  }

  private async remember(
    asked: readonly { readonly url: string; readonly report: NodeReport | undefined }[],
  ): Promise<void> {
    if (Date.now() - this.notedAtMs < SIGHTINGS_EVERY_MS) return;
    this.notedAtMs = Date.now();
    const rows = asked.flatMap(({ url, report }) =>
      report === undefined ? [] : [{ url, ...report, height: report.finalHeight }],
    );
    await this.database.query(
      `INSERT INTO node_sighting (url, account, name, version, final_height, seen_at)
       SELECT url, account, name, version, height, now()
       FROM jsonb_to_recordset($1::jsonb) AS r (url text, account text, name text, version text, height bigint)
       ON CONFLICT (url) DO UPDATE SET account = EXCLUDED.account, name = EXCLUDED.name, version = EXCLUDED.version,
         final_height = EXCLUDED.final_height, seen_at = EXCLUDED.seen_at`,
      [
        JSON.stringify(
          rows.map(({ url, account, name, version, height }) => ({ url, account, name, version, height })),
        ),
      ],
    );
  }
}

function toldOf(report: NodeReport): NonNullable<OperatorNode['told']> {
  return {
    runtime: report.runtime,
    startedAt: iso(report.startedMs),
    finalAt: iso(report.finalTimeMs),
    lastBookedAt: isoOrNull(report.lastBookedMs),
    executedHeight: report.executedHeight,
    epoch: report.epoch,
    view: report.view,
    leader: report.leader,
    catchingUp: report.catchingUp,
    guarded: report.guarded,
    quarantine:
      report.quarantine === null ? null : { cause: report.quarantine.cause, since: iso(report.quarantine.sinceMs) },
    halted: report.halted === null ? null : { code: report.halted.code, at: iso(report.halted.timeMs) },
    viewsEntered: report.counts.viewsEntered,
    viewsGivenUp: report.counts.viewsImpeached,
    impeachments: report.impeachments.map(({ timeMs, code, ...one }) => ({
      ...one,
      ...(code !== undefined && { code }),
      at: iso(timeMs),
    })),
    finality: finalityOf(report)
      .slice(-60)
      .map(({ timeMs, ...one }) => ({ ...one, at: iso(timeMs) })),
    peers: report.peers.map(({ connectedSinceMs, lastSeenMs, ...peer }) => ({
      ...peer,
      connectedSince: isoOrNull(connectedSinceMs),
      lastSeen: isoOrNull(lastSeenMs),
    })),
    mempool: {
      count: report.mempool.count,
      bytes: report.mempool.bytes,
      oldestAt: isoOrNull(report.mempool.oldestMs),
    },
    disk: report.disk,
    memoryBytes: report.memory.rssBytes,
    loopDelayMs: report.loopDelayP99Ms,
  };
}
