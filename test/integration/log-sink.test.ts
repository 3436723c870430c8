import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLogFile } from '../../src/base/log-file.js';
import { fileSink } from '../../src/cli/service/log-sink.js';
import { openLogger } from '../../src/cli/service/open-logger.js';
import { until } from '../support/until.js';

const canMount = process.getuid?.() === 0 && mounts();
const onSmallDisk = canMount ? it : it.skip;
if (!canMount) console.log('skipped: a full disk needs the right to mount a small file system');

let dir: string;
let mounted: string | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-sink-'));
});

afterEach(() => {
  if (mounted !== undefined) execFileSync('umount', ['-l', mounted]);
  mounted = undefined;
  rmSync(dir, { recursive: true });
});

describe('a log file', () => {
  it('never grows far beyond its limit, and as many earlier ones are kept as asked for, the newest first', () => {
    const sink = fileSink(path(), { bytes: 1_000, files: 2 });
    for (let line = 1; line <= 100; line += 1) sink.write(`${String(line).padEnd(99)}\n`);
    expect(readdirSync(dir).toSorted()).toEqual(['service.log', 'service.log.1', 'service.log.2']);
    expect(statSync(path()).size).toBeLessThanOrEqual(1_100);
    const kept = ['.2', '.1', ''].flatMap((suffix) => lines(suffix).filter(Boolean).map(Number));
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => 101 - kept.length + at));
    expect(kept.length).toBeGreaterThanOrEqual(20);
  });

  it('counts what an earlier process wrote', () => {
    writeFileSync(path(), 'x'.repeat(999));
    const sink = fileSink(path(), { bytes: 1_000, files: 1 });
    sink.write('one\n');
    sink.write('two\n');
    expect([lines('.1').at(-1), lines('')]).toEqual([`${'x'.repeat(999)}one`, ['two']]);
  });

  it('keeps no earlier one when none is wanted', () => {
    const sink = fileSink(path(), { bytes: 100, files: 0 });
    for (let line = 0; line < 50; line += 1) sink.write(`${'x'.repeat(30)}\n`);
    expect(readdirSync(dir)).toEqual(['service.log']);
    expect(statSync(path()).size).toBeLessThan(200);
  });

  it('is one file for all who write to it, before and after it is rotated', () => {
    const other = openLogFile(path(), { bytes: 1_000, files: 1 });
    const sink = fileSink(path(), { bytes: 1_000, files: 1 });
    for (let line = 0; line < 11; line += 1) sink.write(`${'x'.repeat(100)}\n`);
    writeFileSync(other, 'written by the other\n');
    expect(lines('').at(-1)).toBe('written by the other');
    expect(statSync(path()).size).toBeLessThan(1_000);
  });

  it('is no reason to lose what is written when the earlier ones cannot be moved', () => {
    mkdirSync(join(dir, 'service.log.1'));
    mkdirSync(join(dir, 'service.log.2'));
    writeFileSync(join(dir, 'service.log.2', 'mine'), '');
    const sink = fileSink(path(), { bytes: 100, files: 2 });
    for (let line = 0; line < 9; line += 1) sink.write(`${'x'.repeat(50)}\n`);
    expect(statSync(path()).size).toBeLessThan(200);
    expect(existsSync(join(dir, 'service.log.2', 'mine'))).toBe(true);
  });
});

describe('a log that cannot be written', () => {
  onSmallDisk('waits for room, loses what it cannot keep, and says how much when there is room again', async () => {
    mounted = join(dir, 'small');
    mkdirSync(mounted);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'ibsafe-batch-test', mounted]);
    const file = join(mounted, 'service.log');
    const logger = openLogger('info', { file, limit: { bytes: 10_000_000, files: 1 } });
    for (let line = 0; line < 3_000; line += 1) logger.info({ line }, 'x'.repeat(1_000)); // three mebibytes
    const written = statSync(file).size;
    execFileSync('mount', ['-o', 'remount,size=8m', mounted]);
    const told = (): string | undefined => linesOf(file).find((line) => line.includes('"lines"'));
    await until(async () => told() !== undefined);
    expect(statSync(file).size).toBeGreaterThan(written);
    const whole = linesOf(file).map((line) => JSON.parse(line) as { line?: number });
    const kept = whole.flatMap(({ line }) => (line === undefined ? [] : [line]));
    expect(JSON.parse(told() ?? '')).toMatchObject({ level: 'warn', code: 'ENOSPC', lines: 3_000 - kept.length });
    expect(kept).toEqual(kept.map((_, at) => at)); // the first ones, none twice and none torn
  });

  it.each(['>/dev/full', '>&-', '| head -c 1 >/dev/null'])('does not end the process: %s', async (redirected) => {
    const [command, end] = [`"$0" --input-type=module -e "$1" 3>"$2" ${redirected}`, join(dir, 'end')];
    const child = spawn('sh', ['-c', command, process.execPath, PROGRAM, end], { stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'close');
    expect(readFileSync(end, 'utf8')).toBe('reached the end');
  });
});

// Logs a mebibyte, and writes on descriptor 3 when it has come to its end.
const PROGRAM = `
  import { writeSync } from 'node:fs';
  import { setImmediate } from 'node:timers/promises';
  const { openLogger } = await import('${new URL('../../dist/cli/service/open-logger.js', import.meta.url).href}');
  const logger = openLogger('info', 'stdout');
  for (let line = 0; line < 2000; line += 1) { logger.info({ line }, 'x'.repeat(500)); await setImmediate(); }
  writeSync(3, 'reached the end');
`;

function mounts(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'ibsafe-batch-test', folder], { stdio: 'pipe' });
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function path(): string {
  return join(dir, 'service.log');
}

function lines(suffix: string): string[] {
  return linesOf(`${path()}${suffix}`);
}

function linesOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').trimEnd();
  return text.split('\n').map((line) => line.trimEnd());
}
