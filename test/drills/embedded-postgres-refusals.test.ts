import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hydrateLibraries, locateBinaries } from '../../src/embedded-postgres/binaries.js';
import { closedFolder } from '../../src/embedded-postgres/server-user.js';
import { embeddedFixture } from '../support/embedded-fixture.js';

const asRoot = process.getuid?.() === 0 ? it : it.skip;
if (asRoot === it.skip) console.log('skipped: only root starts PostgreSQL as another user, whose way to its folders must be open');

const fixture = embeddedFixture();

describe('data folders it refuses', () => {
  it('refuses one with files but no database, and does not touch them', async () => {
    mkdirSync(fixture.dataDir);
    writeFileSync(join(fixture.dataDir, 'thesis.txt'), 'mine');
    await expect(fixture.start()).rejects.toThrow(/no PG_VERSION.*name another data folder/);
    expect(readdirSync(fixture.dataDir)).toEqual(['thesis.txt']);
  });

  it('refuses one of another PostgreSQL version and names both', async () => {
    fixture.placeCluster();
    writeFileSync(join(fixture.dataDir, 'PG_VERSION'), '15\n');
    await expect(fixture.start()).rejects.toThrow(/PostgreSQL 15, and this is PostgreSQL 18/);
  });

  it('refuses one whose password file is gone', async () => {
    fixture.placeCluster();
    rmSync(join(fixture.dataDir, 'ibsafe-batch.password'));
    await expect(fixture.start()).rejects.toThrow(/ibsafe-batch\.password is missing/);
  });

  asRoot(
    'names the folder on the way to an existing database that the user of the server may not enter, and the command that opens it',
    async () => {
      const closed = join(fixture.base, 'closed');
      const dataDir = join(closed, 'below', 'data');
      await (await fixture.start({ dataDir })).stop();
      chmodSync(closed, 0o700);
      const attempt = fixture.start({ dataDir });
      await expect(attempt).rejects.toThrow(
        new RegExp(`runs as \\w+( \\w+)?, and this user may not enter ${closed} .*chmod o\\+x ${closed}$`),
      );
      chmodSync(closed, 0o711);
      expect((await fixture.start({ dataDir })).adopted).toBe(false);
    },
  );

  asRoot('judges each folder by the bit that counts for the user: owner, group or others', () => {
    const folder = join(fixture.base, 'mine');
    mkdirSync(folder);
    const user = { name: 'someone', ids: { uid: 54_321, gid: 54_322 } };
    const verdict = (mode: number, uid: number, gid: number) => {
      chownSync(folder, uid, gid);
      chmodSync(folder, mode);
      return closedFolder(join(folder, 'data'), user);
    };
    expect(verdict(0o700, 54_321, 0)).toBeUndefined();
    expect(verdict(0o010, 0, 54_322)).toBeUndefined();
    expect(verdict(0o701, 0, 54_322)).toBe(folder); // a group that is shut out does not fall back on "others"
    expect(verdict(0o011, 54_321, 0)).toBe(folder);
  });
});

describe('library links', () => {
  const link = { source: 'native/lib/libfood.so.6.1', target: 'native/lib/libfood.so.6' };

  it('are made when the package came without them', () => {
    const folder = fakePackage(link.source);
    hydrateLibraries(folder);
    expect(readFileSync(join(folder, link.target), 'utf8')).toBe('library');
  });

  it('are named, with the way out, when they cannot be made', () => {
    expect(() => hydrateLibraries(fakePackage('native/lib/another.so'))).toThrow(/libfood\.so\.6 is missing.*install again/);
  });

  function fakePackage(library: string): string {
    const real = dirname(dirname(dirname(locateBinaries().postgres)));
    cpSync(join(real, 'scripts'), join(fixture.base, 'package', 'scripts'), { recursive: true });
    mkdirSync(join(fixture.base, 'package', 'native', 'lib'), { recursive: true });
    writeFileSync(join(fixture.base, 'package', 'package.json'), '{"type":"module"}');
    writeFileSync(join(fixture.base, 'package', 'native', 'pg-symlinks.json'), JSON.stringify([link]));
    writeFileSync(join(fixture.base, 'package', library), 'library');
    return join(fixture.base, 'package');
  }
});
