import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { errorCode } from './error-code.js';

/**
 * Whether a process runs. One that ended but was not yet collected by its parent (a zombie: in a container without an init process it
 * may stay for ever) does not, although it can still be signalled.
 */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false; // 0 and negative numbers would ask about process groups
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/**
 * Tells two processes apart that had the same pid one after the other: the boot and the clock tick in which a process started
 * (proc(5), /proc/pid/stat field 22), or the second where there is no such file, as on macOS. Undefined where the system does not tell, or for a process that is gone.
 */
export function startMark(pid: number): string | undefined {
  const tick = statFields(pid)?.[19];
  if (tick === undefined) return existsSync('/proc/self/stat') ? undefined : toldStart(pid);
  return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${tick}`;
}

/** The second in which a process started, as `ps` tells it on every system. Undefined for a process that is gone, and where there is no `ps`. */
export function toldStart(pid: number): string | undefined {
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } }); // prettier-ignore
  return asked.status === 0 ? asked.stdout.trim() || undefined : undefined;
}

/** A process's program and arguments; empty for a zombie, undefined where the system does not tell (only Linux does). */
export function commandArguments(pid: number): string[] | undefined {
  return readText(`/proc/${pid}/cmdline`)?.split('\0').slice(0, -1);
}

// The second field is the program's name in parentheses and may itself contain spaces and parentheses: what follows the last one counts.
function statFields(pid: number): string[] | undefined {
  return readText(`/proc/${pid}/stat`)?.split(') ').pop()?.split(' ');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
