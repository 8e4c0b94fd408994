import { describe, expect, it } from '@jest/globals';
import { alarmsOfNode, assessConsortium } from './assess.js';
import type { NodeReport } from './node-reports.js';

const NOW = 1_800_000_000_000;
const GIB = 1024 ** 3;

const peer = (name: string, connected = true): NodeReport['peers'][number] => ({
  name,
  connected,
  direction: 'out',
  connectedSinceMs: null,
  lastSeenMs: null,
  roundTripMs: null,
  bytesIn: 0,
  bytesOut: 0,
  sessions: 1,
  offences: 0,
  lastOffence: null,
});

const report = (fields: Partial<NodeReport> = {}): NodeReport => ({
  nowMs: NOW,
  name: 'a',
  account: 'a',
  version: '1.0.0',
  runtime: 'v20',
  startedMs: NOW - 60_000,
  finalHeight: 100,
  finalHash: 'aa',
  finalTimeMs: NOW - 1_000,
  executedHeight: 100,
  lastBookedMs: NOW - 900,
  epoch: 0,
  view: 101,
  leader: 'b/b',
  committee: [],
  quorum: 3,
  seat: 0,
  catchingUp: false,
  guarded: false,
  quarantine: null,
  halted: null,
  alarms: [],
  counts: { viewsEntered: 0, viewsImpeached: 0, ownImpeachments: 0, blocksBooked: 0 },
  impeachments: [],
  blocks: [{ height: 100, view: 100, timeMs: NOW - 1_000, bookedMs: NOW - 900, transactions: 1, live: true }],
  certificates: [],
  peers: [peer('b/b'), peer('c/c'), peer('d/d')],
  mempool: { count: 0, bytes: 0, oldestMs: null },
  disk: { walBytes: 1, blocksBytes: 1, stateBytes: 1, freeBytes: 50 * GIB, totalBytes: 100 * GIB },
  memory: { rssBytes: 1, heapUsedBytes: 1 },
  loopDelayP99Ms: 1,
  ...fields,
});

const around = { highest: 100, nodes: 4, nowMs: NOW, silent: new Set<string>() };
const codesOf = (fields: Partial<NodeReport>, given: Partial<typeof around> = {}) =>
  alarmsOfNode({ report: report(fields), name: 'a/a' }, { ...around, ...given }).map(({ code }) => code);

describe('what is said of one node', () => {
  it('is nothing when all is well', () => expect(codesOf({})).toEqual([]));

  it.each([
    ['it is silent', undefined, ['NODE_SILENT']],
    ['it fell behind', { finalHeight: 90 }, ['NODE_BEHIND']],
    ['it catches up', { finalHeight: 10, catchingUp: true }, ['NODE_CATCHING_UP']],
    ['its key is silenced', { quarantine: { cause: 'NO_STATE', sinceMs: NOW } }, ['NODE_QUARANTINED']],
    ['it stopped', { halted: { code: 'FINALITY_CONFLICT', halt: true, timeMs: NOW } }, ['NODE_HALTED']],
    ['it hears nobody', { peers: [peer('b/b', false), peer('c/c', false)] }, ['NODE_ALONE']],
    ['it misses one', { peers: [peer('b/b', false), peer('c/c')] }, ['NODE_HEARS_NOT_ALL']],
    ['its disk fills', { disk: { ...report().disk, freeBytes: GIB / 2 } }, ['DISK_LOW']],
    ['its disk is full', { disk: { ...report().disk, freeBytes: 1_000 } }, ['DISK_FULL']],
    ['its clock is off', { nowMs: NOW - 9_000 }, ['CLOCK_OFF']],
    [
      'it saw the same offence twice',
      { alarms: [1, 2].map((timeMs) => ({ code: 'EQUIVOCATION', halt: false, timeMs })) },
      ['NODE_ALARM'],
    ],
  ] as const)('when %s', (_when, fields, codes) => {
    const seen = fields === undefined ? undefined : report(fields as Partial<NodeReport>);
    expect(alarmsOfNode({ report: seen, name: 'a/a' }, around).map(({ code }) => code)).toEqual(codes);
  });

  it('is not that it misses one that is silent to everybody', () => {
    const peers = [peer('b/b', false), peer('c/c')];
    expect(codesOf({ peers }, { silent: new Set(['b/b']) })).toEqual([]);
  });
});

describe('what is said of the consortium', () => {
  const facts = { validators: 4, quorum: 3, slotMs: 2_000, nowMs: NOW };
  const assess = (...reports: (NodeReport | undefined)[]) => {
    const { state, alarms } = assessConsortium(
      reports.map((one) => ({ report: one, name: '' })),
      facts,
    );
    return [state, ...alarms.map(({ code }) => code)];
  };
  const four = (fields: Partial<NodeReport> = {}) => [0, 1, 2, 3].map((seat) => report({ seat, ...fields }));

  it('keeps up when blocks come in time', () => expect(assess(...four())).toEqual(['keeping-up']));
  it('is unknown when nobody answers', () => expect(assess(undefined, undefined)).toEqual(['unknown']));
  it('warns when one more loss would stop it', () =>
    expect(assess(...four().slice(0, 3), undefined)).toEqual(['keeping-up', 'ONE_MORE_LOSS_STOPS_IT']));
  it('counts a node in quarantine as lost', () =>
    expect(assess(...four().slice(0, 3), report({ seat: 3, quarantine: { cause: 'X', sinceMs: 1 } }))).toEqual([
      'keeping-up',
      'ONE_MORE_LOSS_STOPS_IT',
    ]));
  it('has stopped when no block came for long', () =>
    expect(assess(...four({ finalTimeMs: NOW - 60_000, lastBookedMs: NOW - 60_000 }))).toEqual([
      'stopped',
      'CONSORTIUM_STOPPED',
    ]));
  it('has stopped sooner when something waits', () => {
    const resting = { finalTimeMs: NOW - 9_000, lastBookedMs: NOW - 9_000 };
    expect(assess(...four(resting))).toEqual(['keeping-up']);
    expect(assess(...four({ ...resting, mempool: { count: 1, bytes: 9, oldestMs: NOW } }))[0]).toBe('stopped');
  });
  it('is slow when blocks take seconds', () => {
    const [block] = report().blocks;
    expect(assess(...four({ blocks: [{ ...block!, timeMs: NOW - 9_000 }] }))).toEqual(['slow', 'CONSORTIUM_SLOW']);
  });
  it('does not take catching up for being slow', () => {
    const [block] = report().blocks;
    expect(assess(...four({ blocks: [{ ...block!, timeMs: 0, live: false }] }))).toEqual(['keeping-up']);
  });
  it('names a leader whose views are given up again and again', () => {
    const impeachments = [1, 2, 3].map((view) => ({
      view,
      height: 1,
      leader: 'b/b',
      cause: 'TIMEOUT' as const,
      timeMs: NOW - 1_000,
    }));
    expect(assess(...four({ impeachments }))).toEqual(['keeping-up', 'VIEWS_GIVEN_UP']);
    const old = impeachments.map((one) => ({ ...one, timeMs: NOW - 1_000_000 }));
    expect(assess(...four({ impeachments: old }))).toEqual(['keeping-up']);
  });
  it('sees different versions, and different blocks at one height', () => {
    expect(assess(...four().slice(1), report({ version: '2.0.0' }))).toEqual(['keeping-up', 'VERSIONS_DIFFER']);
    expect(assess(...four().slice(1), report({ finalHash: 'bb' }))).toEqual(['keeping-up', 'STATES_DIFFER']);
  });
});
