import { feature as accounts } from '../features/accounts/index.js';
import { feature as capture } from '../features/capture/index.js';
import { feature as labels } from '../features/labels/index.js';
import { feature as consortium } from '../features/consortium/index.js';
import { feature as join } from '../features/join/index.js';
import { feature as regulator } from '../features/regulator/index.js';
import { feature as items } from '../features/items/index.js';
import { feature as trace } from '../features/trace/index.js';
import { feature as settings } from '../features/settings/index.js';
import type { Feature } from '../shared/index.js';

/** What the console can do: one folder under `src/features/` each, in the order of the navigation. */
export const FEATURES: readonly Feature[] = [
  capture,
  items,
  trace,
  labels,
  regulator,
  consortium,
  accounts,
  join,
  settings,
];
