import { changeScheduleBy, createScheduleFrom, deleteScheduleNow, type ScheduleAnswer } from '../application/schedules/edit-schedules.js';
import { isRejection } from '../domain/rejection.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import { nearestCadence } from '../domain/schedule/nearest-cadence.js';
import type { ScheduleInput } from '../domain/schedule/parse-schedule-input.js';
import { restStatus, syncedJobs } from './run-calls.js';
import { refusedCall } from './refused-call.js';
import type { RestAnswer, RestCall, RestContext, RestRequest } from './rest-call.js';
import { bodyOf, changesOf, creationOf, refusedSchedule, type Body, restSchedule } from './schedule-fields.js';
import { sentence } from './words.js';
import type { NumberedSchedule } from '../projections/queries/schedule-queries.js';

/** The greatest id that a schedule can have. */
const GREATEST = 2_147_483_647;
const WHOLE = /^[+-]?\d{1,1000}$/;

/** The schedule that a body names by `id`, a whole number or its text. @throws RefusedCall 400 without one, 404 where no schedule has it */
async function scheduleNamed({ views }: RestContext, { id }: Body): Promise<NumberedSchedule> {
  if (id === undefined || id === null || id === '') throw refusedCall(400, sentence('MISSING', 'id'));
  const number = typeof id === 'string' && WHOLE.test(id.trim()) ? Number(id) : id;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw refusedCall(400, sentence('INVALID_ID'));
  const found = number >= 1 && number <= GREATEST ? await views.schedules.byNumber(number) : undefined;
  if (found === undefined || found.schedule.status === 'DELETED') throw refusedCall(404, sentence('SCHEDULE_NOT_FOUND'));
  return found;
}

/** Tries of a change that others get ahead of. */
const TRIES = 5;

/** `GET schedule/`: all schedules, newest first. */
export const listSchedules: RestCall = {
  role: 'viewer',
  isOrder: false,
  takesBody: false,
  async carryOut({ views, deps }) {
    const schedules = (await views.schedules.allNumbered()).map(restSchedule);
    return { status: 200, body: { schedules, count: schedules.length, status: await restStatus(deps) } };
  },
};

/** `POST schedule/`: a new one. */
export const createScheduleCall: RestCall = {
  role: 'operator',
  isOrder: true,
  takesBody: true,
  async carryOut(context, { body, report }) {
    const input = creationOf(bodyOf(body));
    const { deps, caller } = context;
    const schedule = accepted(await createScheduleFrom(deps, { input, actor: caller.actor }));
    return saved(context, schedule, { status: 201, message: sentence('SCHEDULE_CREATED'), report });
  },
};

/** `PUT schedule/`: changes what is sent and leaves the rest. */
export const changeScheduleCall: RestCall = {
  role: 'operator',
  isOrder: true,
  takesBody: true,
  async carryOut(context, { body, report }) {
    const schedule = await changed(context, bodyOf(body));
    return saved(context, schedule, { status: 200, message: sentence('SCHEDULE_CHANGED'), report });
  },
};

/** `DELETE schedule/`: for good; what the log has of it stays. */
export const deleteScheduleCall: RestCall = {
  role: 'admin',
  isOrder: true,
  takesBody: true,
  async carryOut(context, { body, report }) {
    const { deps, caller } = context;
    const { schedule } = await scheduleNamed(context, bodyOf(body));
    accepted(await deleteScheduleNow(deps, { scheduleId: schedule.scheduleId, actor: caller.actor }));
    return { status: 200, body: { message: sentence('SCHEDULE_DELETED'), sync_success: await syncedJobs(deps, report) } };
  },
};

/** What a client sends is held against what it would be shown now, so the change is made to that very version, or tried anew. */
async function changed(context: RestContext, body: Body): Promise<Schedule> {
  const { deps, caller } = context;
  for (let attempt = 1; ; attempt += 1) {
    const named = await scheduleNamed(context, body);
    const { scheduleId, settings, settingsVersion } = named.schedule;
    const input = changesOf(body, { ...restSchedule(named) });
    if (losesTheRest(input, settings)) throw refusedCall(409, sentence('LOSES_THE_REST'));
    const answer = await changeScheduleBy(deps, { scheduleId, actor: caller.actor, expectedVersion: settingsVersion }, input);
    if (!isRejection(answer) || answer.code !== 'VERSION_CONFLICT' || attempt === TRIES) return accepted(answer);
  }
}

/** Whether a change would overwrite what IBSafe's words cannot say: another frequency the days of the week or month, and another time also that of a cron. */
function losesTheRest(input: ScheduleInput, settings: Schedule['settings']): boolean {
  if (nearestCadence(settings).isExact) return false;
  return 'frequency' in input || (settings.frequency === 'CRON' && ('hour' in input || 'minute' in input));
}

/** @throws RefusedCall */
function accepted(answer: ScheduleAnswer): Schedule {
  if (isRejection(answer)) throw refusedSchedule(answer);
  return answer;
}

async function saved(
  { deps, views }: RestContext,
  schedule: Schedule,
  { status, message, report }: { readonly status: number; readonly message: string } & Pick<RestRequest, 'report'>,
): Promise<RestAnswer> {
  const [numbered] = await views.schedules.numbers([schedule.scheduleId]);
  if (numbered === undefined) throw new Error(`schedule ${schedule.scheduleId} has no number, which the database gives it with its row`);
  const shown = restSchedule({ number: numbered.number, schedule });
  return { status, body: { message, schedule: shown, sync_success: await syncedJobs(deps, report) } };
}
