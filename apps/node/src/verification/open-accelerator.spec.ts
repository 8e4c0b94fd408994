import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { portableHashing, portableServiceEngine, publicKeyOf, signMessage } from '@waymark/accel';
import { nativeHashing, serveAccelerator } from '@waymark/accel/node';
import { pino } from 'pino';
import { nodeConfigSchema } from '../config/node-config.js';
import { hashingOf, openAccelerator } from './open-accelerator.js';

const seed = new Uint8Array(32).fill(1);
const message = new Uint8Array(20);
const good = { publicKey: publicKeyOf(seed), message, signature: signMessage(seed, message) };
const bad = { ...good, message: new Uint8Array(21) };
const config = (accelerator: object) => nodeConfigSchema.shape.accelerator.parse(accelerator);
/** A log whose lines can be looked at. */
function listening() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, log: pino({ level: 'info' }, { write }) };
}

describe('the acceleration service of a node', () => {
  it('asks the service behind a socket first; when that dies, answers by itself and says so', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'accel-'));
    const path = join(dir, 's');
    const asked: string[] = [];
    const service = await serveAccelerator(
      {
        ...(await portableServiceEngine.start()),
        run: async (operation, request) => {
          asked.push(operation);
          return (await portableServiceEngine.start()).run(operation, request);
        },
      },
      { address: { path } },
    );
    const { lines, log } = listening();
    const accelerator = await openAccelerator(config({ socket: { path }, engines: ['native'], timeoutMs: 2_000 }), log);
    expect(new Set(asked)).toEqual(new Set(['verify', 'compress', 'decompress'])); // its self-test
    expect(accelerator.choices().every(({ engines }) => engines.includes('socket (portable)'))).toBe(true);
    // Calibration decides for which sizes it is asked; for those it fails from now on.
    const isAsked = accelerator
      .choices()
      .some(({ operation, engines }) => operation === 'verify' && engines[0]?.startsWith('socket'));
    await service.close();
    for (const size of [1, 16, 128])
      expect(await accelerator.verifyMany([bad, ...Array.from({ length: size - 1 }, () => good)])).toEqual([
        false,
        ...Array.from({ length: size - 1 }, () => true),
      ]);
    expect(lines.some(({ level, code }) => level === 50 && code === 'ACCEL_ENGINE_FAILED')).toBe(isAsked);
    await accelerator.close();
    await rm(dir, { recursive: true });
    expect(lines.some(({ msg }) => msg === 'the acceleration service is ready')).toBe(true);
  });

  it('is there without the socket and the GPU that it was told of, and says so', async () => {
    const { lines, log } = listening();
    const accelerator = await openAccelerator(config({ socket: { path: '/nowhere/s' }, engines: ['portable'] }), log);
    expect(await accelerator.verifyMany([good, bad])).toEqual([true, false]);
    await accelerator.close();
    expect(lines.filter(({ code }) => code !== undefined)).toMatchObject([
      { level: 40, code: 'ACCEL_ENGINE_UNAVAILABLE', engine: 'socket', operation: null },
    ]);
  });

  it('hashes by OpenSSL, unless only the portable engine is wanted', () => {
    expect(hashingOf(config({}))).toBe(nativeHashing);
    expect(hashingOf(config({ engines: ['gpu', 'native'] }))).toBe(nativeHashing);
    expect(hashingOf(config({ engines: ['portable'] }))).toBe(portableHashing);
  });

  it.each([
    { engines: [] },
    { engines: ['fpga'] },
    { socket: { path: 'relative' } },
    { socket: { path: '/a', port: 1 } },
    { socket: { host: 'far.example', port: 1 } },
    { crossCheckEvery: 0 },
    { threads: 0 },
    { timeoutMs: 5 },
  ])('refuses %j', (accelerator) => {
    expect(nodeConfigSchema.shape.accelerator.safeParse(accelerator).success).toBe(false);
  });
});
