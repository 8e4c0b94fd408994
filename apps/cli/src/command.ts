import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What a command may touch of the world; a test gives its own. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths of the command line begin. */
  readonly folder: string;
  readonly now: () => Date;
}

/** Gives the process's exit code: 0 done or verified, 1 refused or stopped, 2 the command line is wrong. */
export type Command = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

/** The command line was not understood; the text says why, the usage follows it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** node:util parseArgs, strict, its complaints as {@link UsageError}. */
export function parseCommandArgs<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  positionals: readonly string[] = [],
) {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  if (parsed.positionals.length !== positionals.length)
    throw new UsageError(
      positionals.length === 0
        ? `"${parsed.positionals.join(' ')}" was not expected here.`
        : `Expected ${positionals.map((what) => `<${what}>`).join(' ')}, got ${parsed.positionals.length === 0 ? 'nothing' : `"${parsed.positionals.join(' ')}"`}.`,
    );
  return parsed;
}

/** A path as the person meant it, from where they stand. */
export function pathFrom({ folder }: Surroundings, given: string): string {
  return path.resolve(folder, given);
}
