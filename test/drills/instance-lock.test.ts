import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acquireInstanceLock, readInstance, type InstanceClaim } from '../../src/runtime/instance-lock.js';
import { startSourceProcess, type SourceProcess } from '../support/source-process.js';

const here = { graphql: 'http://127.0.0.1:4000/graphql' };
const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux === it.skip) console.log('skipped: this system does not tell when a process started, so a pid must do');

let dir: string;
let others: SourceProcess[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-lock-'));
  others = [];
});

afterEach(async () => {
  await Promise.all(others.map((other) => other.kill()));
  rmSync(dir, { recursive: true });
});

describe('the instance lock', () => {
  it('makes the first process the service of its data folder and publishes its addresses', () => {
    const claim = held(acquireInstanceLock(dir, { addresses: {} }));
    expect(readInstance(dir)).toMatchObject({ pid: process.pid, addresses: {} });
    claim.update({ addresses: here });
    expect(readInstance(dir)).toMatchObject({ pid: process.pid, addresses: here });
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('tells a second process who holds it', async () => {
    const other = claimElsewhere();
    expect(await other.heard()).toBe(true);
    expect(acquireInstanceLock(dir, { addresses: {} })).toMatchObject({ held: false, owner: { pid: other.child.pid, addresses: here } });
  });

  it('is free again after release, and leaves no file behind', () => {
    held(acquireInstanceLock(dir, { addresses: here })).release();
    expect(readInstance(dir)).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
    expect(acquireInstanceLock(dir, { addresses: here }).held).toBe(true);
  });

  it('is taken over from a process that was killed', async () => {
    const other = claimElsewhere();
    await other.heard();
    await other.kill();
    expect(readInstance(dir)).toBeUndefined();
    expect(acquireInstanceLock(dir, { addresses: {} }).held).toBe(true);
    expect(readdirSync(dir)).toEqual(['instance.json']);
  });

  onLinux('is taken over when its pid is by now another process, one that started at another time', async () => {
    const other = claimElsewhere();
    await other.heard();
    const claim: unknown = JSON.parse(readFileSync(file(), 'utf8'));
    writeFileSync(file(), JSON.stringify({ ...Object(claim), startMark: 'an-earlier-boot:1' }));
    expect(acquireInstanceLock(dir, { addresses: {} }).held).toBe(true);
  });

  it('is taken over from a torn file, which no living process can have written', () => {
    writeFileSync(file(), '{"pid":');
    expect(acquireInstanceLock(dir, { addresses: {} }).held).toBe(true);
  });

  it('is taken over even if the process that was removing a stale claim died over it', async () => {
    const other = claimElsewhere();
    await other.heard();
    await other.kill();
    writeFileSync(`${file()}.break`, readFileSync(file(), 'utf8'));
    expect(acquireInstanceLock(dir, { addresses: {} }).held).toBe(true);
    expect(readdirSync(dir)).toEqual(['instance.json']);
  });

  it('does not touch the claim of another process when it releases or updates one that was removed by hand', async () => {
    const claim = held(acquireInstanceLock(dir, { addresses: {} }));
    rmSync(file());
    const other = claimElsewhere();
    expect(await other.heard()).toBe(true);
    expect(() => claim.update({ addresses: {} })).toThrow(/removed by hand/);
    claim.release();
    expect(readInstance(dir)?.pid).toBe(other.child.pid);
  });

  it('is never held by two processes, however many find the same dead owner at the same moment', async () => {
    const dead = claimElsewhere();
    await dead.heard();
    await dead.kill();
    const rivals = Array.from({ length: 3 }, () => rival());
    await Promise.all(rivals.map((one) => one.heard())); // loaded and ready
    for (const one of rivals) one.child.stdin?.write('go');
    expect(await Promise.all(rivals.map((one) => one.heard()))).toEqual(rivals.map(() => ({ won: 200, foundAnotherInside: 0 })));
  });
});

// Takes the lock 200 times. Inside it makes a file that cannot be made twice, so that a second holder is noticed, and leaves by putting
// the dead owner's claim back instead of releasing: the next one must take it over again.
function rival(): SourceProcess {
  const other = startSourceProcess(`
    import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
    const { acquireInstanceLock } = await load('runtime/instance-lock.ts');
    const [dir, file, inside] = ${JSON.stringify([dir, file(), join(dir, 'inside')])};
    const dead = readFileSync(file, 'utf8');
    const found = { won: 0, foundAnotherInside: 0 };
    process.stdin.once('data', () => {
      while (found.won < 200) {
        if (!acquireInstanceLock(dir, { addresses: {} }).held) continue;
        found.won += 1;
        try {
          writeFileSync(inside, '', { flag: 'wx' });
        } catch {
          found.foundAnotherInside += 1;
        }
        rmSync(inside, { force: true });
        writeFileSync(file + process.pid, dead);
        renameSync(file + process.pid, file);
      }
      say(found);
    });
    say('ready');
  `);
  others.push(other);
  return other;
}

function claimElsewhere(): SourceProcess {
  const other = startSourceProcess(`
    const { acquireInstanceLock } = await load('runtime/instance-lock.ts');
    say(acquireInstanceLock(${JSON.stringify(dir)}, { addresses: ${JSON.stringify(here)} }).held);
  `);
  others.push(other);
  return other;
}

function held(claim: InstanceClaim): Extract<InstanceClaim, { held: true }> {
  if (!claim.held) throw new Error('expected to hold the lock');
  return claim;
}

function file(): string {
  return join(dir, 'instance.json');
}
