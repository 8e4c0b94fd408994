// A container engine and a compose, whichever this machine has; nothing here knows Waymark.
import { spawn, spawnSync } from 'node:child_process';

/** Runs a program to its end. Throws with what it said when it fails, unless `allowFailure`. */
export function run(command, args, { env, input, cwd, allowFailure = false, timeoutMs = 900_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      if (status === 0 || allowFailure) resolve({ status, stdout, stderr });
      else
        reject(
          new Error(
            `${command} ${args.join(' ')} ended with ${status}\n${stderr.slice(-3_000)}${stdout.slice(-1_000)}`,
          ),
        );
    });
    child.stdin.on('error', () => undefined); // a program that ended early reads no more: its status says so
    child.stdin.end(input ?? '');
  });
}

const answersTo = (command, args) => spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });

/** The engine and the compose that are here, or why there is none. */
export function findEngine() {
  const version = answersTo('docker', ['version', '--format', '{{.Server.Version}}']);
  if (version.error !== undefined) return { missing: 'no `docker` command' };
  if (version.status !== 0)
    return { missing: `no container engine answers: ${version.stderr.trim().split('\n').at(-1) ?? ''}` };
  const candidates =
    process.env['COMPOSE'] === undefined
      ? [['docker', 'compose'], ['docker-compose']]
      : [process.env['COMPOSE'].split(' ')];
  for (const compose of candidates) {
    const [command, ...rest] = compose;
    const asked = answersTo(command, [...rest, 'version', '--short']);
    if (asked.status === 0) return { engine: version.stdout.trim(), compose, composeVersion: asked.stdout.trim() };
  }
  return { missing: 'neither `docker compose` nor `docker-compose`' };
}

/** Whether an image is here or can be fetched. */
export async function haveImage(name) {
  if (answersTo('docker', ['image', 'inspect', name]).status === 0) return true;
  return (await run('docker', ['pull', '-q', name], { allowFailure: true, timeoutMs: 300_000 })).status === 0;
}

export const docker = (...args) => run('docker', args);

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `check` gives something true, and gives it back; the last error and the description are the failure's message. */
export async function eventually(description, check, timeoutMs = 120_000, everyMs = 500) {
  const until = Date.now() + timeoutMs;
  for (let last; ;) {
    try {
      const answer = await check();
      if (answer) return answer;
      last = 'not yet';
    } catch (error) {
      last = error.message;
    }
    if (Date.now() > until)
      throw new Error(`did not come to hold within ${timeoutMs / 1_000} s: ${description} (${last})`);
    await pause(everyMs);
  }
}
