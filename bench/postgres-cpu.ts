import { readdirSync, readFileSync } from 'node:fs';
import { withClient } from './sql-limit.js';

/** Clock ticks a second in which Linux tells the CPU time of processes. */
const TICKS = 100;

/**
 * Seconds of CPU that the server of a database has used: its postmaster, the processes it has, and those it had. Linux alone tells it; undefined elsewhere, and where
 * the server runs on another machine.
 */
export async function postgresCpuSeconds(url: string): Promise<number | undefined> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    try {
      const { own, ended, children } = processesOf(statOf(rows[0]?.pid ?? 0).parent);
      return (own + ended + children.reduce((sum, pid) => sum + cpuOf(pid), 0)) / TICKS;
    } catch {
      return undefined;
    }
  });
}

/** Seconds of CPU that a process has used; undefined where it cannot be told. */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    return statOf(pid).own / TICKS;
  } catch {
    return undefined;
  }
}

function processesOf(postmaster: number): Stat & { readonly children: readonly number[] } {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === postmaster);
  return { ...statOf(postmaster), children };
}

/** 0 for a process that has ended since it was listed. */
function parentOf(pid: number): number {
  try {
    return statOf(pid).parent;
  } catch {
    return 0;
  }
}

/** As `parentOf`: its time is the postmaster's by the next look. */
function cpuOf(pid: number): number {
  try {
    return statOf(pid).own;
  } catch {
    return 0;
  }
}

/** Fields of `/proc/<pid>/stat`, counted after the name, which may hold blanks: its parent, its ticks, and those of its ended children. */
function statOf(pid: number): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((at) => fields[at] ?? 0);
  return { parent: parent ?? 0, own: (user ?? 0) + (system ?? 0), ended: (endedUser ?? 0) + (endedSystem ?? 0) };
}

interface Stat {
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}
