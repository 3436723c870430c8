import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { supportFile } from '../../support/support-file.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault, type Scene, type SeedVerdict } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, type RunGround } from '../run-ground.js';

const MAIN = join(dirname(dirname(supportFile(''))), 'dist', 'program', 'main.js');

/** Where a service writes, made so that it cannot. */
interface Unwritable {
  /** For `stdout` and `stderr`. */
  readonly descriptor: number | 'pipe';
  readonly args: readonly string[];
  readonly dataDir: string;
  /** Called when the service is up. @returns whether nothing can be written from now on */
  spoil(child: ChildProcess): boolean;
  end(): void;
}

/** 33: whoever loses its log has not lost its work. */
export const LOG_UNREAD: Fault = {
  id: '33',
  what: 'a log on a pipe whose reader has gone, or reads nothing',
  promise: 'the service lives, ends its run, and stops in order when asked',
  open: () => scene([readerGone, readerStuck]),
};

/** The same with a full disk, under stdout and under the log file. */
export const LOG_WITHOUT_ROOM: Fault = {
  ...LOG_UNREAD,
  id: '33b',
  what: 'a log on a full disk',
  lacks: async () => (canMount() ? undefined : 'a full disk needs the right to mount a small file system'),
  open: () => scene([noRoom, fullDisk]),
};

/** @param kinds tried by turns */
async function scene(kinds: readonly [() => Unwritable, () => Unwritable]): Promise<Scene> {
  const ground = await runGround();
  return sceneOf(ground.resources, (draws) => strike(ground, draws, kinds[draws.seed % 2 === 0 ? 0 : 1]()));
}

async function strike(ground: RunGround, draws: Draws, place: Unwritable): Promise<SeedVerdict> {
  const child = startWorker(ground, place);
  const ended = once(child, 'exit').then(([code, signal]) => String(code ?? signal));
  try {
    await orEnd(ended, () => working(ground));
    const bites = place.spoil(child) ? 1 : 0;
    const since = performance.now();
    const runId = await ground.begin({ chunkSize: draws.between(3, 12) });
    await orEnd(ended, () => hasEnded(ground, runId));
    child.kill('SIGTERM');
    const code = await ended;
    return await ground.verdict(runId, { bites, since, broken: code === '0' ? [] : [`it ended with ${code}, expected 0`] });
  } finally {
    child.kill('SIGKILL');
    place.end();
  }
}

function startWorker({ database }: RunGround, { descriptor, args, dataDir }: Unwritable): ChildProcess {
  const { PATH } = process.env;
  const env = { PATH, DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'trace', BATCH_SWEEP_MS: '200' };
  return spawn(process.execPath, [MAIN, 'start', '--role', 'worker', ...args], { env, stdio: ['ignore', descriptor, descriptor] });
}

async function working({ database }: RunGround): Promise<boolean> {
  const text = `select count(*)::int from batch.worker where roles = 'worker' and stopped_at is null`;
  return ((await database.column<number>(text))[0] ?? 0) > 0;
}

async function hasEnded({ database }: RunGround, runId: string): Promise<boolean> {
  return (await database.column('select 1 from batch.run_view where run_id = $1 and ended_at is not null', [runId])).length > 0;
}

/** Waits for something that a process does. @throws when that ends before */
async function orEnd(ended: Promise<string>, question: () => Promise<boolean>): Promise<void> {
  let end: string | undefined;
  void ended.then((code) => (end = code));
  await patiently(async () => end !== undefined || (await question()));
  if (end !== undefined) throw new Error(`the service ended with ${end}, and its work was not done`);
}

function readerGone(): Unwritable {
  const place = folder();
  return { descriptor: 'pipe', args: [], dataDir: place, spoil: leave, end: () => rmSync(place, { recursive: true }) };
}

function leave({ stdout, stderr }: ChildProcess): boolean {
  for (const stream of [stdout, stderr]) stream?.destroy();
  return true;
}

/** A pipe that was filled to the brim and that is held open, but never read. */
function readerStuck(): Unwritable {
  const place = folder();
  const path = join(place, 'pipe');
  execFileSync('mkfifo', [path]);
  const filler = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const descriptor = openSync(path, 'w'); // one that would wait for room
  fill(filler);
  return {
    descriptor,
    args: [],
    dataDir: place,
    spoil: () => fill(filler) === 'EAGAIN',
    end() {
      closeSync(filler);
      closeSync(descriptor);
      rmSync(place, { recursive: true });
    },
  };
}

function noRoom(): Unwritable {
  const place = folder();
  const descriptor = openSync('/dev/full', 'w');
  return {
    descriptor,
    args: [],
    dataDir: place,
    spoil: () => fill(descriptor) === 'ENOSPC',
    end() {
      closeSync(descriptor);
      rmSync(place, { recursive: true });
    },
  };
}

/** The log in a file, on a disk that is full once the service is up. */
function fullDisk(): Unwritable {
  const place = folder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'ibsafe-batch-test', place], { stdio: 'pipe' });
  const spoil = (): boolean => {
    const ballast = openSync(join(place, 'ballast'), 'w');
    fill(ballast);
    closeSync(ballast);
    return statfsSync(place).bavail === 0;
  };
  const end = (): void => {
    execFileSync('umount', ['-l', place], { stdio: 'pipe' });
    rmSync(place, { recursive: true });
  };
  return { descriptor: 'pipe', args: ['--json'], dataDir: place, spoil, end };
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    fullDisk().end();
    return true;
  } catch {
    return false;
  }
}

/** Writes until the system refuses. @returns its code */
function fill(descriptor: number): string {
  for (let size = 65_536; ;) {
    try {
      writeSync(descriptor, Buffer.alloc(size));
    } catch (error) {
      if (size === 1) return (error as NodeJS.ErrnoException).code ?? '';
      size = Math.floor(size / 2);
    }
  }
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'ibsafe-batch-mute-'));
}
