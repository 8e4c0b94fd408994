import { feature as regulator } from '../features/regulator/index.js';
import type { Feature } from '../shared/index.js';

/** What the console can do: one folder under `src/features/` each, in the order of the navigation. */
export const FEATURES: readonly Feature[] = [regulator];
