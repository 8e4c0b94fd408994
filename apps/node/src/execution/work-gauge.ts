/**
 * How fast this node executes, learnt from what it executed: a leader fills a block only as far as everybody can judge it
 * well within a view. Leader's policy, never a rule: nodes differ.
 */
export class WorkGauge {
  /** Milliseconds a byte of transactions, smoothed. */
  private costMs = 1 / 1_024;

  /** Notes one executed block. Small ones say more about fixed costs than about work and are left out. */
  note(bytes: number, tookMs: number): void {
    if (bytes < 4_096) return;
    this.costMs += 0.3 * (tookMs / bytes - this.costMs);
  }

  /** Bytes of transactions that take about this long. */
  bytesWithin(budgetMs: number): number {
    return Math.floor(budgetMs / this.costMs);
  }
}
