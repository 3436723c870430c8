import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;

const SAY_EVERY_MS = 5_000;

/**
 * Runs `work` while no other start of this checkout installs or builds; waits its turn, and says so. A lock left by a killed process is taken over when
 * the programs that it had started are gone too: an npm whose starter was killed goes on writing. `work` gets a function that notes such a program's pid.
 * (The service's own lock, `pid-file.ts`, does the same with more checks; this one runs before it is compiled.)
 */
export async function withBootstrapLock(file, { work, say }) {
  for (let waits = 0; !tryTake(file); waits += 1) {
    if (waits % (SAY_EVERY_MS / POLL_MS) === 0) say(`another start is installing or building${idOf(ownerOf(file))}; waiting for it`);
    await delay(POLL_MS);
  }
  try {
    return await work((pid) => replace(file, `${markOf(process.pid)} ${markOf(pid)}`));
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock if it is free or its owner is dead. */
export function tryTake(file) {
  makeFolder(dirname(file));
  if (create(file)) return true;
  const owner = ownerOf(file);
  if (owner === undefined || isAlive(owner)) return false;
  removeStale(file, owner);
  return create(file);
}

// Linked into place whole: a lock file is never seen empty, and only one of two links of the same name succeeds.
function create(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, markOf(process.pid));
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

// Not "recursive": on a disk that takes no writes Node then says that the folder is not there.
function makeFolder(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function ownerOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function replace(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function markOf(pid) {
  return `${pid} ${startOf(pid)}`;
}

// Pairs of a pid and its start: the process that took the lock, and the program that it last started.
function isAlive(owner) {
  return owner.split(' ').some((pid, at, marks) => at % 2 === 0 && isSameProcess(Number(pid), marks[at + 1] ?? ''));
}

function idOf(owner) {
  return owner === undefined ? '' : ` (pid ${owner.split(' ').findLast((_, at) => at % 2 === 0)})`;
}

function isSameProcess(pid, start) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startOf(pid) === start;
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
