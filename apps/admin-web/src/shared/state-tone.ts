import { IconAlertTriangle, IconCircleCheck, IconCircleDot, IconTruck, type Icon } from '@tabler/icons-react';
import type { Tone } from './theme.js';

const BAD = new Set([
  'recalled',
  'damaged',
  'destroyed',
  'disposed',
  'expired',
  'stolen',
  'non_conformant',
  'no_pedigree_match',
]);
const MOVING = new Set(['in_transit', 'in_progress', 'returned', 'reserved', 'needs_replacement']);
const GOOD = new Set([
  'active',
  'available',
  'conformant',
  'completeness_verified',
  'container_closed',
  'sellable_accessible',
  'encoded',
]);

/** Colour and icon of a disposition: red for what must not go on, amber for what is under way, green for what is fit. */
export function stateTone(disposition: string | undefined): { tone: Tone; icon: Icon } {
  if (disposition === undefined) return { tone: 'unknown', icon: IconCircleDot };
  if (BAD.has(disposition)) return { tone: 'refused', icon: IconAlertTriangle };
  if (MOVING.has(disposition)) return { tone: 'provisional', icon: IconTruck };
  if (GOOD.has(disposition)) return { tone: 'final', icon: IconCircleCheck };
  return { tone: 'unknown', icon: IconCircleDot };
}
