import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CREATE, DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

let service: ScheduleService;
beforeAll(async () => {
  service = await startScheduleService();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const answer = async (operation: string, variables: object): Promise<Answer> => (await service.ask(operation, variables))['answer'];

const KEYED = CREATE.replace('($input: ScheduleInput!)', '($input: ScheduleInput!, $key: String)').replace(
  '(input: $input)',
  '(input: $input, idempotencyKey: $key)',
);
const keyed = (input: object, key: string): Promise<Answer> => answer(KEYED, { input, key });

describe('createSchedule', () => {
  it('makes a schedule with every default filled in, and says in two languages when it comes due', async () => {
    expect(await answer(CREATE, { input: DAILY_AT_NINE })).toEqual({
      kind: 'ScheduleAccepted',
      schedule: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...DAILY_AT_NINE,
        status: 'ACTIVE',
        version: 1,
        dayOfWeek: 0,
        dayOfMonth: 1,
        cron: '0 9 * * *',
        timeZone: 'Asia/Seoul',
        active: true,
        program: 'DAILY',
        generator: null,
        catchUp: { policy: 'LATEST', windowHours: 24 },
        overlap: 'SKIP',
        pausedReason: null,
        createdBy: 'local',
        description: 'Every day at 09:00 (Asia/Seoul time).',
        descriptionKo: '매일 09:00에 실행합니다(Asia/Seoul 시간 기준).',
      },
    });
  });

  it('takes every setting', async () => {
    const input = {
      name: 'all of them',
      frequency: 'CRON',
      cron: '*/15 9-17 * * mon-fri',
      timeZone: 'europe/london',
      active: false,
      program: 'SLEEP',
      generator: 'LLM',
      catchUp: { policy: 'ALL', windowHours: 3 },
      overlap: 'QUEUE',
    };
    const { schedule } = await answer(CREATE, { input });
    expect(schedule).toMatchObject({ ...input, cron: '*/15 9-17 * * MON-FRI', timeZone: 'Europe/London', status: 'PAUSED' });
  });

  it.each([
    [
      'nothing at all',
      {},
      [
        ['name', 'nothing'],
        ['frequency', 'nothing'],
        ['hour', 'nothing'],
        ['minute', 'nothing'],
      ],
    ],
    ['an hour beyond the day', { ...DAILY_AT_NINE, hour: 24 }, [['hour', '24']]],
    [
      'a 32nd and an 8th day',
      { ...DAILY_AT_NINE, dayOfMonth: 32, dayOfWeek: 7 },
      [
        ['dayOfWeek', '7'],
        ['dayOfMonth', '32'],
      ],
    ],
    ['a zone nobody keeps', { ...DAILY_AT_NINE, timeZone: 'Asia/Atlantis' }, [['timeZone', '"Asia/Atlantis"']]],
    ['a window of a year', { ...DAILY_AT_NINE, catchUp: { windowHours: 8760 } }, [['catchUp.windowHours', '8760']]],
    ['a cron with seconds', { name: 'x', frequency: 'CRON', cron: '* * * * * *' }, [['cron', '"* * * * * *"']]],
    ['a cron of no day', { name: 'x', frequency: 'CRON', cron: '0 0 30 2 *' }, [['cron', '"0 0 30 2 *"']]],
    ['a cron for a daily schedule', { ...DAILY_AT_NINE, cron: '0 9 * * *' }, [['cron', '"0 9 * * *"']]],
  ])('refuses %s, naming each field, what was found and what is expected', async (_, input, expected) => {
    const refusal = await answer(CREATE, { input });
    expect({ kind: refusal.kind, code: refusal.code }).toEqual({ kind: 'ScheduleInvalid', code: 'INVALID_SCHEDULE' });
    expect(refusal.problems.map(({ field, found }: Answer) => [field, found])).toEqual(expected);
    for (const { expected: range } of refusal.problems) expect(refusal.message).toContain(range);
    expect(refusal.message).toMatch(/send it again\.$/);
  });

  it('makes one schedule of one key, also of two requests at once, refuses the key for another, and a refused one does not use it up', async () => {
    const input = { ...DAILY_AT_NINE, name: 'made once' };
    expect(await keyed({ ...input, hour: 24 }, 'one')).toMatchObject({ code: 'INVALID_SCHEDULE' });
    const made = await Promise.all([keyed(input, 'one'), keyed(input, 'one')]);
    const again = await keyed(input, 'one');
    expect(new Set([...made, again].map(({ schedule }) => schedule.id)).size).toBe(1);
    const { schedules } = await service.ask('{ schedules(first: 100) { nodes { name } } }');
    expect(schedules.nodes.filter(({ name }: Answer) => name === 'made once')).toHaveLength(1);
    expect(await keyed({ ...input, hour: 8 }, 'one')).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await keyed(input, 'no spaces')).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
  });
});
