import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgres } from '../cluster/postgres.js';

const marker = '.waymark-demo';

/** Thrown for what the person at the keyboard must decide: the message says what to do. */
export class DemoStopped extends Error {}

/** The demo's folder: made, marked, locked, and deleted only when the marker shows that it is ours. */
export class DemoHome {
  private constructor(readonly folder: string) {}

  static open(folder: string, fresh: boolean, warn: (text: string) => void): DemoHome {
    const home = new DemoHome(folder);
    if (existsSync(folder) && !existsSync(home.at(marker)))
      throw new DemoStopped(
        `${folder} exists and was not made by the demo; nothing was touched. Move it away or set WAYMARK_HOME to another folder.`,
      );
    home.lock();
    if (fresh && existsSync(folder)) {
      warn('deleting the data of the last demo');
      EmbeddedPostgres.remove(home.at('postgres'));
      rmSync(folder, { recursive: true, force: true });
      home.lock();
    }
    return home;
  }

  at(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  private lock(): void {
    // Under root the database runs as another user, who must be able to pass through; keys lie in folders of their own.
    mkdirSync(this.folder, { recursive: true, mode: 0o711 });
    if (!existsSync(this.at(marker)))
      writeFileSync(this.at(marker), 'Made by `npm run demo`; `npm run demo -- --fresh` deletes this folder.\n');
    const file = this.at('lock');
    for (let attempt = 0; ; attempt++) {
      try {
        const descriptor = openSync(file, 'wx', 0o600);
        writeSync(descriptor, String(process.pid));
        closeSync(descriptor);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
        const pid = Number(readFileSync(file, 'utf8'));
        if (pid !== process.pid && isAlive(pid))
          throw new DemoStopped(
            `A demo already runs in ${this.folder} (process ${pid}). Stop it with Ctrl-C in its terminal, or set WAYMARK_HOME to another folder.`,
          );
        rmSync(file, { force: true });
      }
    }
  }

  release(): void {
    rmSync(this.at('lock'), { force: true });
  }

  readJson<T>(name: string, parse: (value: unknown) => T): T | undefined {
    const file = this.at(name);
    return existsSync(file) ? parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  }

  writeJson(name: string, value: unknown): void {
    writeFileSync(this.at(name), `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
