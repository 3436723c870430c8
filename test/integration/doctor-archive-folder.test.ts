import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { openPool } from '../../src/database/pool.js';
import { archiveFolderState } from '../../src/doctor/archive-folder.js';
import { judgeRetention } from '../../src/doctor/retention.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ROOT = 0;
const isRoot = process.geteuid?.() === ROOT;

let place: string;
let archive: string;
/** As where a service has run: its owner is the user of the service. */
let dataDir: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ibsafe-batch-folder-'));
  [archive, dataDir] = [join(place, 'archive'), join(place, 'data')];
  mkdirSync(archive);
  mkdirSync(dataDir);
});
afterEach(() => rmSync(place, { recursive: true }));

describe('The folder of archives', () => {
  it('is good when it takes files, or will be made where some can be', async () => {
    for (const folder of [archive, join(archive, 'of', 'years')]) {
      expect(await archiveFolderState(folder, dataDir)).toEqual({ state: 'TAKES_FILES', free: expect.any(Number) });
      expect(existsSync(join(archive, 'of'))).toBe(false);
    }
  });

  it.each<[string, () => string, RegExp]>([
    ['a file', () => (writeFileSync(join(place, 'file'), ''), join(place, 'file')), /^ENOTDIR$/],
    ['below a file', () => (writeFileSync(join(place, 'file'), ''), join(place, 'file', 'archive')), /^ENOTDIR$/],
    ['a link that leads round', () => (symlinkSync('round', join(place, 'round')), join(place, 'round')), /^ELOOP$/],
    ['a name that no disk takes', () => join(place, 'x'.repeat(300)), /^ENAMETOOLONG$/],
  ])('is refused with what the system says when it is %s', async (_, make, fault) => {
    expect(await archiveFolderState(make(), dataDir)).toEqual({ state: 'REFUSES', fault: expect.stringMatching(fault) });
  });

  (isRoot ? it.skip : it)('is refused when we may not write there (not measured as root)', async () => {
    chmodSync(archive, 0o555);
    expect(await archiveFolderState(archive, dataDir)).toEqual({ state: 'REFUSES', fault: 'EACCES' });
  });

  // The system lets root write anywhere: the doctor of a service that systemd runs as a user of its own is typed by root.
  (isRoot ? it : it.skip)(
    'is judged by root for the user of the service, whose data folder is known (not measured without root)',
    async () => {
      const [service, other] = [40_001, 40_002];
      chownSync(dataDir, service, service);
      for (const [uid, gid, mode, state] of [
        [service, service, 0o700, 'TAKES_FILES'],
        [service, service, 0o500, 'REFUSES_SERVICE'],
        [ROOT, ROOT, 0o755, 'REFUSES_SERVICE'],
        [other, other, 0o755, 'REFUSES_SERVICE'],
        [other, service, 0o770, 'TAKES_FILES'],
        [other, service, 0o757, 'REFUSES_SERVICE'], // the bits of the group decide before those of all
        [other, other, 0o777, 'TAKES_FILES'],
        [other, other, 0o776, 'REFUSES_SERVICE'], // to write is not enough where it may not be entered
      ] as const) {
        chownSync(archive, uid, gid);
        chmodSync(archive, mode);
        expect([uid, mode.toString(8), (await archiveFolderState(archive, dataDir)).state]).toEqual([uid, mode.toString(8), state]);
      }
    },
  );

  (isRoot ? it : it.skip)(
    'that root alone can write is told as that where nothing tells who the service is (not measured without root)',
    async () => {
      const missing = join(place, 'no-data');
      expect(await archiveFolderState(archive, missing)).toEqual({ state: 'ROOT_ALONE' });
      expect(await archiveFolderState(archive, dataDir)).toMatchObject({ state: 'TAKES_FILES' }); // root has run the service
      chownSync(archive, 40_001, 40_001);
      expect(await archiveFolderState(archive, missing)).toMatchObject({ state: 'TAKES_FILES' });
    },
  );
});

describe('The doctor', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it('says of a folder that takes no archives what keeps them out, and nothing of it while months are not let go', async () => {
    const pool = openPool({ url: database.url, max: 1, name: 'test', onError: () => undefined });
    try {
      const told = async (folder: string, keep: string) =>
        judgeRetention(readConfig({ DATA_DIR: dataDir, RETENTION_ARCHIVE_DIR: folder, RETENTION_KEEP_MONTHS: keep }), pool);
      writeFileSync(join(place, 'file'), '');
      const file = join(place, 'file');
      expect(await told(archive, '24')).toMatchObject({ status: 'ok' });
      expect(await told(file, '')).toMatchObject({ status: 'ok' });
      expect(await told(file, '24')).toMatchObject({
        status: 'problem',
        found: `24 months are kept; let go so far: 0; ${file} cannot be written (ENOTDIR)`,
        advice: expect.stringContaining('RETENTION_ARCHIVE_DIR'),
      });
    } finally {
      await pool.end();
    }
  });
});
