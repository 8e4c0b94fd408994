import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeHashing, openNativeSigner, verifySignatureNative } from '@waymark/accel/node';
import { VoteType, voteSignBytes, type Vote } from '@waymark/consensus/certificates';
import { toHex } from '@waymark/ledger/primitives';
import { loggedVotes } from '../host/recovery.js';
import { serialOfFrame, viewOfFrame } from '../host/log-payloads.js';
import { WriteAheadLog } from '../wal/write-ahead-log.js';
import { FolderInUse } from './exclusive-lock.js';
import { SIGNER_FOLDER, writeFirstSignState } from './first-sign-state.js';
import { Signer } from './signer.js';

const seed = new Uint8Array(32).fill(7);
const genesisHash = new Uint8Array(32).fill(9);
const { publicKey } = openNativeSigner(seed);
const hash = (digit: string): string => digit.repeat(64);
const prepare = (view: number, digit: string): Vote => ({
  type: VoteType.PREPARE,
  epoch: 0,
  view,
  blockHash: hash(digit),
});
const commit = (view: number, digit: string): Vote => ({
  type: VoteType.COMMIT,
  epoch: 0,
  view,
  blockHash: hash(digit),
});
const impeach = (view: number): Vote => ({ type: VoteType.IMPEACH, epoch: 0, view });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waymark-signer-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

interface Opened {
  readonly signer: Signer;
  close(): Promise<void>;
}
async function opened(): Promise<Opened> {
  const { log, frames, damage } = await WriteAheadLog.open({
    dir: join(dir, 'wal'),
    viewOf: viewOfFrame,
    serialOf: serialOfFrame,
  });
  const signer = await Signer.open({
    dir: join(dir, SIGNER_FOLDER),
    seed,
    genesisHash,
    member: 2,
    proposer: 1,
    hashing: nativeHashing,
    log,
    logged: loggedVotes(frames),
    logDamage: damage,
  }).catch(async (error: unknown) => {
    await log.close();
    throw error;
  });
  return {
    signer,
    close: async () => {
      await signer.close();
      await log.close();
    },
  };
}
const damage = async (name: string): Promise<void> => {
  const handle = await open(join(dir, SIGNER_FOLDER, name), 'r+');
  await handle.write(Buffer.from([0xff]), 0, 1, 200);
  await handle.close();
};

describe('the signer', () => {
  it('signs what the protocol allows, with the sign bytes of the protocol', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const { signer, close } = await opened();
    const answer = await signer.request(prepare(1, 'a'));
    expect(answer).toMatchObject({ kind: 'SIGNED', vote: { sender: 2 } });
    if (answer.kind !== 'SIGNED') return;
    const message = voteSignBytes(answer.vote.vote, toHex(genesisHash));
    expect(verifySignatureNative({ publicKey, message, signature: answer.vote.signature })).toBe(true);
    await close();
  });

  it('never signs two things that exclude each other, asked together or after a restart', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const first = await opened();
    const answers = await Promise.all(
      [prepare(1, 'a'), prepare(1, 'b'), commit(1, 'a'), impeach(1), prepare(1, 'a')].map((vote) =>
        first.signer.request(vote),
      ),
    );
    expect(answers.map((answer) => (answer.kind === 'SIGNED' ? 'SIGNED' : answer.code))).toEqual([
      'SIGNED',
      'DOUBLE_PREPARE',
      'SIGNED',
      'IMPEACH_AFTER_COMMIT',
      'SIGNED',
    ]);
    await first.close();
    const second = await opened();
    expect(second.signer.quarantine).toBeNull();
    expect(second.signer.ownVotes().map(({ vote }) => vote)).toEqual([prepare(1, 'a'), commit(1, 'a')]);
    expect(await second.signer.request(prepare(1, 'b'))).toMatchObject({ kind: 'REFUSED', code: 'DOUBLE_PREPARE' });
    expect(await second.signer.request(impeach(1))).toMatchObject({ kind: 'REFUSED' });
    await second.close();
  });

  it('says which serial both copies are at, so that the log keeps what one of them lacks', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const { signer, close } = await opened();
    const start = signer.storedSerial;
    await signer.request(prepare(1, 'a'));
    expect(signer.storedSerial).toBe(start);
    await signer.request(commit(1, 'a'));
    expect(signer.storedSerial).toBe(start + 1);
    await close();
    await damage('sign.a');
    await damage('sign.b');
    const lost = await opened();
    expect(lost.signer.storedSerial).toBe(-1);
    await lost.close();
  });

  it('remembers with one copy of the sign-state damaged, whichever it is', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const first = await opened();
    for (const view of [1, 2, 3]) await first.signer.request(prepare(view, 'a'));
    await first.close();
    for (const name of ['sign.a', 'sign.b']) {
      await damage(name);
      const again = await opened();
      expect(again.signer.quarantine).toBeNull();
      for (const view of [1, 2, 3])
        expect(await again.signer.request(prepare(view, 'b'))).toMatchObject({ code: 'DOUBLE_PREPARE' });
      await again.close();
    }
  });

  it('is silent when its sign-state is gone, until it is released above a floor', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const first = await opened();
    await first.signer.request(prepare(5, 'a'));
    await first.close();
    await damage('sign.a');
    await damage('sign.b');
    const again = await opened();
    expect(again.signer.quarantine).toBe('SIGN_STATE_LOST');
    expect(await again.signer.request(prepare(6, 'b'))).toMatchObject({ kind: 'REFUSED', code: 'QUARANTINED' });
    await again.signer.leaveQuarantine(8);
    expect(await again.signer.request(prepare(8, 'b'))).toMatchObject({ code: 'BELOW_FLOOR' });
    expect((await again.signer.request(prepare(9, 'b'))).kind).toBe('SIGNED');
    await again.close();
    const third = await opened();
    expect([third.signer.quarantine, third.signer.floor]).toEqual([null, 8]);
    await third.close();
  });

  it('is silent with a key that never had a sign-state, and with that of another key', async () => {
    const none = await opened();
    expect(none.signer.quarantine).toBe('SIGN_STATE_LOST');
    await none.close();
    await rm(dir, { recursive: true });
    await writeFirstSignState(dir, { publicKey: new Uint8Array(32).fill(1), genesisHash });
    const foreign = await opened();
    expect(foreign.signer.quarantine).toBe('SIGN_STATE_LOST');
    await foreign.close();
  });

  it('raises the floor with the next signature and never lowers it', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const { signer, close } = await opened();
    await signer.request(prepare(3, 'a'));
    signer.raiseFloor(3);
    await signer.request(prepare(4, 'a'));
    expect(signer.floor).toBe(3);
    expect(await signer.request(commit(3, 'a'))).toMatchObject({ code: 'BELOW_FLOOR' });
    await close();
  });

  it('holds its folder alone, and takes over the lock of a process that died', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    const first = await opened();
    await expect(opened()).rejects.toThrow(FolderInUse);
    await first.close();
    await writeFile(join(dir, SIGNER_FOLDER, 'lock'), '2147483646\n');
    const second = await opened();
    await second.close();
  });

  it('lets nobody overwrite a sign-state', async () => {
    await writeFirstSignState(dir, { publicKey, genesisHash });
    await expect(writeFirstSignState(dir, { publicKey, genesisHash })).rejects.toThrow('never overwritten');
  });
});
