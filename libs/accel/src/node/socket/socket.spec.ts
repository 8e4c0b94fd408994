import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mixedChecks } from '../../conformance/index.js';
import { RequestDeclined, type Accelerator, type Operation } from '../../contract/index.js';
import { answerPortably, portableServiceEngine } from '../../portable/service/index.js';
import { KNOWN_SEAL, selectAccelerator } from '../../select/index.js';
import { encodeRequest, operationNumber, WireError } from '../../wire/index.js';
import { processClock } from '../clock.js';
import { decodeHello, encodeFrame, encodeHello, FailureCode, FrameKind, FrameReader, type Frame } from './frames.js';
import { serveAccelerator, socketEngine, type RunningService, type ServeOptions } from './index.js';

const portable = () => portableServiceEngine.start() as Accelerator;
const checks = mixedChecks(6);
const right = answerPortably('verify', checks);
const hello = { name: 'one', operations: ['verify', 'hash'] as const, frameBytesMax: 1_000_000, inFlightMax: 2 };

let dir: string;
let path: string;
const closers: (() => Promise<void> | void)[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'accel-'));
  path = join(dir, 's');
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(dir, { recursive: true });
});
const serving = async (accelerator: Accelerator, options: Partial<ServeOptions> = {}): Promise<RunningService> => {
  const service = await serveAccelerator(accelerator, { address: { path }, ...options });
  closers.push(() => service.close());
  return service;
};
const asking = async (operations?: readonly Operation[]): Promise<Accelerator> => {
  const engine = socketEngine({ address: { path }, ...(operations === undefined ? {} : { operations }) });
  const accelerator = await engine.start();
  closers.push(() => accelerator.close());
  return accelerator;
};
/** A client that says what it likes, and what it is told until it is hung up on. */
const talking = async (): Promise<{ socket: Socket; frames: Frame[]; closed: Promise<void> }> => {
  const socket = connect({ path });
  const reader = new FrameReader(1e9);
  const frames: Frame[] = [];
  socket.on('data', (bytes) => frames.push(...reader.push(bytes)));
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise((resolve) => socket.once('connect', resolve));
  closers.push(() => void socket.destroy());
  return { socket, frames, closed };
};
const until = async (what: () => boolean): Promise<void> => {
  for (let turn = 0; !what() && turn < 500; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('frames', () => {
  it('are found again however the bytes are cut', () => {
    const bytes = Buffer.concat([
      encodeFrame(FrameKind.REQUEST, 7, Uint8Array.of(1, 2, 3)),
      encodeFrame(FrameKind.CANCEL, 0xffff_ffff),
    ]);
    for (let size = 1; size <= bytes.length; size += 1) {
      const reader = new FrameReader(100);
      const frames: Frame[] = [];
      for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
      expect(frames.map(({ kind, id, body }) => [kind, id, [...body]])).toEqual([
        [2, 7, [1, 2, 3]],
        [3, 0xffff_ffff, []],
      ]);
    }
  });

  it.each([0, 4, 97, 0xffff_ffff])('with a length of %i are refused', (length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(length);
    expect(() => new FrameReader(100).push(bytes)).toThrow(WireError);
  });

  it('HELLO is read as written; operations of later versions are left out', () => {
    const [frame] = new FrameReader(1_000).push(encodeHello(hello)) as [Frame];
    expect(decodeHello(frame)).toEqual(hello);
    const later = Buffer.from(frame.body);
    later[later.length - 1] = 200;
    expect(decodeHello({ ...frame, body: later }).operations).toEqual(['verify']);
    for (let length = 0; length < frame.body.length; length += 1)
      expect(() => decodeHello({ ...frame, body: frame.body.subarray(0, length) })).toThrow(WireError);
    const version = Buffer.from(frame.body);
    version[4] = 2;
    expect(() => decodeHello({ ...frame, body: version })).toThrow('version 2');
  });
});

describe('a service behind a socket', () => {
  it('is its owner’s alone, or its group’s where one says so', async () => {
    await serving(portable());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await closers.pop()?.();
    await serving(portable(), { forGroup: true });
    expect((await stat(path)).mode & 0o777).toBe(0o660);
  });

  it('takes the place of one that died, not of one that lives, nor of a file', async () => {
    await serving(portable());
    await expect(serveAccelerator(portable(), { address: { path } })).rejects.toThrow('another service listens');
    await closers.pop()?.();
    await writeFile(path, 'precious');
    await expect(serveAccelerator(portable(), { address: { path } })).rejects.toThrow('EADDRINUSE');
    await rm(path);
  });

  it('answers over a port of this machine, and listens on no other address', async () => {
    const service = await serving(portable(), { address: { port: 0 } });
    const engine = socketEngine({ address: service.address });
    const accelerator = await engine.start();
    expect(await accelerator.run('verify', checks)).toEqual(right);
    await accelerator.close();
    await expect(serveAccelerator(portable(), { address: { host: '0.0.0.0', port: 0 } })).rejects.toThrow('loopback');
    await expect(socketEngine({ address: { host: '192.0.2.1', port: 1 } }).start()).rejects.toThrow('loopback');
  });

  it('is not asked for what carries keys, unless told', async () => {
    await serving(portable());
    expect((await asking()).operations).toEqual([
      'verify',
      'hash',
      'merkle-root',
      'merkle-paths',
      'compress',
      'decompress',
    ]);
    expect((await asking(['seal'])).operations).toEqual(['seal']);
  });

  it('is asked more at once than it takes: the rest waits for its turn', async () => {
    let inHand = 0;
    let most = 0;
    const slow: Accelerator = {
      ...portable(),
      async run(operation, request) {
        most = Math.max(most, (inHand += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        inHand -= 1;
        return answerPortably(operation, request);
      },
    };
    await serving(slow, { inFlightMax: 2 });
    const accelerator = await asking();
    const answers = await Promise.all(Array.from({ length: 9 }, () => accelerator.run('verify', checks)));
    expect(answers).toEqual(answers.map(() => right));
    expect(most).toBe(2);
  });

  it('declines what does not fit a frame; the next engine does it and nobody is demoted', async () => {
    await serving(portable(), { frameBytesMax: 100_000 });
    const accelerator = await asking();
    await expect(accelerator.run('hash', [new Uint8Array(200_000)])).rejects.toThrow(RequestDeclined);
    const service = await selectAccelerator([socketEngine({ address: { path } })]);
    expect(await service.run('hash', [new Uint8Array(200_000)])).toEqual(
      answerPortably('hash', [new Uint8Array(200_000)]),
    );
    expect(service.demotions).toEqual([]);
    await service.close();
  });

  it('stops work that is given up, and rejects at once', async () => {
    let stopped = false;
    const endless: Accelerator = {
      ...portable(),
      run: (_operation, _request, options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => {
            stopped = true;
            reject(new Error('stopped'));
          });
        }),
    };
    await serving(endless);
    const accelerator = await asking();
    const stop = new AbortController();
    const answer = accelerator.run('verify', checks, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('no longer wanted')), 20);
    await expect(answer).rejects.toThrow('no longer wanted');
    await until(() => stopped);
    expect(stopped).toBe(true);
  });

  it.each<[string, Buffer, number]>([
    ['an operation that there is not', encodeFrame(FrameKind.REQUEST, 1, Uint8Array.of(99)), FailureCode.UNSUPPORTED],
    ['no operation', encodeFrame(FrameKind.REQUEST, 1), FailureCode.UNSUPPORTED],
    [
      'a list that promises more than it holds',
      encodeFrame(FrameKind.REQUEST, 1, Uint8Array.of(operationNumber('hash'), 255, 255, 255, 255)),
      FailureCode.MALFORMED,
    ],
    [
      'bytes after the end',
      encodeFrame(FrameKind.REQUEST, 1, Uint8Array.of(operationNumber('hash'), 0, 0, 0, 0, 9)),
      FailureCode.MALFORMED,
    ],
    [
      'a path of a leaf that there is not',
      encodeFrame(
        FrameKind.REQUEST,
        1,
        Uint8Array.of(operationNumber('merkle-paths')),
        encodeRequest('merkle-paths', { leaves: [], indexes: [3] }),
      ),
      FailureCode.MALFORMED,
    ],
  ])('answers %s with a reason, and goes on', async (_, bad, code) => {
    await serving(portable());
    const { socket, frames } = await talking();
    socket.write(bad);
    socket.write(
      encodeFrame(FrameKind.REQUEST, 2, Uint8Array.of(operationNumber('verify')), encodeRequest('verify', checks)),
    );
    await until(() => frames.length === 3);
    expect(frames.map(({ kind }) => kind).sort()).toEqual([FrameKind.HELLO, FrameKind.ANSWER, FrameKind.FAILED]);
    expect(frames.find(({ kind }) => kind === FrameKind.FAILED)?.body[0]).toBe(code);
  });

  it.each<[string, Buffer]>([
    ['a frame longer than allowed', Buffer.of(0x7f, 0, 0, 0)],
    ['a frame shorter than its head', Buffer.of(0, 0, 0, 4, 1, 1, 1, 1)],
    ['a frame of a kind that clients do not send', encodeFrame(FrameKind.ANSWER, 1)],
    [
      'one id for two requests',
      Buffer.concat(
        [1, 1].map((id) =>
          encodeFrame(FrameKind.REQUEST, id, Uint8Array.of(operationNumber('verify')), encodeRequest('verify', checks)),
        ),
      ),
    ],
  ])('hangs up on %s, and serves the others', async (_, bad) => {
    const trouble: string[] = [];
    await serving(portable(), { onTrouble: (detail) => trouble.push(detail) });
    const good = await asking();
    const { socket, closed } = await talking();
    socket.write(bad);
    await closed;
    expect(trouble).toHaveLength(1);
    expect(await good.run('verify', checks)).toEqual(right);
  });

  it('that dies is replaced without losing the batch, and asked again when it is back', async () => {
    const dying: Accelerator = {
      ...portable(),
      async run(operation, request) {
        if (operation === 'verify' && (request as unknown[]).length === checks.length) {
          await service.close();
          throw new Error('gone');
        }
        return answerPortably(operation, request);
      },
    };
    const service = await serveAccelerator(dying, { address: { path } });
    const selected = await selectAccelerator([socketEngine({ address: { path } })], {
      clock: processClock,
      calibrationMs: 0,
      comeBackMs: 30,
    });
    closers.push(() => selected.close());
    expect(selected.name).toMatch('socket');
    expect(await selected.verifyMany(checks)).toEqual(right);
    expect(selected.demotions).toMatchObject([{ code: 'ACCEL_ENGINE_FAILED', engine: 'socket', operation: 'verify' }]);
    expect(selected.name).toBe('portable');
    await serving(portable());
    await until(() => selected.name !== 'portable');
    expect(selected.name).toMatch('socket');
    expect(await selected.verifyMany(checks)).toEqual(right);
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => undefined, 'said nothing'],
    ['speaks another protocol', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'frame of'],
    ['hangs up', (socket) => void socket.end(), 'hung up'],
    [
      'says another kind of frame first',
      (socket) => void socket.write(encodeFrame(FrameKind.ANSWER, 1)),
      'no acceleration service',
    ],
  ])('that %s is no service', async (_, act, reason) => {
    const server = createServer(act);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    await expect(socketEngine({ address: { path }, connectMs: 50 }).start()).rejects.toThrow(reason);
  });

  it('that answers what is no answer is hung up on', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(encodeHello(hello));
      socket.on('data', () => socket.write(encodeFrame(FrameKind.ANSWER, 1, Uint8Array.of(0, 0, 0, 2, 1, 2))));
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const accelerator = await asking();
    await expect(accelerator.run('verify', checks.slice(0, 2))).rejects.toThrow('neither yes nor no');
  });

  it('never sees a box: the reference seals here', async () => {
    await serving(portable());
    const selected = await selectAccelerator([socketEngine({ address: { path } })]);
    expect(await selected.run('seal', [KNOWN_SEAL.request])).toEqual([KNOWN_SEAL.box]);
    expect(selected.choices().find(({ operation }) => operation === 'seal')?.engines).toEqual(['portable']);
    await selected.close();
  });
});
