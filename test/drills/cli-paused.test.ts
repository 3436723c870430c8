import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { pausedLines } from '../../src/cli/run/paused-run.js';
import { details } from '../../src/cli/screen/bar.js';
import { PAUSE_CAUSES } from '../../src/domain/run/run-events.js';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();

/** Asks for a run that no worker takes, and pauses it. @returns its id */
async function pausedRun(): Promise<string> {
  await batch.run(['schedule', 'init']);
  const { stdout } = await batch.run(['run', '--date', DEMO.until, '--json']);
  const { runId } = documents(stdout)[0] as { runId: string };
  expect(await batch.run(['pause', runId, '--reason', 'the ward asked'])).toMatchObject({ code: 0 });
  return runId;
}

/** Types a command of a message into a shell, as an operator does. */
function type(command: string): string {
  return execFileSync('sh', ['-c', command], {
    cwd: batch.cwd,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, DATABASE_URL: batch.url },
  });
}

describe('a command that waits for a run which is paused', () => {
  it('says so, why, and what resumes it, and goes on when that is typed', async () => {
    const runId = await pausedRun();
    const watching = batch.start(['watch', runId]);
    expect(await watching.said(/is paused/)).toBe(`Run ${runId} is paused (by an operator): the ward asked`);
    const help = await watching.said(/To go on:/);
    expect(await batch.run(['status'])).toMatchObject({ stdout: expect.stringContaining('is paused (by an operator): the ward asked') });
    const [, resume = ''] = /To go on: "([^"]+)"/.exec(help) ?? [];
    expect(type(resume)).toBe(`Run ${runId} is requested\n`);
    await watching.said(/goes on/);
    const worker = batch.start(['start', '--role', 'worker']);
    const { code, stderr } = await watching.ended;
    expect({ code, leftBehind: /paused.*left/.test(stderr) }).toEqual({ code: 0, leftBehind: false });
    worker.child.kill('SIGTERM');
    await worker.ended;
  });

  it('ends with 4 where it was told to, with the cause and what resumes it in its JSON', async () => {
    const runId = await pausedRun();
    const { code, stdout } = await batch.run(['watch', runId, '--stop-when-paused', '--json']);
    const cause = { status: 'PAUSED', pausedCause: 'OPERATOR', pausedReason: 'the ward asked', secondsLeft: null };
    // Where an older transaction hides the pause for a while, the state before it comes first.
    expect({ code, last: documents(stdout).at(-1) }).toEqual({
      code: 4,
      last: expect.objectContaining({ ...cause, resumeWith: expect.stringMatching(new RegExp(` resume ${runId}$`)) }),
    });
    const [status] = documents((await batch.run(['status', '--json'])).stdout) as [{ runs: object[] }];
    expect(status.runs).toEqual([expect.objectContaining({ runId, pausedCause: 'OPERATOR', pausedReason: 'the ward asked' })]);
  });

  it('and which works on it itself: says that too many users failed, instead of how much time is left', async () => {
    await batch.rows('update ibsafe_userexerciserecord set current_steps = -5');
    const env = { BATCH_FAILURE_PAUSE_MIN_USERS: '1', BATCH_FAILURE_PAUSE_PERCENT: '10', BATCH_CHUNK_SIZE: '10' };
    const waiting = batch.start(['run', '--date', DEMO.until, '--wait', '--stop-when-paused', '--json'], env);
    const { code, stdout, stderr } = await waiting.ended;
    expect({ code, end: documents(stdout) }).toEqual({
      code: 4,
      end: [expect.objectContaining({ status: 'PAUSED', pausedCause: 'FAILURE_RATE' })],
    });
    expect(stderr).toMatch(
      /is paused \(too many users failed\): .+\n {2}Nothing happens until an operator decides\. To go on: "node (?:\S+|'.+') resume /,
    );
    const again = await batch.run(['run', '--date', DEMO.until]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/is paused \(too many users failed\).*RUN_ALREADY_ACTIVE/s) });
  });

  it('says anew why where another cause takes the pause over', async () => {
    await batch.rows('update ibsafe_userexerciserecord set current_steps = -5');
    const env = { BATCH_FAILURE_PAUSE_MIN_USERS: '1', BATCH_FAILURE_PAUSE_PERCENT: '10', BATCH_CHUNK_SIZE: '10' };
    const waiting = batch.start(['run', '--date', DEMO.until, '--wait'], env);
    const [, runId = ''] = /Run (\S+) is paused \(too many users failed\)/.exec(await waiting.said(/is paused/)) ?? [];
    expect(await batch.run(['pause', runId, '--reason', 'the ward asked'])).toMatchObject({ code: 0 });
    expect(await waiting.said(/by an operator/)).toBe(`Run ${runId} is paused (by an operator): the ward asked`);
    waiting.child.kill('SIGTERM');
    await waiting.ended;
  });

  it('tells the same of the runs of a backfill, and that its dates wait for a schedule', async () => {
    await batch.run(['schedule', 'init']);
    await batch.rows('update ibsafe_userexerciserecord set current_steps = -5');
    const env = { BATCH_FAILURE_PAUSE_MIN_USERS: '1', BATCH_FAILURE_PAUSE_PERCENT: '10' };
    const waiting = batch.start(['backfill', '--from', '2026-03-08', '--to', DEMO.until, '--wait'], env);
    const [, runId = ''] = /Run (\S+) is paused \(too many users failed\)/.exec(await waiting.said(/is paused/)) ?? [];
    const [{ id } = { id: '' }] = await batch.rows<{ id: string }>('select schedule_id as id from batch.schedule_view');
    await batch.run(['schedule', 'pause', id, '--reason', 'maintenance']);
    await waiting.said(/No schedule is active: the dates that are left wait until one is\./);
    await waiting.said(/schedule resume <id>/);
    waiting.child.kill('SIGTERM');
    await waiting.ended;
    const [listed] = documents((await batch.run(['backfill', 'list', '--json'])).stdout) as [{ backfills: { dates: object[] }[] }];
    expect(listed.backfills[0]?.dates[0]).toMatchObject({ runId, pausedCause: 'FAILURE_RATE', pausedReason: expect.any(String) });
  });
});

describe('what is said of a pause', () => {
  it('names the cause of each kind, and tells what ends by itself from what an operator must end', () => {
    const said = [...PAUSE_CAUSES, null].map((pausedCause) => pausedLines({ runId: 'r', pausedCause, pausedReason: 'why' }).join('\n'));
    for (const text of said) expect(text).toMatch(/^Run r is paused.*: why\n.*resume r.*cancel r/s);
    expect(said.filter((text) => text.includes('goes on by itself'))).toHaveLength(1);
    expect(said.filter((text) => text.includes(' doctor"'))).toHaveLength(1);
    expect(new Set(said).size).toBe(said.length);
  });

  it('stands on the bar in the place of a pace and of an end that are not there', () => {
    const state = { done: 5, total: 10, perSecond: 2.5, secondsLeft: 2 };
    expect(details(state)).toEqual(['50 %', '5 of 10', '2.5/s', '2 s left']);
    expect(details({ ...state, halt: 'paused' })).toEqual(['50 %', '5 of 10', 'paused']);
    expect(details({ ...state, done: 0, total: null, halt: 'paused' })).toEqual(['paused']);
  });
});
