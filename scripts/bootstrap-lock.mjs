import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Runs `work` while no other start of this checkout installs or builds; waits its turn, and says so once. A lock left by a killed
 * process is taken over. (The service's own lock, `pid-file.ts`, does the same with more checks; this one runs before it is compiled.)
 */
export async function withBootstrapLock(file, { work, say }) {
  let announced = false;
  while (!tryTake(file)) {
    if (!announced) say('another start is installing or building; waiting for it');
    announced = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock if it is free or its owner is dead. */
export function tryTake(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (create(file)) return true;
  const owner = ownerOf(file);
  if (owner === undefined || isAlive(owner)) return false;
  removeStale(file, owner);
  return create(file);
}

// Linked into place whole: a lock file is never seen empty, and only one of two links of the same name succeeds.
function create(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Only who holds the breaking lock may remove a stale one, and looks again first. Otherwise two that saw the same dead owner could
// each remove "it", the slower one removing the faster one's new lock.
function removeStale(file, owner) {
  if (!tryTake(`${file}.break`)) return;
  try {
    if (ownerOf(file) === owner) rmSync(file, { force: true });
  } finally {
    rmSync(`${file}.break`, { force: true });
  }
}

function ownerOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(owner) {
  const [pid, start] = owner.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startOf(Number(pid)) === (start ?? '');
}

// A pid alone may by now be another process's. Linux tells when a process started (in ticks since boot); elsewhere the pid must do. A process that
// ended and was not yet collected by its parent (in a container perhaps never) still has its pid.
function startOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return '';
  }
}
