import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether Node was started with this module, under whatever name its folder has: links are followed on both sides. */
export function isEntryPoint(moduleUrl: string): boolean {
  const [, script] = process.argv;
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(moduleUrl));
}
