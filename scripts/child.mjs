import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command to its end and gives its exit code (128 + n when signal n ended it, as a shell does) and, with `quiet`, what it
 * wrote: `stdout` alone, `output` with stderr in the order they came.
 * `note` is told its pid. SIGINT, SIGTERM and SIGHUP reach the child; this process waits for it rather than dying first. Rejects when it cannot be started.
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
  const handlers = FORWARDED.map((signal) => [signal, () => passOn(child, signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

// A terminal sends Ctrl-C and its own closing to the whole process group, the child included. Sending it again would make one
// Ctrl-C look like two, and a second one means "at once" to many programs.
function passOn(child, signal) {
  const sentToGroup = signal !== 'SIGTERM' && [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  if (!sentToGroup) child.kill(signal);
}
