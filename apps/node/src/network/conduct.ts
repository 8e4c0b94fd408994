/** Keeps the score of one peer (docs/protocol/consensus.md 2.6): reset after three offences, ban after repeated resets. */

const OFFENCES_PER_RESET = 3;
const RESETS_PER_BAN = 3;
const WINDOW_MS = 10 * 60_000;
export const BAN_MS = 10 * 60_000;

export type Verdict = 'NOTED' | 'RESET' | 'BAN';

/** Time is given by the caller: steady milliseconds. */
export class Conduct {
  private offences = 0;
  private resets: number[] = [];
  private bannedUntil = -Infinity;

  /** Notes an offence and says what to do with the session. */
  offence(nowMs: number): Verdict {
    this.offences += 1;
    if (this.offences < OFFENCES_PER_RESET) return 'NOTED';
    this.offences = 0;
    this.resets = this.resets.filter((at) => nowMs - at < WINDOW_MS);
    this.resets.push(nowMs);
    if (this.resets.length < RESETS_PER_BAN) return 'RESET';
    this.resets = [];
    this.bannedUntil = nowMs + BAN_MS;
    return 'BAN';
  }

  banned(nowMs: number): boolean {
    return nowMs < this.bannedUntil;
  }
}
