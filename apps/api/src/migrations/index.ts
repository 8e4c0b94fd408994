import { Platform1764000000001 } from './0001-platform.js';

/** In order; a migration that has been released is never changed. */
export const migrations = [Platform1764000000001] as const;
