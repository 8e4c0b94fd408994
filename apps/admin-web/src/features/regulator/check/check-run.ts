import type { RecordFinding, TrustRoot } from '@waymark/light-client';
import {
  getRegulatorBlocksEvidenceUrl,
  getRegulatorEvidenceUrl,
  regulatorItem,
} from '../../../client/regulator/regulator.js';
import { callApi, problemOf } from '../../../shared/index.js';
import {
  clearCheck,
  loadCheck,
  RECENT_KEPT,
  saveCheck,
  WRONG_KEPT,
  type CheckRecord,
  type CheckSubject,
} from './check-store.js';
import type { CheckNews, CheckOrder } from './messages.js';

export interface CheckView {
  /** undefined: nothing was checked yet; null: what is kept is still being read. */
  readonly check: CheckRecord | undefined | null;
  /** True while a worker works; a check that is `running` without one was interrupted. */
  readonly live: boolean;
  readonly error: unknown;
}

/** How often the page is told at most. */
const TELL_MS = 120;

/**
 * A check of an item or of a range of blocks: fetches the proofs piece by piece, has a worker verify them, keeps what was found. It goes on while
 * the reader looks at other pages, and after a reload from where it was.
 */
export class CheckRun {
  private view: CheckView = { check: null, live: false, error: undefined };
  private readonly listeners = new Set<() => void>();
  private worker: Worker | undefined;
  private stopping: AbortController | undefined;
  private toldAt = 0;
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly owner: string) {
    loadCheck(owner).then(
      (check) => this.view.check === null && this.show({ check }),
      (error: unknown) => this.show({ check: undefined, error }),
    );
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly get = (): CheckView => this.view;

  async start(subject: CheckSubject, trust: TrustRoot, fingerprint: string): Promise<void> {
    this.stop();
    await clearCheck(this.owner);
    const check: CheckRecord = {
      owner: this.owner,
      subject,
      fingerprint,
      startedAt: Date.now(),
      workedMs: 0,
      phase: 'running',
      done: 0,
      total: subject.kind === 'range' ? subject.to - subject.from + 1 : undefined,
      counts: { accepted: 0, refused: 0, wrong: 0 },
      truncated: false,
      anchor: undefined,
      wrong: [],
      recent: [],
      next: subject.kind === 'range' ? subject.from : 0,
      position: undefined,
      batches: 0,
    };
    await this.work(check, trust);
  }

  /** Goes on with what was stopped or interrupted; an item's evidence is one file and is checked from its beginning. */
  async goOn(trust: TrustRoot): Promise<void> {
    const { check } = this.view;
    if (check === undefined || check === null || this.view.live) return;
    if (check.subject.kind === 'item') await this.start(check.subject, trust, check.fingerprint);
    else await this.work({ ...check, phase: 'running' }, trust);
  }

  stop(): void {
    this.stopping?.abort();
    this.worker?.terminate();
    this.worker = undefined;
  }

  async discard(): Promise<void> {
    this.stop();
    await clearCheck(this.owner);
    this.show({ check: undefined, error: undefined, live: false });
  }

  private async work(begun: CheckRecord, trust: TrustRoot): Promise<void> {
    const stopping = new AbortController();
    this.stopping = stopping;
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    this.worker = worker;
    this.show({ check: begun, live: true, error: undefined });
    await saveCheck(begun, []);
    try {
      const { subject } = begun;
      const check =
        subject.kind === 'range'
          ? await this.range(begun, subject.to, worker, trust, stopping.signal)
          : await this.item(begun, subject.id, worker, trust, stopping.signal);
      await this.keep({ ...check, phase: 'done' }, []);
    } catch (error) {
      const { check } = this.view;
      // The same run, stopped by its reader or by what went wrong: what was found so far stays.
      if (this.stopping === stopping && check !== null && check !== undefined) {
        await this.keep({ ...check, ...(stopping.signal.aborted && { phase: 'stopped' as const }) }, []);
        if (!stopping.signal.aborted) this.show({ error });
      }
    } finally {
      worker.terminate();
      if (this.stopping === stopping) this.show({ live: false });
    }
  }

  private async range(
    begun: CheckRecord,
    to: number,
    worker: Worker,
    trust: TrustRoot,
    signal: AbortSignal,
  ): Promise<CheckRecord> {
    let check = begun;
    while (check.next <= to) {
      const { next: from, position } = check;
      const startedAt = performance.now();
      const text = await textOf(getRegulatorBlocksEvidenceUrl({ from, to }), signal);
      const order = { order: 'piece', text, trust, nowMs: Date.now(), from, position } as const;
      check = await this.ask(worker, order, check, startedAt, signal, (before, news) => {
        // A piece that cannot be read says nothing of where the next begins: the rest stays unchecked, and is shown as such.
        const end = Math.min(news.to ?? to, to);
        return {
          ...before,
          done: end - (before.subject.kind === 'range' ? before.subject.from : 0) + 1,
          next: end + 1,
          position: news.position,
        };
      });
    }
    return check;
  }

  private async item(
    begun: CheckRecord,
    id: string,
    worker: Worker,
    trust: TrustRoot,
    signal: AbortSignal,
  ): Promise<CheckRecord> {
    const startedAt = performance.now();
    const item = await regulatorItem({ id }, { signal });
    const text = await textOf(getRegulatorEvidenceUrl({ id }), signal);
    const order = { order: 'item', text, trust, nowMs: Date.now(), expected: item.records } as const;
    return this.ask(worker, order, { ...begun, truncated: item.truncated }, startedAt, signal, (before) => before);
  }

  /** One question to the worker, up to its `done`. */
  private async ask(
    worker: Worker,
    order: CheckOrder,
    begun: CheckRecord,
    startedAt: number,
    signal: AbortSignal,
    ended: (check: CheckRecord, news: Extract<CheckNews, { news: 'done' }>) => CheckRecord,
  ): Promise<CheckRecord> {
    let check = begun;
    const batch: RecordFinding[] = [];
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true });
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<CheckNews>) => {
        switch (data.news) {
          case 'anchor':
            check = {
              ...check,
              anchor: data.anchor,
              ...(check.subject.kind === 'item' && { total: data.total }),
            };
            break;
          case 'defect':
            check = withFindings(check, [data.finding], 0);
            batch.push(data.finding);
            break;
          case 'findings':
            check = withFindings(check, data.findings, data.done);
            batch.push(...data.findings);
            break;
          case 'done':
            check = ended(check, data);
            resolve();
            return;
        }
        this.tell({ ...check, workedMs: begun.workedMs + (performance.now() - startedAt) });
      };
      worker.postMessage(order);
    });
    return this.keep({ ...check, workedMs: begun.workedMs + (performance.now() - startedAt) }, batch);
  }

  private async keep(check: CheckRecord, findings: readonly RecordFinding[]): Promise<CheckRecord> {
    const kept = findings.length > 0 ? { ...check, batches: check.batches + 1 } : check;
    await saveCheck(kept, findings);
    this.show({ check: kept });
    return kept;
  }

  private show(change: Partial<CheckView>): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    this.toldAt = performance.now();
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  /** Shows progress, a few times a second. What is shown between two pieces is not kept: after a reload the piece is checked again. */
  private tell(check: CheckRecord): void {
    const wait = TELL_MS - (performance.now() - this.toldAt);
    if (wait <= 0) this.show({ check });
    else {
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.show({ check }), wait);
    }
  }
}

function withFindings(check: CheckRecord, findings: readonly RecordFinding[], done: number): CheckRecord {
  const counts = { ...check.counts };
  for (const { outcome } of findings) counts[outcome] += 1;
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong');
  const proven = findings.filter(({ outcome }) => outcome !== 'wrong');
  return {
    ...check,
    counts,
    done: check.done + done,
    wrong: wrong.length === 0 ? check.wrong : [...check.wrong, ...wrong].slice(0, WRONG_KEPT),
    recent: proven.length === 0 ? check.recent : [...proven.toReversed(), ...check.recent].slice(0, RECENT_KEPT),
  };
}

async function textOf(url: string, signal: AbortSignal): Promise<string> {
  const response = await callApi(url, { signal });
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

const runs = new Map<string, CheckRun>();

/** The one run of a person in an organisation, as long as the page is open. */
export function checkRunOf(owner: string): CheckRun {
  const run = runs.get(owner) ?? new CheckRun(owner);
  runs.set(owner, run);
  return run;
}
