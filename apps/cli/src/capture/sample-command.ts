import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseCommandArgs, pathFrom, UsageError, type Command } from '../command.js';
import { CommandStopped } from '../command-stopped.js';
import { loadSample } from '../demo/sample.js';
import { CaptureClient } from './capture-client.js';

const keysSchema = z.record(z.string(), z.string());
/** A capture that waits for nodes that are still starting is no fault. */
const FINAL_MS_MAX = 300_000;

/** `waymark sample`: see the usage in command-line.ts. */
export const sampleCommand: Command = async (args, surroundings) => {
  const { values } = parseCommandArgs(args, { api: { type: 'string' }, keys: { type: 'string' } });
  if (values.api === undefined || values.keys === undefined)
    throw new UsageError('--api <address> and --keys <file.json> are needed: where to capture, and as whom.');
  const file = pathFrom(surroundings, values.keys);
  const done = `${file}.done`;
  if (existsSync(done)) {
    surroundings.out('The sample is loaded already. Nothing was sent.\n');
    return 0;
  }
  let keys: Record<string, string>;
  try {
    keys = keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CommandStopped(`The keys file ${file} cannot be read: ${(error as Error).message}`);
  }
  const sample = loadSample(path.resolve(import.meta.dirname, '../../../..'));
  for (const { account, document } of sample.turns) {
    const key = keys[account];
    if (key === undefined)
      throw new CommandStopped(`The keys file has no key of "${account}", which captures a part of the sample.`);
    const client = new CaptureClient(values.api, key);
    const job = await client.finished(await client.send(document, 'public'), FINAL_MS_MAX);
    if (!job.success) throw new CommandStopped(`The capture of ${account} was refused: ${JSON.stringify(job.errors)}`);
    surroundings.out(`${account}: ${document.epcisBody.eventList.length} events are final\n`);
  }
  writeFileSync(done, `${surroundings.now().toISOString()}\n`);
  // The keys were made for this one time.
  rmSync(file, { force: true });
  surroundings.out(`The sample is loaded. One can of it: ${sample.canPath}\n`);
  return 0;
};
