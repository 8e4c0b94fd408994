import { others } from './book.js';
import type { Turn } from './turn.js';

/** Views in one request (2.6). */
export const CERTIFICATES_MAX = 64;

/** CERT_REQ to all for the span of these views, at most 64 of them, the newest first; not more often than every 2 Delta. */
export function wantCertificates(turn: Turn, views: readonly number[]): void {
  const { state, clock, effects } = turn;
  if (views.length === 0 || clock.monotonicMs < state.certificatesAskedAtMs + 2 * state.config.parameters.deltaMs)
    return;
  state.certificatesAskedAtMs = clock.monotonicMs;
  const toView = Math.max(...views);
  const fromView = Math.max(Math.min(...views), toView - CERTIFICATES_MAX + 1);
  effects.push({ kind: 'REQUEST_CERTIFICATES', fromView, toView, to: others(state.config) });
}
