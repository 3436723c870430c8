import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig, VARIABLES } from '../../src/config/config.js';
import { deployFile, deployFiles, settingsOf, unitOf, type Unit } from '../support/deploy-files.js';
import { isCommand } from '../support/is-command.js';
import { projectFile } from './compose-file.js';

const NODE_FLAGS = projectFile('scripts/node-flags.mjs').match(/(?<=')--[^']+(?=')/g) ?? [];
const UNITS = deployFiles('systemd', '.service');
const PROGRAM = '/opt/ibsafe-batch/dist/program/main.js';
/** The most that systemd may find open, of 10: what it calls "OK". */
const MAX_EXPOSURE = 2;

const major = Number(/systemd (\d+)/.exec(spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]);
const lacking = major >= 250 ? undefined : 'there is no systemd-analyze of systemd 250 or newer (Debian: apt-get install systemd)';
if (lacking !== undefined) console.warn(`skipped: systemd's own judgement of the units, because ${lacking}`);

/** Variables that a unit sets, and those of its file of settings. */
function environmentOf({ Service: service = {} }: Unit): Readonly<Record<string, string>> {
  const set = (service['Environment'] ?? []).flatMap((line) => line.split(' ')).map((pair) => pair.split('=') as [string, string]);
  const [file = ''] = service['EnvironmentFile'] ?? [];
  return { ...settingsOf(deployFile(`systemd/${file.split('/').at(-1)}.example`)), ...Object.fromEntries(set) };
}

describe('deploy/systemd', () => {
  // "Requires" would leave the others dead for good once the database was away while the machine started: a job that failed is not made again.
  it('has a unit for each role, any number of workers, and one that migrates before them; each is started again until the database is there', () => {
    expect(UNITS).toEqual(['api', 'migrate', 'scheduler', 'worker@'].map((name) => `ibsafe-batch-${name}.service`));
    for (const name of UNITS.filter((unit) => !unit.includes('migrate')))
      expect([name, unitOf(name)['Unit']]).toEqual([
        name,
        expect.objectContaining({
          Wants: ['network-online.target ibsafe-batch-migrate.service'],
          After: [expect.stringContaining('ibsafe-batch-migrate.service')],
        }),
      ]);
    for (const name of UNITS) {
      expect([name, unitOf(name)['Service']]).toEqual([
        name,
        expect.objectContaining({ Restart: ['on-failure'], RestartSec: [expect.stringMatching(/^\d+$/)] }),
      ]);
      expect([name, Object.keys(unitOf(name)['Unit'] ?? {})]).toEqual([name, ['Description', 'Wants', 'After']]);
    }
  });

  it.each(UNITS)('%s calls a command of the program, with the flags that it runs with elsewhere', async (name) => {
    const [line = ''] = unitOf(name)['Service']?.['ExecStart'] ?? [];
    const [node, ...words] = line.split(' ');
    expect([node, words.slice(0, NODE_FLAGS.length), words[NODE_FLAGS.length]]).toEqual(['/usr/bin/node', NODE_FLAGS, PROGRAM]);
    expect(await isCommand(words.slice(NODE_FLAGS.length + 1))).toBe(true);
  });

  it.each(UNITS)('%s starts with the settings that stand there, and no variable that is read nowhere', (name) => {
    const { IBSAFE_BATCH_COMMAND: command, ...environment } = environmentOf(unitOf(name));
    expect(command ?? PROGRAM).toContain(PROGRAM);
    expect(Object.keys(environment).filter((variable) => !VARIABLES.includes(variable))).toEqual([]);
    const role = name.includes('migrate') ? 'batch_migrate' : 'batch_service';
    expect(new URL(readConfig(environment).DATABASE_URL ?? '').username).toBe(role);
  });

  it.each(UNITS)('%s may do little: no rights, no way to more, nothing to write to but its own folder', (name) => {
    expect(unitOf(name)['Service']).toMatchObject({
      DynamicUser: ['yes'],
      NoNewPrivileges: ['yes'],
      CapabilityBoundingSet: [''],
      ProtectSystem: ['strict'],
      ProtectHome: ['yes'],
      PrivateDevices: ['yes'],
      SystemCallFilter: ['@system-service', '~@privileged @resources'],
      MemoryMax: [expect.stringMatching(/^\d+[MG]$/)],
    });
    expect(unitOf(name)['Service']).not.toHaveProperty('MemoryDenyWriteExecute'); // V8 could not compile
  });

  it('lets the process that writes archives of the log write in the folder that the page on retention names', () => {
    const [, folder] = /^RETENTION_ARCHIVE_DIR=(\S+)$/m.exec(projectFile('docs/deploy/retention.md')) ?? [];
    const states = unitOf('ibsafe-batch-scheduler.service')['Service']?.['StateDirectory']?.flatMap((line) => line.split(' '));
    expect(states?.map((name) => `/var/lib/${name}`)).toEqual(['/var/lib/ibsafe-batch/%p%i', folder]);
  });

  (lacking === undefined ? it.each(UNITS) : it.skip.each(UNITS))(
    '%s is what systemd takes it for, and as closed as it can tell',
    (name) => {
      const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-units-'));
      try {
        // Nothing of it is installed here: the programs that it names are ours.
        for (const unit of UNITS)
          writeFileSync(
            join(folder, unit),
            deployFile(`systemd/${unit}`).replace('/usr/bin/node', `"${process.execPath}"`).replace('%i', '1'),
          );
        const analyze = (...args: readonly string[]) =>
          spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { PATH: process.env['PATH'], SYSTEMD_UNIT_PATH: `${folder}:` } });
        const file = join(folder, name);
        const { status, stderr } = analyze('verify', '--man=no', '--recursive-errors=no', file);
        expect([status, stderr.split('\n').filter((line) => line.includes('ibsafe-batch'))]).toEqual([0, []]);
        const { stdout } = analyze('security', '--offline=true', '--no-pager', file);
        expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThanOrEqual(MAX_EXPOSURE);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
