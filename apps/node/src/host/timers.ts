import type { TimerName } from '@waymark/consensus/lbft';

/** The core's three timers on the steady clock. Never fires early; a cancelled one never fires. */
export class Timers {
  private readonly handles = new Map<TimerName, NodeJS.Timeout>();

  constructor(
    private readonly nowMs: () => number,
    private readonly due: (timer: TimerName) => void,
  ) {}

  set(timer: TimerName, atMs: number): void {
    this.cancel(timer);
    const arm = (): void => {
      const wait = Math.ceil(atMs - this.nowMs());
      if (wait > 0) {
        this.handles.set(timer, setTimeout(arm, Math.min(wait, 0x7fffffff)));
        return;
      }
      this.handles.delete(timer);
      this.due(timer);
    };
    const wait = Math.max(0, Math.ceil(atMs - this.nowMs()));
    this.handles.set(timer, setTimeout(arm, Math.min(wait, 0x7fffffff)));
  }

  cancel(timer: TimerName): void {
    const handle = this.handles.get(timer);
    if (handle !== undefined) clearTimeout(handle);
    this.handles.delete(timer);
  }

  cancelAll(): void {
    for (const timer of [...this.handles.keys()]) this.cancel(timer);
  }
}
