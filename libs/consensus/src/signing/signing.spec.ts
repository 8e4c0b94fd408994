import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toHex, utf8 } from '@waymark/ledger/primitives';
import { VoteType, type Vote } from '../certificates/vote.js';
import {
  crc32c,
  decideSignature,
  decodeLoggedVote,
  decodeSignState,
  encodeLoggedVote,
  encodeLogFrame,
  encodeSignState,
  firstSignState,
  LogFrameType,
  mergeRecovery,
  raiseFloor,
  scanLog,
  votesOf,
  type LoggedVote,
  type SignState,
} from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const keyId = '0a'.repeat(32);
const genesisHash = '0b'.repeat(32);
const a = 'aa'.repeat(32);
const b = 'bb'.repeat(32);
const fresh = firstSignState(keyId, genesisHash);
const propose = (view: number, blockHash = a): Vote => ({ type: VoteType.PROPOSE, epoch: 0, view, blockHash });
const prepare = (view: number, blockHash = a): Vote => ({ type: VoteType.PREPARE, epoch: 0, view, blockHash });
const commit = (view: number, blockHash = a): Vote => ({ type: VoteType.COMMIT, epoch: 0, view, blockHash });
const impeach = (view: number): Vote => ({ type: VoteType.IMPEACH, epoch: 0, view });

/** The state after these votes, each of which must be allowed. */
function after(...votes: Vote[]): SignState {
  return votes.reduce((state, vote) => {
    const decision = decideSignature(state, vote);
    if (decision.kind !== 'SIGN') throw new Error(JSON.stringify(decision));
    return decision.next;
  }, fresh);
}

