// The stories of `npm run test:compose`, in the order in which they are told; later ones stand on what earlier ones left.
import { beginning } from './stories-beginning.mjs';
import { faults } from './stories-faults.mjs';
import { keeping } from './stories-keeping.mjs';
import { strangers } from './stories-strangers.mjs';

/** Each: `title`; `tell(world)`; `essential`: without it the rest cannot be told; `needs()`: why it cannot be told here. */
export const stories = [...beginning, ...faults, ...keeping, ...strangers];
