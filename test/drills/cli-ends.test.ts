import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { cliDatabase } from '../support/cli-database.js';
import { type Ended, MAIN } from '../support/cli-process.js';
import { until } from '../support/until.js';

const batch = cliDatabase();
/** Graceless: what a command is given to end by itself. */
const AT_ONCE = { BATCH_GRACE_MS: '500' };

/** A command with its streams led elsewhere by a shell. */
function redirected(command: string): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: batch.url };
  const child = spawn('bash', ['-c', command, 'bash', process.execPath, MAIN], { cwd: batch.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...texts })));
}

/** Whether a session waits for a lock. Not asked of its holder: in a transaction it is told what it was told before. */
async function waits(): Promise<boolean> {
  return (await batch.count("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) > 0;
}

describe('a command that waits', () => {
  let holder: Client;
  beforeEach(async () => {
    await batch.run(['migrate']);
    holder = new Client({ connectionString: batch.url });
    await holder.connect();
  });
  afterEach(() => holder.end());

  it.each([
    'doctor --invariants',
    'rebuild',
    'events',
    'audit reads',
    'retention plan --keep 24',
    'status',
    'key list',
    'schedule list',
    'alert list',
  ])('ends when it is asked to, whatever it waits for: %s', async (words) => {
    const args = words.split(' ');
    const tables = 'batch.event, batch.run_view, batch.person_read, batch.api_key, batch.alert, batch.schedule_view, batch.let_go_month';
    await holder.query(`begin; lock table ${tables} in access exclusive mode`);
    const command = batch.start(args, AT_ONCE);
    await until(waits);
    command.child.kill('SIGTERM');
    const { code, stderr } = await command.ended; // the lock is held all the while
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('interrupted') });
    await holder.query('rollback');
  });
});

describe('a command that reads a great archive', () => {
  let archive: string;
  beforeEach(() => {
    archive = join(batch.cwd, 'great.gz');
    writeFileSync(
      archive,
      gzipSync(`{"archive":"IBSafe Batch log","format":1,"month":"2026-01-01"}\n${'{"position":1}\n'.repeat(3_000_000)}`),
    );
  });

  it('ends when it is asked to, before the archive does', async () => {
    const command = batch.start(['archive', 'read', archive], AT_ONCE);
    await command.said(/position/);
    command.child.kill('SIGTERM');
    const { code, stderr } = await command.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('interrupted') });
  });

  it('ends when its reader has had enough', async () => {
    const { code, stdout, stderr } = await redirected(`set -o pipefail; "$1" "$2" archive read ${archive} | head -1`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{"position":1}\n', stderr: '' }); // at its end it would say that the archive is damaged
  });
});

describe('a result that could not be written', () => {
  it.each(['status', 'schedule list --json', 'key create --name lost --role viewer'])('is no success, and is told: %s', async (args) => {
    await batch.run(['migrate']);
    const { code, stderr } = await redirected(`"$1" "$2" ${args} > /dev/full`);
    const said =
      'stdout could not take the result: the disk that it is written to is full (ENOSPC). Free space on it, or lead stdout elsewhere';
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`ibsafe-batch: ${said}\n`) });
  });

  it('is one where the reader went away, who has had what was wanted', async () => {
    await batch.run(['migrate']);
    expect((await redirected(`"$1" "$2" status | true; echo "\${PIPESTATUS[0]}"`)).stdout.trim()).toMatch(/^[01]$/);
  });
});
