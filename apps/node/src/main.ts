/** The program of a node: `node dist/main.js --config <node.json>`. Ends with 0 on SIGINT or SIGTERM, 1 when it cannot go on. */
import { parseArgs } from 'node:util';
import { runNode } from './run-node.js';
import { loadConfig } from './config/index.js';

const CLOSE_MS = 10_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new Error('usage: main.js --config <node.json>');
  const loaded = await loadConfig(values.config);
  const node = await runNode({ loaded, onFatal: () => process.exit(1) });
  const stop = (): void => {
    setTimeout(() => process.exit(1), CLOSE_MS).unref();
    node.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
