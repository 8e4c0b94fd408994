// The waymark command, run by `npm run waymark -- <command>` (tools/waymark.mjs).
import { runCommandLine } from './command-line.js';

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  // npm changes into the project's folder before it runs a script; INIT_CWD is where the person is.
  folder: process.env['npm_lifecycle_event'] === 'waymark' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd(),
  now: () => new Date(),
});
