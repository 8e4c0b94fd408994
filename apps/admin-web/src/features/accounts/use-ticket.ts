import { useState } from 'react';
import type { CaptureJob, LedgerTicket } from '../../client/api.schemas.js';
import { captureJob } from '../../client/capture/capture.js';

const EVERY_MS = 400;
/** A command that is not final after this long is told to be under way; it goes on without the page. */
const PATIENCE_MS = 30_000;

/** What became of a command: nothing yet, under way for longer than one waits, or done. */
export type TicketState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'done'; readonly job: CaptureJob };

async function followed(job: string): Promise<CaptureJob | undefined> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const state = await captureJob(job);
    if (!state.running) return state;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return undefined;
}

/** Sends a command to the ledger and follows it until it is final. */
export function useTicket(): {
  readonly state: TicketState;
  /** @throws ApiError when it is refused before it is signed */
  readonly send: (command: () => Promise<LedgerTicket>) => Promise<void>;
} {
  const [state, setState] = useState<TicketState>({ kind: 'none' });
  return {
    state,
    send: async (command) => {
      setState({ kind: 'none' });
      const { job } = await command();
      setState({ kind: 'running' });
      try {
        const done = await followed(job);
        setState(done === undefined ? { kind: 'slow' } : { kind: 'done', job: done });
      } catch (cause) {
        setState({ kind: 'slow' });
        throw cause;
      }
    },
  };
}