describe('CRC-32C', () => {
  it('gives the check value of RFC 3720', () => {
    expect(crc32c(utf8('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });
});

describe('frames of the log', () => {
  const frames = [
    { type: LogFrameType.VOTE, seq: 5, payload: utf8('one') },
    { type: LogFrameType.CERTIFICATE, seq: 6, payload: new Uint8Array(0) },
    { type: LogFrameType.BLOCK, seq: 7, payload: utf8('three') },
  ];
  const bytes = new Uint8Array(frames.flatMap((frame) => [...encodeLogFrame(frame)]));

  it('are read back in order', () => {
    expect(scanLog(bytes, 5)).toEqual({ frames, validBytes: bytes.length, damage: null });
  });

  it('cut at any byte give the whole frames before the cut', () => {
    const ends = frames.map((_, index) =>
      frames.slice(0, index + 1).reduce((sum, frame) => sum + encodeLogFrame(frame).length, 0),
    );
    for (let length = 0; length <= bytes.length; length++) {
      const scan = scanLog(bytes.subarray(0, length));
      const whole = ends.filter((end) => end <= length);
      expect(scan.frames).toHaveLength(whole.length);
      expect(scan.validBytes).toBe(whole.at(-1) ?? 0);
      expect(scan.damage === null).toBe(scan.validBytes === length);
    }
  });

  it('with any bit turned end there', () => {
    for (let at = 0; at < bytes.length; at++) {
      const rotten = bytes.slice();
      rotten[at]! ^= 0x10;
      const scan = scanLog(rotten, 5);
      expect(scan.damage).not.toBeNull();
      expect(scan.validBytes).toBeLessThanOrEqual(at);
    }
  });

  it('out of sequence end the log', () => {
    const gap = new Uint8Array([...encodeLogFrame(frames[0]!), ...encodeLogFrame(frames[2]!)]);
    expect(scanLog(gap)).toMatchObject({ damage: 'SEQUENCE', frames: [frames[0]] });
  });
});

describe('the sign-state', () => {
  it.each<[string, SignState, Vote, string]>([
    ['a second proposal in a view', after(propose(3)), propose(3, b), 'DOUBLE_PROPOSE'],
    ['a second PREPARE', after(prepare(3)), prepare(3, b), 'DOUBLE_PREPARE'],
    ['PREPARE after IMPEACH', after(impeach(3)), prepare(3), 'PREPARE_AFTER_IMPEACH'],
    ['a second COMMIT', after(commit(3)), commit(3, b), 'DOUBLE_COMMIT'],
    ['COMMIT after IMPEACH', after(prepare(3), impeach(3)), commit(3), 'COMMIT_AFTER_IMPEACH'],
    ['IMPEACH after COMMIT', after(commit(3)), impeach(3), 'IMPEACH_AFTER_COMMIT'],
    ['anything at the floor', raiseFloor(fresh, 9), impeach(9), 'BELOW_FLOOR'],
    ['anything of a past epoch', { ...fresh, epoch: 1 }, impeach(3), 'EPOCH_PAST'],
    ['anything of an epoch not entered', fresh, { ...impeach(3), epoch: 1 }, 'EPOCH_NOT_ENTERED'],
  ])('refuses %s', (_, state, vote, code) => {
    expect(decideSignature(state, vote)).toEqual({ kind: 'REFUSE', code });
  });

  it.each<[string, SignState, Vote]>([
    ['COMMIT of a block prepared', after(prepare(3)), commit(3)],
    ['COMMIT of another block than the one prepared (its P-certificate decides)', after(prepare(3)), commit(3, b)],
    ['IMPEACH after PREPARE', after(prepare(3)), impeach(3)],
    ['a late COMMIT of an earlier view', after(prepare(3), impeach(4), prepare(5)), commit(3)],
  ])('allows %s', (_, state, vote) => {
    expect(decideSignature(state, vote)).toMatchObject({ kind: 'SIGN', next: { serial: state.serial + 1 } });
  });

  it('signs again what is on record, and stores nothing', () => {
    const state = after(propose(3), prepare(3), impeach(3));
    for (const vote of [propose(3), prepare(3), impeach(3)])
      expect(decideSignature(state, vote)).toEqual({ kind: 'AGAIN' });
  });

  it('keeps 32 views and gives up those below', () => {
    const state = after(...Array.from({ length: 40 }, (_, index) => impeach(index + 1)));
    expect(state.floor).toBe(8);
    expect(state.entries).toHaveLength(32);
    expect(decideSignature(state, prepare(8))).toEqual({ kind: 'REFUSE', code: 'BELOW_FLOOR' });
  });

  it('lists its votes', () => {
    const votes = [propose(3), prepare(3), commit(3), impeach(4)];
    expect(votesOf(after(...votes))).toEqual(votes);
  });
});

describe('a copy of the sign-state on disk', () => {
  const full = Array.from({ length: 32 }, (_, index) => index + 1).reduce((state, view) => {
    const decision = decideSignature(state, view % 2 === 0 ? impeach(view) : prepare(view));
    return decision.kind === 'SIGN' ? decision.next : state;
  }, fresh);

  it.each([fresh, after(propose(3), prepare(3), commit(3), impeach(4)), raiseFloor(full, 12), full])(
    'is read back as it was',
    (state) => {
      const bytes = encodeSignState(state, sha256);
      expect(bytes).toHaveLength(4096);
      expect(decodeSignState(bytes, { keyId, genesisHash }, sha256)).toEqual(state);
    },
  );

  it('stands as the protocol lays it out', () => {
    const bytes = encodeSignState(after(prepare(3)), sha256);
    expect(toHex(bytes.subarray(8, 40))).toBe(keyId);
    expect(toHex(bytes.subarray(40, 72))).toBe(genesisHash);
    expect(toHex(bytes.subarray(72, 93))).toBe('0000000000000001' + '00000000' + '0000000000000000' + '01');
    expect(toHex(bytes.subarray(93, 93 + 105))).toBe('0000000000000003' + '02' + '00'.repeat(32) + a + '00'.repeat(32));
  });

  it('is none when any sector is from another write, of another key or chain', () => {
    const old = encodeSignState(full, sha256);
    const next = encodeSignState(raiseFloor(full, 3), sha256);
    for (let sector = 0; sector < 8; sector++) {
      const torn = next.slice();
      torn.set(old.subarray(sector * 512, sector * 512 + 512), sector * 512);
      const read = decodeSignState(torn, { keyId, genesisHash }, sha256);
      if (toHex(torn) !== toHex(next)) expect(read).toBeNull();
    }
    expect(decodeSignState(next, { keyId: a, genesisHash }, sha256)).toBeNull();
    expect(decodeSignState(next, { keyId, genesisHash: a }, sha256)).toBeNull();
    expect(decodeSignState(new Uint8Array(4096), { keyId, genesisHash }, sha256)).toBeNull();
  });
});

describe('a logged vote', () => {
  it.each([propose(3), prepare(2 ** 40), commit(1), impeach(9)])('is read back as it was', (vote) => {
    expect(decodeLoggedVote(encodeLoggedVote({ serial: 77, vote }))).toEqual({ serial: 77, vote });
  });

  it('is none with a byte more or less or an unknown type', () => {
    const bytes = encodeLoggedVote({ serial: 1, vote: prepare(1) });
    expect(decodeLoggedVote(bytes.subarray(1))).toBeNull();
    bytes[8] = 9;
    expect(decodeLoggedVote(bytes)).toBeNull();
  });
});

describe('recovery', () => {
  // A history of votes; the log holds all, one copy all, the other all but the last: what an undisturbed stop leaves.
  const history = [prepare(1), commit(1), prepare(2), impeach(2), prepare(3)];
  const logged: LoggedVote[] = history.map((vote, index) => ({ serial: index + 1, vote }));
  const newer = after(...history);
  const older = after(...history.slice(0, -1));

  it.each<[string, SignState | null, SignState | null, readonly LoggedVote[], boolean]>([
    ['nothing is damaged', newer, older, logged, false],
    ['the newer copy is torn', null, older, logged, false],
    ['the older copy is rotten', newer, null, logged, false],
    ["the log's tail is torn", newer, older, logged.slice(0, 3), true],
    ['the log is gone but for a damaged tail', newer, older, [], true],
    ['the crash came between log and sign-state', older, older, logged, false],
    ['the log was pruned', newer, older, logged.slice(4), false],
  ])('forgets no sent vote when %s', (_, copyA, copyB, votes, damaged) => {
    const recovery = mergeRecovery(copyA, copyB, votes, damaged);
    expect(recovery.kind).toBe('READY');
    expect(votesOf(recovery.state!)).toEqual(history);
    expect(recovery.state!.serial).toBe(5);
    expect(mergeRecovery(copyB, copyA, votes, damaged)).toEqual(recovery);
  });

  it.each<[string, SignState | null, SignState | null, boolean, string]>([
    ['no copy is left', null, null, false, 'SIGN_STATE_LOST'],
    ['no copy is left and the log is damaged', null, null, true, 'SIGN_STATE_LOST'],
    ['one copy and the tail of the log are damaged', newer, null, true, 'SIGN_STATE_AND_LOG_DAMAGED'],
    ['the other copy and the tail of the log are damaged', null, older, true, 'SIGN_STATE_AND_LOG_DAMAGED'],
  ])('quarantines the key when %s', (_, copyA, copyB, damaged, cause) => {
    expect(mergeRecovery(copyA, copyB, logged, damaged)).toMatchObject({ kind: 'QUARANTINE', cause });
  });

  it('quarantines the key when its records contradict each other', () => {
    expect(mergeRecovery(newer, older, [{ serial: 9, vote: commit(2) }], false)).toMatchObject({
      kind: 'QUARANTINE',
      cause: 'RECORDS_CONTRADICT',
    });
  });

  it('keeps the floor and takes no vote below it', () => {
    const recovery = mergeRecovery(raiseFloor(newer, 2), older, logged, false);
    expect(recovery.state).toMatchObject({ floor: 2 });
    expect(votesOf(recovery.state!)).toEqual([prepare(3)]);
  });

  it('raises the floor to 32 views below the newest logged vote', () => {
    const recovery = mergeRecovery(newer, older, [...logged, { serial: 6, vote: impeach(40) }], false);
    expect(recovery.state).toMatchObject({ floor: 8, serial: 6 });
    expect(votesOf(recovery.state!)).toEqual([impeach(40)]);
  });
});
