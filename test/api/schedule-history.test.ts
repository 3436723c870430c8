import { isRejection } from '../../src/domain/rejection.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { ask } from '../support/graphql-client.js';
import { statementsOf } from '../support/sent-statements.js';
import { DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

const MANY = 9;

let service: ScheduleService;
let ids: string[];
beforeAll(async () => {
  service = await startScheduleService();
  ids = [];
  for (let hour = 0; hour < MANY; hour += 1) ids.push(await scheduleWithHistory(hour));
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** Three slots were missed, of which the latest is caught up; the fourth meets the run of that and gives way. */
async function scheduleWithHistory(hour: number): Promise<string> {
  const input = { ...DAILY_AT_NINE, name: `at ${hour}`, hour, timeZone: 'UTC' };
  const made = await createScheduleFrom(service.at('2027-06-01T20:00:00Z'), { input, actor: 'test' });
  if (isRejection(made)) throw new Error(made.message);
  const { scheduleId } = made;
  await fireDueSlots(service.at('2027-06-04T20:00:00Z'), scheduleId);
  await fireDueSlots(service.at(`2027-06-05T0${hour}:00:01Z`), scheduleId);
  return scheduleId;
}

describe('a schedule', () => {
  it('shows what became of its slots: fired and skipped by reason, the last one, and the last run', async () => {
    const text = `query ($id: UUID!) { schedule(id: $id) {
      firedSlots skippedSlots { reason slots } hasUncountedSkips
      lastSlot { scheduledFor fired reason misfire run { id } }
      lastRun { trigger recordDate slot waits schedule { id } }
      slots { nodes { scheduledFor fired reason misfire through count run { recordDate } } }
      runs { totalCount nodes { recordDate } }
    } }`;
    const { schedule } = await service.ask(text, { id: ids[4] });
    expect(schedule).toMatchObject({
      firedSlots: 1,
      skippedSlots: [
        { reason: 'OUTSIDE_WINDOW', slots: 2 },
        { reason: 'OVERLAP', slots: 1 },
      ],
      hasUncountedSkips: false,
      lastSlot: { scheduledFor: '2027-06-05T04:00:00.000Z', fired: false, reason: 'OVERLAP', misfire: false, run: null },
      lastRun: { trigger: 'SCHEDULE', recordDate: '2027-06-03', slot: '2027-06-04T04:00:00.000Z', waits: false, schedule: { id: ids[4] } },
      runs: { totalCount: 1, nodes: [{ recordDate: '2027-06-03' }] },
    });
    const tooOld = { fired: false, reason: 'OUTSIDE_WINDOW', misfire: true, run: null };
    expect(schedule.slots.nodes).toEqual([
      slot(5, { fired: false, reason: 'OVERLAP', misfire: false, run: null }),
      slot(4, { fired: true, reason: null, misfire: true, run: { recordDate: '2027-06-03' } }),
      slot(3, tooOld),
      slot(2, tooOld),
    ]);
  });

  it('is paged through, newest first, without loss or repetition, in all of its lists', async () => {
    const pages = async (name: string, node: string): Promise<readonly Answer[]> => {
      const seen: Answer[] = [];
      for (let after: string | null = null, more = true; more && seen.length < 9;) {
        const text = `query ($id: UUID!, $after: String) { schedule(id: $id) { list: ${name.includes('(') ? name : `${name}(first: 1, after: $after)`} { nodes { ${node} } pageInfo { hasNextPage endCursor } } } }`;
        const { list: page }: Answer = (await service.ask(text, { id: ids[2], after }))['schedule'];
        seen.push(...page.nodes.map((one: Answer) => one[node]));
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      return seen;
    };
    expect(await pages('slots', 'scheduledFor')).toEqual([5, 4, 3, 2].map((day) => `2027-06-0${day}T02:00:00.000Z`));
    expect(await pages('events', 'version')).toEqual([1, 2, 3, 4, 5]);
    expect(await pages('runs', 'recordDate')).toEqual(['2027-06-03']);
    expect(await pages('events(edits: true, first: 1, after: $after)', 'version')).toEqual([1]);
    const one = await list(null);
    const two = await list(one.pageInfo.endCursor);
    const three = await list(two.pageInfo.endCursor);
    const all = [one, two, three].flatMap(({ nodes }) => nodes.map(({ id }: Answer) => id));
    expect(new Set(all).size).toBe(MANY + 1);
    expect(all.slice(0, MANY)).toEqual(ids.toReversed());
    expect(three.pageInfo.hasNextPage).toBe(false);
  });

  it('refuses another list’s cursor and a page of everything, and says what to pass', async () => {
    const cursor = (await service.ask('{ schedules { pageInfo { endCursor } } }'))['schedules'].pageInfo.endCursor;
    const text = `query ($id: UUID!, $first: Int!, $after: String) { schedule(id: $id) { slots(first: $first, after: $after) { nodes { fired } } } }`;
    for (const [variables, message] of [
      [{ first: 5, after: cursor }, 'cursor of this list'],
      [{ first: 101 }, 'from 1 to 100'],
    ] as const) {
      const { errors } = await ask(service.url, text, { id: ids[0], ...variables });
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining(message) });
    }
  });
});

describe('what hangs on schedules', () => {
  it('costs as many statements for nine of them as for two', async () => {
    const text = `query ($first: Int!) { schedules(first: $first) { nodes {
      lastSlot { scheduledFor } lastRun { id schedule { name } } nextSlots { at }
      slots(first: 3) { nodes { run { status progress { percent } schedule { name } } } }
      runs(first: 3) { nodes { status schedule { name } } }
      events(first: 3) { nodes { type } }
    } } }`;
    const [few, many] = [await statementsFor(text, { first: 2 }), await statementsFor(text, { first: MANY })];
    expect(many.map(shape).toSorted(byText)).toEqual(few.map(shape).toSorted(byText)); // they race, so their order may differ
    // schedules; last slots, slots, runs of each, events; runs by id; their schedules and their chunks
    expect(many.length).toBeLessThanOrEqual(9);
  });

  it('costs one statement for the schedules of a page of runs', async () => {
    const without = await statementsFor('{ runs(first: 9) { nodes { id } } }');
    const withThem = await statementsFor('{ runs(first: 9) { nodes { id schedule { name } } } }');
    expect(withThem.length - without.length).toBe(1);
  });
});

describe('a schedule that a later release wrote of', () => {
  it('shows all of its events that this release knows, though those of a later one stand between them', async () => {
    const id = await scheduleWithHistory(MANY);
    await service.pool.query(
      `select batch.append('schedule-' || $1::text, 5, '1970-01-01', null, 'later release', $1::uuid, null, $2, array[null, null, null]::int[], $3)`,
      [id, ['ScheduleTeleported', 'ScheduleTeleported', 'ScheduleActivated'], ['{}', '{}', '{"effectiveAt":"2027-06-06T00:00:00.000Z"}']],
    );
    const versions: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const text = `query ($id: UUID!, $after: String) { schedule(id: $id) { events(first: 2, after: $after) { nodes { version } pageInfo { hasNextPage endCursor } } } }`;
      const { events }: Answer = (await service.ask(text, { id, after }))['schedule'];
      versions.push(...events.nodes.map(({ version }: Answer) => version));
      ({ endCursor: after, hasNextPage: more } = events.pageInfo);
    }
    expect(versions).toEqual([1, 2, 3, 4, 5, 8]);
  });
});

/** A statement without its values, which MikroORM writes into some of them. */
function shape(statement: string): string {
  return statement.replaceAll(/'[^']*'|\$?\d+/g, '?').replaceAll(/\(\?(?:, ?\?)*\)/g, '(?)');
}

function statementsFor(operation: string, variables: object = {}): Promise<string[]> {
  return statementsOf(() => service.ask(operation, variables));
}

async function list(after: string | null): Promise<Answer> {
  const text = 'query ($after: String) { schedules(first: 4, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
  return (await service.ask(text, { after }))['schedules'];
}

function slot(day: number, rest: object): object {
  return { scheduledFor: `2027-06-0${day}T04:00:00.000Z`, through: null, count: null, ...rest };
}

function byText(one: string, other: string): number {
  return one.localeCompare(other);
}
