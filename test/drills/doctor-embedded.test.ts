import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { readConfig } from '../../src/config/config.js';
import { runningPostmaster } from '../../src/embedded-postgres/postmaster-file.js';
import { openDatabase } from '../../src/migrations/open-database.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { embeddedFixture } from '../support/embedded-fixture.js';

describe('the doctor, at the embedded database', () => {
  const fixture = embeddedFixture();

  it('starts one that does not run, looks at it, and stops it again', async () => {
    const config = readConfig({ DATA_DIR: fixture.base });
    await (await openDatabase(config)).stop();
    const findings = await runDoctor(config, { invariants: true });
    expect(findings.find(({ check }) => check === 'connection')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('was started'),
    });
    expect(findings.filter(({ status }) => status === 'problem')).toEqual([]);
    expect(runningPostmaster(join(fixture.base, 'postgres'))).toBeUndefined();
  });

  it('leaves one that runs running', async () => {
    const config = readConfig({ DATA_DIR: fixture.base });
    const database = await openDatabase(config);
    try {
      const findings = await runDoctor(config, { invariants: false });
      expect(findings.find(({ check }) => check === 'connection')).toMatchObject({ found: expect.stringContaining('runs') });
      expect(runningPostmaster(join(fixture.base, 'postgres'))).toMatchObject({ status: 'ready' });
    } finally {
      await database.stop();
    }
  });
});
