/** The node's acceleration service, by its configuration: a socket or a GPU first where there is one, then this process. */
import { portableHashing } from '@waymark/accel';
import type { Engine, Hashing, SelectedAccelerator } from '@waymark/accel/contract';
import { gpuEngine, nativeHashing, openNodeAccelerator, socketEngine, type NodeEngineName } from '@waymark/accel/node';
import type { Logger } from 'pino';
import type { NodeConfig } from '../config/index.js';

type AcceleratorConfig = NodeConfig['accelerator'];

/**
 * Never rejects because an engine is missing or broken: the next one does its work, the portable one at last. Every engine
 * that is turned down is an alarm in the log, with its code.
 */
export async function openAccelerator(config: AcceleratorConfig, log: Logger): Promise<SelectedAccelerator> {
  const before: Engine[] = [];
  if (config.socket !== undefined) before.push(socketEngine({ address: socketOf(config.socket) }));
  if (config.engines?.includes('gpu') === true) before.push(gpuEngine());
  const engines = config.engines?.filter((name): name is NodeEngineName => name !== 'gpu');
  const accelerator = await openNodeAccelerator({
    before,
    // What this node asks; boxes are the business of whoever holds their keys.
    operations: ['verify', 'compress', 'decompress'],
    crossCheckEvery: config.crossCheckEvery,
    timeoutMs: config.timeoutMs,
    ...(engines === undefined ? {} : { engines }),
    ...(config.threads === undefined ? {} : { threads: config.threads }),
    onDemotion: ({ code, engine, operation, detail }) =>
      log[code === 'ACCEL_ENGINE_UNAVAILABLE' ? 'warn' : 'error'](
        { code, engine, operation, detail },
        'an engine of the acceleration service was turned down; the next one does its work',
      ),
  });
  log.info({ engines: accelerator.choices() }, 'the acceleration service is ready');
  return accelerator;
}

/** Hashing at once, on this thread: OpenSSL unless only the portable engine is wanted. */
export function hashingOf({ engines }: AcceleratorConfig): Hashing {
  return engines === undefined || engines.some((name) => name === 'native' || name === 'native-pool')
    ? nativeHashing
    : portableHashing;
}

function socketOf(socket: NonNullable<AcceleratorConfig['socket']>): { path: string } | { port: number } {
  return 'path' in socket ? { path: socket.path } : { port: socket.port };
}
