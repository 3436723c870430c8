import type { FieldProblem, ScheduleInput } from '../domain/schedule/parse-schedule-input.js';
import type { ScheduleRejection } from '../domain/schedule/schedule-rejection.js';
import { refusedCall, type RefusedCall } from './refused-call.js';
import { refusalSentence, sentence } from './words.js';
import { cronTextOf, type Frequency } from '../domain/schedule/cadence.js';
import { nearestCadence } from '../domain/schedule/nearest-cadence.js';
import type { NumberedSchedule } from '../projections/queries/schedule-queries.js';

/** Frequencies in IBSafe's words. */
const FREQUENCIES: ReadonlyMap<unknown, Exclude<Frequency, 'CRON'>> = new Map([
  ['daily', 'DAILY'],
  ['weekly', 'WEEKLY'],
  ['monthly', 'MONTHLY'],
] as const);

const SHOWN = { DAILY: ['daily', '매일'], WEEKLY: ['weekly', '매주'], MONTHLY: ['monthly', '매월'] } as const;

/** A schedule as IBSafe's clients know one. */
interface RestSchedule {
  readonly id: number;
  readonly name: string;
  readonly frequency: (typeof SHOWN)[keyof typeof SHOWN][0];
  readonly frequency_display: string;
  readonly hour: number;
  readonly minute: number;
  readonly is_active: boolean;
  readonly cron_expression: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A schedule in IBSafe's shape. What its words cannot say is told by the nearest of them, and truly by `cron_expression`. */
export function restSchedule({ number, schedule }: NumberedSchedule): RestSchedule {
  const { settings, createdAt, updatedAt } = schedule;
  const { frequency, hour, minute } = nearestCadence(settings);
  const [word, display] = SHOWN[frequency];
  return {
    id: number,
    name: settings.name,
    frequency: word,
    frequency_display: display,
    hour,
    minute,
    is_active: settings.active,
    cron_expression: cronTextOf(settings),
    created_at: pythonTime(createdAt),
    updated_at: pythonTime(updatedAt),
  };
}

/** A time as Python's `isoformat` writes one of Django's: in UTC, with six digits of a second and the offset, such as `2026-11-25T00:00:00.123000+00:00`. */
function pythonTime(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, -1)}000+00:00`;
}

/** The fields of a body in the order in which the original looks for them, and what the service calls each. */
const FIELDS = [
  ['name', 'name'],
  ['frequency', 'frequency'],
  ['hour', 'hour'],
  ['minute', 'minute'],
  ['is_active', 'active'],
] as const satisfies readonly (readonly [string, keyof ScheduleInput])[];
/** A new schedule must have these. */
const REQUIRED = ['name', 'frequency', 'hour', 'minute'];
/** IBSafe's clients mean these days by `weekly` and `monthly`, whatever a schedule was before. */
const THEIR_DAYS = { dayOfWeek: 0, dayOfMonth: 1 };

/** What a client may send: any object of JSON. Fields that are none of ours are passed by. */
export type Body = Readonly<Record<string, unknown>>;

/** A body as an object. @throws RefusedCall 400 for any other JSON */
export function bodyOf(json: unknown): Body {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Body;
  throw refusedCall(400, sentence('NO_OBJECT'));
}

/** The input for a new schedule. @throws RefusedCall 400 for the first field that is missing, or cannot be */
export function creationOf(body: Body): ScheduleInput {
  const missing = REQUIRED.find((field) => !Object.hasOwn(body, field));
  if (missing !== undefined) throw refusedCall(400, sentence('MISSING', missing));
  return { ...inputOf(body), ...THEIR_DAYS };
}

/** The input for a change, of the fields that are sent and that differ from what the client was shown. @throws RefusedCall 400 for a field that cannot be */
export function changesOf(body: Body, shown: Body): ScheduleInput {
  const input = inputOf(body);
  const changed = FIELDS.filter(([field]) => Object.hasOwn(body, field) && body[field] !== shown[field]);
  const changes = Object.fromEntries(changed.map(([, name]) => [name, input[name]]));
  return 'frequency' in changes ? { ...changes, ...THEIR_DAYS } : changes;
}

/** The fields as the service knows them. To it null is "as it was", to Django it is a value that no field takes. */
function inputOf(body: Body): ScheduleInput {
  const given = FIELDS.filter(([field]) => Object.hasOwn(body, field));
  const wrong = given.find(([field]) => body[field] === null || (field === 'frequency' && !FREQUENCIES.has(body[field])));
  if (wrong !== undefined) throw refusedCall(400, sentence(`INVALID_${wrong[0].toUpperCase()}`));
  return Object.fromEntries(given.map(([field, name]) => [name, field === 'frequency' ? FREQUENCIES.get(body[field]) : body[field]]));
}

/** Why the service refuses a schedule, as these calls tell it: what a client can mend is 400, what lies in settings that it cannot see is 409. */
export function refusedSchedule({ code, problems }: ScheduleRejection): RefusedCall {
  if (code === 'SCHEDULE_NOT_FOUND') return refusedCall(404, sentence('SCHEDULE_NOT_FOUND'));
  if (code !== 'INVALID_SCHEDULE') return refusedCall(409, refusalSentence(code));
  const own = FIELDS.find(([, name]) => problems.some((problem: FieldProblem) => problem.field === name));
  return own === undefined
    ? refusedCall(409, sentence('UNSEEN_SETTING', problems[0]?.field))
    : refusedCall(400, sentence(`INVALID_${own[0].toUpperCase()}`));
}
