import type { OperatorAlarm } from './dto/nodes.js';
import type { NodeReport } from './node-reports.js';

/** One node as it is judged: its report, or its silence. */
export interface Seen {
  readonly report: NodeReport | undefined;
  /** `account/name` where it is known. */
  readonly name: string;
}

export interface Consortium {
  readonly validators: number;
  readonly quorum: number;
  /** The longest that a chain at rest waits between blocks. */
  readonly slotMs: number;
  readonly nowMs: number;
}

const MIB = 1024 * 1024;
const DISK_FULL_BYTES = 64 * MIB;
const DISK_LOW_BYTES = 1024 * MIB;
const BEHIND_BLOCKS = 5;
const CLOCK_OFF_MS = 5_000;
const SLOW_MS = 3_000;
const BLOCKS_LOOKED_AT = 20;
const GIVEN_UP_RECENT_MS = 120_000;
const GIVEN_UP_MANY = 3;

const byValue = (a: number, b: number) => a - b;

/** From the time in a header until the node had booked the block; blocks fetched while catching up say nothing. */
export function finalityOf({
  blocks,
}: NodeReport): { height: number; timeMs: number; afterMs: number; transactions: number }[] {
  return blocks
    .filter(({ live }) => live)
    .map(({ height, timeMs, bookedMs, transactions }) => ({
      height,
      timeMs,
      afterMs: Math.max(0, bookedMs - timeMs),
      transactions,
    }));
}

export function medianFinalMs(reports: readonly NodeReport[]): number | null {
  const times = reports
    .flatMap((report) => finalityOf(report).slice(-BLOCKS_LOOKED_AT))
    .map(({ afterMs }) => afterMs)
    .sort(byValue);
  return times[Math.floor(times.length / 2)] ?? null;
}

/** What is wrong with one node. That it does not hear one of `silent` is that one's fault and told there. `highest`: of all that answer. */
export function alarmsOfNode(
  { report }: Seen,
  {
    highest,
    nodes,
    nowMs,
    silent,
  }: {
    readonly highest: number;
    readonly nodes: number;
    readonly nowMs: number;
    /** `account/node` of those that do not answer us either. */
    readonly silent: ReadonlySet<string>;
  },
): OperatorAlarm[] {
  if (report === undefined) return [{ code: 'NODE_SILENT', level: 'problem', facts: {} }];
  const alarms: OperatorAlarm[] = [];
  const { halted, quarantine, disk, peers, finalHeight } = report;
  if (halted !== null) alarms.push({ code: 'NODE_HALTED', level: 'problem', facts: { code: halted.code } });
  if (quarantine !== null)
    alarms.push({ code: 'NODE_QUARANTINED', level: 'warning', facts: { cause: quarantine.cause } });
  const behind = highest - finalHeight;
  if (report.catchingUp) alarms.push({ code: 'NODE_CATCHING_UP', level: 'note', facts: { behind } });
  else if (behind > BEHIND_BLOCKS) alarms.push({ code: 'NODE_BEHIND', level: 'warning', facts: { behind } });
  if (report.guarded && nodes > 1) alarms.push({ code: 'NODE_GUARDED', level: 'note', facts: {} });
  const unheard = peers.filter(({ connected }) => !connected);
  if (peers.length > 0 && unheard.length === peers.length)
    alarms.push({ code: 'NODE_ALONE', level: 'problem', facts: { peers: peers.length } });
  const missed = unheard.filter(({ name }) => !silent.has(name));
  if (missed.length > 0 && unheard.length < peers.length)
    alarms.push({
      code: 'NODE_HEARS_NOT_ALL',
      level: 'warning',
      facts: { peers: missed.map(({ name }) => name).join(', ') },
    });
  for (const { code } of report.alarms.filter(({ halt }) => !halt))
    if (!alarms.some((known) => known.code === 'NODE_ALARM' && known.facts['code'] === code))
      alarms.push({ code: 'NODE_ALARM', level: 'warning', facts: { code } });
  if (disk.totalBytes > 0 && disk.freeBytes < DISK_FULL_BYTES)
    alarms.push({ code: 'DISK_FULL', level: 'problem', facts: { freeBytes: disk.freeBytes } });
  else if (disk.totalBytes > 0 && disk.freeBytes < DISK_LOW_BYTES)
    alarms.push({ code: 'DISK_LOW', level: 'warning', facts: { freeBytes: disk.freeBytes } });
  const offMs = Math.abs(report.nowMs - nowMs);
  if (offMs > CLOCK_OFF_MS)
    alarms.push({ code: 'CLOCK_OFF', level: 'warning', facts: { seconds: Math.round(offMs / 1_000) } });
  return alarms;
}

