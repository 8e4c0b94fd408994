/**
 * The acceleration service as a process of its own:
 *
 *     node libs/accel/dist/node/socket/main.js --socket /run/waymark/accel.sock [--group] [--engines gpu,native-pool,native] [--threads 4]
 *     node libs/accel/dist/node/socket/main.js --port 7070
 *
 * One line of JSON on the standard output when it listens, and one for each engine that is turned down. SIGTERM and SIGINT
 * end it.
 */
import { parseArgs } from 'node:util';
import type { Engine } from '../../contract/index.js';
import { gpuEngine } from '../gpu/index.js';
import { NODE_ENGINES, openNodeAccelerator, type NodeEngineName } from '../select.js';
import { serveAccelerator } from './server.js';

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      socket: { type: 'string' },
      port: { type: 'string' },
      group: { type: 'boolean', default: false },
      engines: { type: 'string', default: 'native-pool,native' },
      threads: { type: 'string' },
    },
  });
  if ((values.socket === undefined) === (values.port === undefined))
    throw new RangeError('say --socket PATH, or --port NUMBER for a port of 127.0.0.1');
  const named = values.engines.split(',');
  const unknown = named.find((name) => name !== 'gpu' && !(NODE_ENGINES as readonly string[]).includes(name));
  if (unknown !== undefined) throw new RangeError(`there is no engine ${unknown}: gpu, ${NODE_ENGINES.join(', ')}`);
  const before: Engine[] = named.includes('gpu') ? [gpuEngine()] : [];
  const accelerator = await openNodeAccelerator({
    before,
    engines: named.filter((name): name is NodeEngineName => name !== 'gpu'),
    ...(values.threads === undefined ? {} : { threads: wholeNumber('--threads', values.threads, 1, 256) }),
    onDemotion: (demotion) => say({ turnedDown: demotion }),
  });
  const service = await serveAccelerator(accelerator, {
    address:
      values.socket === undefined
        ? { port: wholeNumber('--port', values.port ?? '', 0, 65_535) }
        : { path: values.socket },
    forGroup: values.group,
    onTrouble: (detail) => say({ trouble: detail }),
  });
  say({ listening: service.address, choices: accelerator.choices() });
  const end = (): void => {
    void service
      .close()
      .then(() => accelerator.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} is a whole number from ${least} to ${most}`);
  return value;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
