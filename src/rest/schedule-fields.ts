import type { FieldProblem, ScheduleInput } from '../domain/schedule/parse-schedule-input.js';
import type { ScheduleRejection } from '../domain/schedule/schedule-rejection.js';
import { refusedCall, type RefusedCall } from './refused-call.js';
import { FREQUENCIES } from './schedule-shape.js';
import { refusalSentence, sentence } from './words.js';

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
