import type { StepKind } from '@waymark/provenance/trace';
import type { IconName } from './check-state.js';

const VERDICT: Readonly<Record<IconName, string>> = {
  check: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.3 14.3-4-4 1.5-1.5 2.5 2.5 5.3-5.4 1.5 1.5Z',
  clock: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1 4.5h2v5.1l3.9 2.3-1 1.7-4.9-2.9Z',
  warning: 'M12 2.2 1.2 21h21.6Zm-1.1 7h2.2v6h-2.2Zm0 7.6h2.2v2.2h-2.2Z',
  offline:
    'm3.3 2 18.7 18.7-1.3 1.3-3.1-3H7a5 5 0 0 1-.9-9.9L2 3.3Zm8.7 3a6 6 0 0 1 5.9 5A4.5 4.5 0 0 1 21 17L9 5.6c.9-.4 1.9-.6 3-.6Z',
  waiting:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM7 11h2v2H7Zm4 0h2v2h-2Zm4 0h2v2h-2Z',
};

export function VerdictIcon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={VERDICT[name]} fill="currentColor" />
    </svg>
  );
}

/** One stroke drawing a kind of step, 24 by 24. */
const STEP: Readonly<Record<StepKind, string>> = {
  hatch: 'M12 4c3.5 0 6 5 6 9a6 6 0 0 1-12 0c0-4 2.500-9 6-9Zm-5.500 8 3-2 2.500 3 2.500-3 3 2',
  catch: 'M3 12c3-5 10-6 14-1l4-4v10l-4-4c-4 5-11 4-14-1Zm4-1h.1',
  harvest: 'M4 20h16M6 20c0-6 2-10 6-14 4 4 6 8 6 14M12 9v11',
  land: 'M3 17h18M5 17l1-5h12l1 5M12 12V4l5 4M8 21h8',
  transship: 'M3 16h8l1-4H4ZM13 16h8l1-4h-8M7 12V7l6-3M13 4l-1 3m1-3-3-.5M3 20h18',
  make: 'M12 3v18M3 12h18M6 6l12 12M18 6 6 18',
  transform: 'M4 8h10l-3-3m3 3-3 3M20 16H10l3-3m-3 3 3 3',
  commingle: 'M4 5c6 0 6 7 10 7h6M4 19c6 0 6-7 10-7m3-3 3 3-3 3',
  pack: 'M4 8l8-4 8 4v9l-8 4-8-4ZM4 8l8 4 8-4M12 12v9',
  unpack: 'M4 11l8 3 8-3v7l-8 3-8-3ZM4 11l3-4 5 3 5-3 3 4M12 10V3m0 0-2 2m2-2 2 2',
  ship: 'M3 6h11v10H3ZM14 10h4l3 3v3h-7ZM7 19.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm10 0a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z',
  transport:
    'M3 6h11v10H3ZM14 10h4l3 3v3h-7ZM7 19.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm10 0a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z',
  receive: 'M4 20V9l8-5 8 5v11ZM12 8v8m0 0-3-3m3 3 3-3',
  store: 'M4 20V9l8-5 8 5v11M8 20v-8h8v8M8 16h8',
  inspect: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 21 21',
  sell: 'M4 4h9l8 8-9 9-8-8ZM8.500 8.500h.1',
  end: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM6 6l12 12',
  attach: 'M9 15 15 9M8 12l-2 2a3 3 0 0 0 4 4l2-2M16 12l2-2a3 3 0 0 0-4-4l-2 2',
  detach: 'M8 12l-2 2a3 3 0 0 0 4 4l2-2M16 12l2-2a3 3 0 0 0-4-4l-2 2M4 4l16 16',
  trade: 'M6 3h9l4 4v14H6ZM15 3v4h4M9 12h6M9 16h6',
  observe: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
};

export function StepIcon({ kind }: { readonly kind: StepKind }) {
  return (
    <svg class="step-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={STEP[kind]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Drawn in place of a picture: a can with a plain label, or a box for what is shipped. */
export function ProductDrawing({ title, shape }: { readonly title: string; readonly shape: 'product' | 'box' }) {
  return (
    <svg class="drawing" viewBox="0 0 120 120" role="img" aria-label={title}>
      <ellipse cx="60" cy="98" rx="40" ry="8" class="drawing-shadow" />
      {shape === 'product' ? (
        <>
          <path d="M22 38v46c0 8 17 14 38 14s38-6 38-14V38" class="drawing-side" />
          <path d="M22 50v24c0 8 17 14 38 14s38-6 38-14V50c0 8-17 14-38 14S22 58 22 50Z" class="drawing-label" />
          <ellipse cx="60" cy="38" rx="38" ry="14" class="drawing-top" />
          <ellipse cx="60" cy="38" rx="30" ry="10" class="drawing-rim" />
          <path d="M42 74c6-6 16-7 22-1l6-4v9l-6-4c-6 6-16 5-22 0Z" class="drawing-fish" />
        </>
      ) : (
        <>
          <path d="M22 42v38l38 20V62Z" class="drawing-side" />
          <path d="M98 42v38l-38 20V62Z" class="drawing-top" />
          <path d="M60 22 22 42l38 20 38-20Z" class="drawing-label" />
          <path d="m41 32 38 20v14" class="drawing-rim" />
        </>
      )}
    </svg>
  );
}