export type ConsortiumState = 'keeping-up' | 'slow' | 'stopped' | 'unknown';

/** Whether the consortium keeps up, and what is wrong with it as a whole. */
export function assessConsortium(
  seen: readonly Seen[],
  { validators, quorum, slotMs, nowMs }: Consortium,
): { state: ConsortiumState; alarms: OperatorAlarm[] } {
  const reports = seen.flatMap(({ report }) => (report === undefined ? [] : [report]));
  if (reports.length === 0) return { state: 'unknown', alarms: [] };
  const alarms: OperatorAlarm[] = [];
  const voting = reports.filter(
    ({ seat, halted, quarantine }) => seat !== null && halted === null && quarantine === null,
  );
  const newestMs = Math.max(
    ...reports.map(({ finalTimeMs, lastBookedMs }) => Math.max(finalTimeMs, lastBookedMs ?? 0)),
  );
  const restsMs = nowMs - newestMs;
  const waits = reports.some(({ mempool }) => mempool.count > 0);
  const stopped = restsMs > Math.max(15_000, 3 * slotMs) || (waits && restsMs > Math.max(8_000, slotMs));
  const median = medianFinalMs(reports);
  const slow = median !== null && median > SLOW_MS;
  if (stopped)
    alarms.push({
      code: 'CONSORTIUM_STOPPED',
      level: 'problem',
      facts: { seconds: Math.round(restsMs / 1_000), voting: voting.length, quorum },
    });
  else if (slow) alarms.push({ code: 'CONSORTIUM_SLOW', level: 'warning', facts: { medianMs: Math.round(median) } });
  if (validators > 1 && !stopped && voting.length === quorum && voting.length < validators)
    alarms.push({ code: 'ONE_MORE_LOSS_STOPS_IT', level: 'warning', facts: { voting: voting.length, quorum } });
  const leaders = givenUpLately(reports, nowMs);
  for (const [leader, count] of leaders)
    alarms.push({
      code: 'VIEWS_GIVEN_UP',
      level: 'warning',
      facts: { leader, count, minutes: GIVEN_UP_RECENT_MS / 60_000 },
    });
  const versions = [...new Set(reports.map(({ version }) => version))].sort();
  if (versions.length > 1)
    alarms.push({ code: 'VERSIONS_DIFFER', level: 'note', facts: { versions: versions.join(', ') } });
  const hashes = new Map<number, Set<string>>();
  for (const { finalHeight, finalHash } of reports)
    hashes.set(finalHeight, (hashes.get(finalHeight) ?? new Set()).add(finalHash));
  for (const [height, different] of hashes)
    if (different.size > 1) alarms.push({ code: 'STATES_DIFFER', level: 'problem', facts: { height } });
  return { state: stopped ? 'stopped' : slow ? 'slow' : 'keeping-up', alarms };
}

/** Leaders whose views were given up several times in the last minutes, as the node that saw most of it tells. */
function givenUpLately(reports: readonly NodeReport[], nowMs: number): [leader: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { impeachments } of reports) {
    const own = new Map<string, number>();
    for (const { leader, timeMs } of impeachments)
      if (nowMs - timeMs < GIVEN_UP_RECENT_MS) own.set(leader, (own.get(leader) ?? 0) + 1);
    for (const [leader, count] of own) counts.set(leader, Math.max(count, counts.get(leader) ?? 0));
  }
  return [...counts].filter(([, count]) => count >= GIVEN_UP_MANY).sort(([a], [b]) => (a < b ? -1 : 1));
}
