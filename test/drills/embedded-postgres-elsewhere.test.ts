import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stopServer } from '../../src/cli/database/embedded-users.js';
import { installedPackage } from '../../src/embedded-postgres/binaries.js';
import { reachablePrograms } from '../../src/embedded-postgres/reachable-programs.js';
import { refugesFor } from '../../src/embedded-postgres/refuge.js';
import { serverUser } from '../../src/embedded-postgres/server-user.js';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { embeddedFixture, query } from '../support/embedded-fixture.js';

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;
if (asRoot === describe.skip) console.log('skipped: only root starts PostgreSQL as another user, who may be shut out of root’s folders');

const fixture = embeddedFixture();

asRoot('a data folder in a home that the user of the server may not enter', () => {
  it('has its database elsewhere, says so once, and finds it again', async () => {
    const { said, start } = closedHome();
    const first = await start();
    expect(said.filter((line) => line.includes('its data is in'))).toEqual([expect.stringContaining(`may not enter ${home()}`)]);
    await query(first, 'create table kept as select 42 as answer');
    await first.stop();
    said.length = 0;
    expect(await query(await start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(said.filter((line) => line.includes('its data is in'))).toEqual([]);
    expect(await stopServer(join(home(), 'clone'))).toBe(true);
  });

  it('is one database for two starts at the same moment', async () => {
    const { start } = closedHome();
    const both = await Promise.all([start(), start()]);
    expect(new Set(both.map(({ pid }) => pid)).size).toBe(1);
    expect(places()).toHaveLength(1);
  });

  it('takes its database along when it is moved, and leaves that of another clone alone', async () => {
    const { start } = closedHome();
    await query(await start(), 'create table kept as select 42 as answer');
    const other = await start('another clone 한글');
    await query(other, 'create table kept as select 7 as answer');
    renameSync(join(home(), 'clone'), join(home(), 'moved'));
    expect(await query(await start('moved'), 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await query(other, 'select answer from kept')).toEqual([{ answer: 7 }]);
  });

  it('refuses to work on, and to stop, the database of the folder that it is a copy of', async () => {
    const { start } = closedHome();
    const original = await start();
    cpSync(join(home(), 'clone'), join(home(), 'copy'), { recursive: true, verbatimSymlinks: true });
    await expect(start('copy')).rejects.toThrow(/is a copy of .*clone, to which the database in .* belongs\. To begin anew here, remove/);
    await expect((async () => stopServer(join(home(), 'copy')))()).rejects.toThrow(/is a copy of/);
    expect(isAlive(original.pid)).toBe(true);
  });

  it('says that its place is gone instead of beginning anew, and names places that nobody leads to', async () => {
    const { said, start } = closedHome();
    await (await start()).stop();
    rmSync(join(home(), 'clone'), { recursive: true });
    await (await start('second')).stop();
    expect(said.filter((line) => line.includes('is not there any more'))).toEqual([
      expect.stringContaining(`holds the data of ${join(home(), 'clone')}, which is not there any more`),
    ]);
    rmSync(refuge('data'), { recursive: true });
    await expect(start('second')).rejects.toThrow(/which is gone: bring it back, or remove .* to begin anew/);
  });
});

asRoot('programs that the user of the server cannot run', () => {
  it.each([
    ['in a folder that is closed', 'closed', 0o700],
    ['installed under a strict umask', 'closed/package/native/share/postgresql', 0o700],
    ['of which one file is its owner’s alone', 'closed/package/native/bin/initdb', 0o700],
    ['of which one cannot be started', 'closed/package/native/bin/postgres', 0o644],
  ])('are copied to where they run, once: %s', (_, path, mode) => {
    const { said, wish } = programs();
    chmodSync(join(fixture.base, path), mode);
    const copies = [reachablePrograms(wish), reachablePrograms(wish)];
    expect(copies[0]?.postgres.startsWith(refuge('programs'))).toBe(true);
    expect(copies[1]).toEqual(copies[0]);
    expect(said).toEqual([expect.stringMatching(/its programs were copied to .*, because/)]);
    expect(readdirSync(refuge('programs'))).toHaveLength(1); // no drafts
  });

  it('are copied anew over a copy that does not run, and where a copy was killed half way', () => {
    const { wish } = programs();
    chmodSync(join(fixture.base, 'closed'), 0o700);
    const { postgres } = reachablePrograms(wish);
    rmSync(postgres);
    mkdirSync(join(refuge('programs'), '.draft-999999999-killed'));
    expect(reachablePrograms(wish).postgres).toBe(postgres);
    expect(existsSync(postgres)).toBe(true);
    expect(readdirSync(refuge('programs'))).toHaveLength(1);
  });

  it('run where they are when they can', () => {
    const { installed, wish, said } = programs();
    expect(reachablePrograms(wish).postgres.startsWith(installed)).toBe(true);
    expect(said).toEqual([]);
  });

  it('are named with the way out where there is no place for a copy', () => {
    const { wish } = programs();
    chmodSync(join(fixture.base, 'closed'), 0o700);
    expect(() => reachablePrograms({ ...wish, refuges: [] })).toThrow(
      /this user cannot run its programs: .*may not enter .*closed.*DATABASE_URL/,
    );
  });
});

asRoot('a refuge', () => {
  it('is in the first folder that root alone may write in, or that keeps what is each one’s', () => {
    const [shared, sticky, closed] = ['shared', 'sticky', 'closed'].map((name) => join(fixture.base, name)) as [string, string, string];
    for (const [path, mode] of [
      [shared, 0o777],
      [sticky, 0o1777],
      [closed, 0o700],
    ] as const) {
      mkdirSync(path);
      chmodSync(path, mode);
    }
    mkdirSync(join(shared, 'below'));
    expect(found(join(fixture.base, 'missing'), shared, join(shared, 'below'), closed, sticky)).toEqual([join(sticky, 'ibsafe-batch')]);
  });

  it.each([
    ['a link', (path: string) => symlinkSync(fixture.base, path)],
    ['a file', (path: string) => writeFileSync(path, '')],
    ['a folder of somebody else', (path: string) => (mkdirSync(path), chownSync(path, 54_321, 54_321))],
    ['a folder that everybody may write in', (path: string) => (mkdirSync(path), chmodSync(path, 0o777))],
  ])('is never %s that was put under its name', (_, put) => {
    put(join(fixture.base, 'ibsafe-batch'));
    expect(found(fixture.base)).toEqual([]);
  });
});

function home(): string {
  return join(fixture.base, 'home');
}

function refuge(name: string): string {
  return join(fixture.base, 'ibsafe-batch', name);
}

function places(): string[] {
  return readdirSync(refuge('data'));
}

function closedHome() {
  mkdirSync(home(), { mode: 0o700 });
  const said: string[] = [];
  const options = { refuges: [fixture.base], log: (line: string) => void said.push(line) };
  const start = (name = 'clone') => fixture.start({ ...options, dataDir: join(home(), name, 'postgres') });
  return { said, start };
}

function programs() {
  const installed = join(fixture.base, 'closed', 'package');
  cpSync(installedPackage(), installed, { recursive: true, verbatimSymlinks: true });
  const said: string[] = [];
  const user = serverUser(fixture.dataDir);
  return { installed, said, wish: { user, installed, refuges: [fixture.base], log: (line: string) => void said.push(line) } };
}

function found(...parents: string[]): string[] {
  return [...refugesFor(serverUser(fixture.dataDir), parents)].map(({ root }) => root);
}
