import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DeadManSwitch } from '../../src/alerts/dead-man-switch.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { readConfig } from '../../src/config/config.js';
import { judgeDeadMan } from '../../src/doctor/dead-man.js';
import { localDate } from '../../src/domain/local-date.js';
import { makeAlertGround, type AlertGround } from '../support/alert-ground.js';
import { startAlertReceiver } from '../support/alert-receiver.js';
import { codedError } from '../support/coded-error.js';
import { tamper } from '../support/tampering.js';

const DAY_MS = 86_400_000;
const NO_RIGHT = '42501';
const config = readConfig({ ALERT_DEAD_MAN_URL: 'http://127.0.0.1:1/' });

let ground: AlertGround;
beforeAll(async () => {
  ground = await makeAlertGround(3);
});
afterAll(() => ground?.batch.close());

let day = 0;

/** A run that the database refuses to plan, so that it fails. @returns its id */
async function failedRun(): Promise<string> {
  const { deps } = ground.batch;
  const recordDate = localDate(`2026-03-0${(day += 1)}`);
  const answer = await requestRun(deps, { trigger: 'MANUAL', recordDate }, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(`the test's run was refused: ${answer.code}`);
  const { runId } = answer.run;
  const records = { ...deps.records, roster: (): Promise<number[]> => Promise.reject(codedError(NO_RIGHT)) };
  await expect(planRun({ ...deps, records }, runId)).rejects.toMatchObject({ code: NO_RIGHT });
  return runId;
}

/** Lets everything in the log have been recorded so many days ago, by the database's clock. */
function age(days: number): Promise<void> {
  return tamper(ground.batch, [`update batch.event_log set recorded_at = recorded_at - interval '${days} days'`]);
}

describe.each([
  ['ten days ahead of', 10],
  ['ten days behind', -10],
])('A process whose clock is %s the database’s', (_, days) => {
  const { now } = Date;
  beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => now() + days * DAY_MS));
  afterEach(() => void jest.restoreAllMocks());

  it('takes what was recorded just now for news, and an old log for none', async () => {
    const [fresh] = [await failedRun()];
    await ground.follow();
    expect(await ground.about(fresh)).toMatchObject([{ kind: 'RUN_FAILED' }]);
    const old = await failedRun();
    await age(3);
    const later = await failedRun();
    await ground.follow();
    expect([await ground.about(old), await ground.about(later)]).toMatchObject([[], [{ kind: 'RUN_FAILED' }]]);
  });

  it('says of the dead man’s switch when it was told, by the clock that noted it', async () => {
    await using receiver = await startAlertReceiver();
    const ended = new DeadManSwitch(ground.batch.pool, {
      url: receiver.url,
      everyMs: 60_000,
      timeoutMs: 5_000,
      signs: () => Promise.resolve([]),
      onChange: () => undefined,
      onFailure: () => undefined,
    });
    await ground.batch.rows('update batch.dead_man_switch set next_at = now()');
    expect(await ended.turn()).toMatchObject({ code: 'HTTP_200' });
    expect((await judgeDeadMan(config, ground.batch.pool)).status).toBe('ok');
    for (const moved of ['- 1', '+ 9']) {
      await ground.batch.rows(`update batch.dead_man_switch set pinged_at = clock_timestamp() ${moved} * interval '1 day'`);
      expect((await judgeDeadMan(config, ground.batch.pool)).status).toBe('warning');
    }
  });

  it('silences alerts for as long as was asked', async () => {
    const order = { kind: 'RUN_FAILED', until: { inMs: 3_600_000 }, reason: 'a while' } as const;
    const made = await ground.desk.silence(order, { actor: 'test' });
    expect(made).toMatchObject({ kind: 'RUN_FAILED' });
    const { until, madeAt, id } = made as Extract<typeof made, { readonly id: string }>;
    expect(until.getTime() - madeAt.getTime()).toBe(3_600_000);
    await ground.desk.endSilence(id, 'test');
  });
});
