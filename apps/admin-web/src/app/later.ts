import { lazy, type ComponentType } from 'react';

/** So long after the page was opened: whatever the first page needs is there by then. */
const REST_MS = 2_500;

/**
 * A part of the frame that the first page does not show: its code is fetched when it is drawn, or by itself once the page is at rest, so
 * that it is there when it is needed, even without a network.
 */
export function later<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  // What fails here is asked for again when the part is drawn.
  setTimeout(() => void load().catch(() => undefined), REST_MS);
  return lazy(load);
}
