import { existsSync } from 'node:fs';
import type { Engine } from '@waymark/accel';

/**
 * The engine with worker threads, from the built package: Node loads no TypeScript into a thread. Where nothing has
 * been built yet, the reason why its tests are skipped.
 */
export async function builtPoolEngine(): Promise<
  { engine: Engine; skipped?: never } | { engine?: never; skipped: string }
> {
  const built = new URL('../../libs/accel/dist/node/index.js', import.meta.url);
  if (!existsSync(built)) return { skipped: 'libs/accel is not built: npm run build' };
  const { poolEngine } = (await import(built.href)) as { poolEngine: (options: { threads: number }) => Engine };
  return { engine: poolEngine({ threads: 2 }) };
}
