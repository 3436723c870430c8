import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const PARENT = process.ppid;

const PARENT_SOUGHT_EVERY_MS = 250;

/**
 * Runs a command to its end and gives its exit code (128 + n when signal n ended it, as a shell does) and, with `quiet`, what it
 * wrote: `stdout` alone, `output` with stderr in the order they came.
 * `note` is told its pid. SIGINT, SIGTERM and SIGHUP reach the child, and so does the end of npm; this process waits for it rather than dying first.
 * Rejects when it cannot be started.
 */
export function run(command, args, { env = process.env, cwd, quiet = false, shell = false, note } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, shell, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    if (child.pid !== undefined) note?.(child.pid);
    const [stdout, output] = [[], []];
    child.stdout?.on('data', (bytes) => stdout.push(bytes) && output.push(bytes));
    child.stderr?.on('data', (bytes) => output.push(bytes));
    const stopForwarding = forwardSignals(child);
    child.once('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.once('close', (code, signal) => {
      stopForwarding();
      const exitCode = signal === null ? code : 128 + constants.signals[signal];
      resolve({ code: exitCode, stdout: Buffer.concat(stdout).toString(), output: Buffer.concat(output).toString() });
    });
  });
}

function forwardSignals(child) {
  const stopSeeking = whenNpmLeft(() => child.kill('SIGTERM'));
  const forward = (signal) => {
    stopSeeking(); // a second one would mean "at once"
    passOn(child, signal);
  };
  const handlers = FORWARDED.map((signal) => [signal, () => forward(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    stopSeeking();
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

// A terminal sends Ctrl-C and its own closing to the whole process group, the child included. Sending it again would make one
// Ctrl-C look like two, and a second one means "at once" to many programs.
function passOn(child, signal) {
  const sentToGroup = signal !== 'SIGTERM' && [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  if (!sentToGroup) child.kill(signal);
}

// A SIGTERM for `npm start` goes to the shell between npm and this process. Debian's dies of it and tells nobody: the service went on without a parent.
// Seen twice before it counts: a signal to the whole group is perhaps still on its way to this process.
// Only where npm runs this process for itself: what else stands below an npm script has its variables too, and may outlive it.
function whenNpmLeft(then) {
  if (!isOfNpm(PARENT, process.env)) return () => undefined;
  let seen = 0;
  const timer = setInterval(() => {
    if (process.ppid === PARENT || (seen += 1) < 2) return;
    clearInterval(timer);
    then();
  }, PARENT_SOUGHT_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether a process is npm, or the shell in which npm runs a script; where the system does not show it, whether npm runs at all. */
export function isOfNpm(pid, env) {
  if (env.npm_lifecycle_event === undefined) return false;
  const [program, option, script] = wordsOf(pid) ?? ['npm'];
  return program.startsWith('npm') || (option === '-c' && script.startsWith(env.npm_lifecycle_script));
}

/** The command line of a process; undefined where the system does not show it. */
function wordsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return undefined;
  }
}
