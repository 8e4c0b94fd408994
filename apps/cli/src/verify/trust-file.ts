import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readTrustRoot, type TrustRoot } from '@waymark/light-client';
import { pathFrom, type Surroundings } from '../command.js';
import { CommandStopped } from '../command-stopped.js';

export interface OwnTrust {
  readonly file: string;
  readonly trust: TrustRoot;
  readonly fingerprint: string;
}

/** @throws CommandStopped when the file is missing or is no trust root */
export function loadTrust(file: string): OwnTrust {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new CommandStopped(`The trust root ${file} cannot be read: ${(error as Error).message}`);
  }
  const read = readTrustRoot(bytes);
  if (read === undefined)
    throw new CommandStopped(
      `${file} is no trust root (waymark-trust/1), or was changed. Get trust.json again from somebody you trust.`,
    );
  return { file, ...read };
}

/**
 * The reader's own trust root: the one named on the command line, else WAYMARK_TRUST_FILE, else that of the demo on this
 * machine. Never one that lies beside the evidence.
 */
export function findTrustFile(given: string | undefined, surroundings: Surroundings): string {
  const named = given ?? surroundings.env['WAYMARK_TRUST_FILE'];
  if (named !== undefined && named !== '') return pathFrom(surroundings, named);
  const home = pathFrom(surroundings, surroundings.env['WAYMARK_HOME'] ?? path.join('.waymark', 'demo'));
  const demo = path.join(home, 'consortium', 'trust.json');
  if (existsSync(demo)) return demo;
  throw new CommandStopped(
    'Which chain do you trust? Name its trust root with --trust <trust.json>: the file that your consortium handed out, not one that came with the evidence.',
  );
}
