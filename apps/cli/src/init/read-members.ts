import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CommandStopped } from '../command-stopped.js';
import { membersSchema, type Members } from './members.js';

/** The members file, checked. @throws CommandStopped with what is wrong in it */
export function readMembers(file: string): Members {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandStopped(`The members file ${file} cannot be read: ${(error as Error).message}`);
  }
  const checked = membersSchema.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new CommandStopped(`The members file ${file} is not as it should be:\n${z.prettifyError(checked.error)}`);
}
