import { describe, expect, it } from '@jest/globals';
import type { Effect } from '@waymark/consensus/lbft';
import { VoteType } from '@waymark/consensus/certificates';
import { ConsensusWatch } from './consensus-watch.js';

const watchAt = (height = 7) =>
  new ConsensusWatch({ leaderOf: (view) => `leader/${view}`, finalHeight: () => height, wallMs: () => 1_000 });
const impeach = (view: number) =>
  ({ kind: 'SIGN', vote: { type: VoteType.IMPEACH, epoch: 0, view }, rest: null }) as unknown as Effect;
const certificate = (kind: 'P' | 'C' | 'I', view: number) =>
  ({ kind: 'APPEND_CERTIFICATE', certificate: { kind, view }, block: null }) as unknown as Effect;

describe('the watch over consensus', () => {
  it('says why this node gave up a view: its timer, a broken rule, the others', () => {
    const watch = watchAt();
    watch.stepped({ kind: 'TIMER' }, [impeach(1)]);
    watch.stepped({ kind: 'PROPOSAL_EVALUATED', code: 'V7' }, [impeach(2)]);
    watch.stepped({ kind: 'MESSAGE' }, [impeach(3)]);
    watch.stepped(
      { kind: 'MESSAGE' },
      [1, 2, 3, 4].map((view) => certificate('I', view)),
    );
    expect(
      watch.impeachments.map(({ view, leader, cause, code, height }) => [view, leader, cause, code, height]),
    ).toEqual([
      [1, 'leader/1', 'TIMEOUT', undefined, 7],
      [2, 'leader/2', 'ILLICIT', 'V7', 7],
      [3, 'leader/3', 'FOLLOWED', undefined, 7],
      [4, 'leader/4', 'OTHERS', undefined, 7],
    ]);
    expect(watch.counts).toMatchObject({ viewsEntered: 4, viewsImpeached: 4, ownImpeachments: 3 });
  });

  it('counts a certificate that comes twice once, and no C-certificate', () => {
    const watch = watchAt();
    for (let n = 0; n < 2; n += 1)
      watch.stepped({ kind: 'MESSAGE' }, [certificate('P', 5), certificate('C', 5), certificate('I', 6)]);
    expect(watch.counts).toMatchObject({ viewsEntered: 2, viewsImpeached: 1 });
  });

  it('remembers no more than so many, whatever comes', () => {
    const watch = watchAt();
    for (let view = 1; view <= 5_000; view += 1) {
      watch.stepped({ kind: 'TIMER' }, [impeach(view), certificate('I', view)]);
      watch.booked({ height: view, view, timeMs: 0, transactions: 0, live: true });
    }
    expect(watch.impeachments).toHaveLength(50);
    expect(watch.impeachments.at(-1)?.view).toBe(5_000);
    expect(watch.bookedBlocks).toHaveLength(120);
    expect(watch.counts.viewsImpeached).toBe(5_000);
  });

  it('keeps the reason of a quarantine until something is signed, and the alarm that halted', () => {
    const watch = watchAt();
    watch.stepped({ kind: 'QUARANTINE' }, [{ kind: 'QUARANTINE_ENTERED', reason: 'LOG_DAMAGED' }]);
    expect(watch.quarantine).toEqual({ cause: 'LOG_DAMAGED', sinceMs: 1_000 });
    watch.stepped({ kind: 'QUARANTINE_LEFT' }, []);
    expect(watch.quarantine).toEqual({ cause: 'LOG_DAMAGED', sinceMs: 1_000 });
    watch.stepped({ kind: 'TIMER' }, [impeach(11)]);
    expect(watch.quarantine).toBeNull();
    watch.stepped({ kind: 'MESSAGE' }, [
      { kind: 'ALARM', code: 'FINALITY_CONFLICT', halt: true, facts: { height: 3 } },
    ]);
    expect(watch.halt).toMatchObject({ code: 'FINALITY_CONFLICT', facts: { height: 3 } });
  });
});
