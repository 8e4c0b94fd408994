import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BoundedLog } from './bounded-log.js';

export interface ProcessPlan {
  /** For people and for the log's name. */
  name: string;
  /** The JavaScript file that Node runs. */
  script: string;
  args?: readonly string[];
  /** Added to a small inherited environment. */
  env?: Readonly<Record<string, string>>;
  logFile: string;
  /** Resolves true when the process serves; asked every 100 ms until `readyTimeoutMs`. */
  ready?: () => Promise<boolean>;
  readyTimeoutMs?: number;
  /** Started again when it ends unasked, at most five times in a minute. */
  restart?: boolean;
  onExit?: (text: string) => void;
}

const guard = fileURLToPath(
  new URL('./orphan-guard.js', import.meta.url).href.replace(
    /\/src\/cluster\/orphan-guard\.js$/,
    '/dist/cluster/orphan-guard.js',
  ),
);
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot', 'VECTORS_DIR'];
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Thrown when a process does not come up: with the end of its own log. */
export class ProcessFailed extends Error {}

/** One operating-system process of a deployment: started, watched, stopped and killed by its id. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private log: BoundedLog | undefined;
  private stopping = false;
  private readonly endings: number[] = [];
  private tail = '';
  private restarting: Promise<void> | undefined;

  constructor(readonly plan: ProcessPlan) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last lines that the process wrote, for messages to people. */
  get lastWords(): string {
    return this.tail.split('\n').slice(-15).join('\n');
  }

  async start(): Promise<void> {
    if (this.running) return;
    this.stopping = false;
    const env: Record<string, string> = { NODE_ENV: 'production' };
    for (const name of inherited) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    const child = spawn(process.execPath, ['--import', guard, this.plan.script, ...(this.plan.args ?? [])], {
      env: { ...env, ...this.plan.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true, // Ctrl-C goes to us only; we stop the parts in order.
    });
    this.child = child;
    const log = (this.log ??= new BoundedLog(this.plan.logFile));
    const take = (chunk: Buffer) => {
      log.write(chunk);
      this.tail = (this.tail + chunk.toString('utf8')).slice(-8000);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code, signal) => this.ended(child, code, signal));
    await this.waitReady(child);
  }

  private async waitReady(child: ChildProcess): Promise<void> {
    if (!this.plan.ready) return;
    const until = Date.now() + (this.plan.readyTimeoutMs ?? 60_000);
    while (Date.now() < until) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new ProcessFailed(`${this.plan.name} ended while starting:\n${this.lastWords}`);
      if (await this.plan.ready().catch(() => false)) return;
      await pause(100);
    }
    throw new ProcessFailed(
      `${this.plan.name} did not become ready in time; its log is ${this.plan.logFile}\n${this.lastWords}`,
    );
  }

  private ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.child !== child || this.stopping) return;
    const how = signal ? `was ended by ${signal}` : `ended with status ${code ?? 'unknown'}`;
    if (!this.plan.restart) {
      this.plan.onExit?.(`${this.plan.name} ${how}`);
      return;
    }
    const now = Date.now();
    this.endings.push(now);
    while (this.endings.length > 0 && now - this.endings[0]! > 60_000) this.endings.shift();
    if (this.endings.length > 5) {
      this.plan.onExit?.(`${this.plan.name} ${how} again and stays down; its log is ${this.plan.logFile}`);
      return;
    }
    this.plan.onExit?.(`${this.plan.name} ${how}; starting it again`);
    this.restarting = pause(500 * this.endings.length)
      .then(async () => {
        if (!this.stopping) await this.start();
      })
      .catch((error: unknown) => this.plan.onExit?.(error instanceof Error ? error.message : String(error)));
  }

  /** Ends in order (SIGTERM), or by force after `graceMs`. */
  async stop(graceMs = 10_000): Promise<void> {
    this.stopping = true;
    await this.restarting;
    await this.end('SIGTERM', graceMs);
  }

  /** `kill -9`: as a power cut sees it from outside. The process is not started again. */
  async kill(): Promise<void> {
    this.stopping = true;
    await this.end('SIGKILL', 5_000);
  }

  private async end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    const child = this.child;
    if (!child || !this.running) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(timer);
  }

  /** Closes the log of a process that has ended; a later start opens it again. */
  close(): void {
    this.log?.close();
    this.log = undefined;
  }
}
