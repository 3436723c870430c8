import type { NumberedSchedule } from '../projections/queries/schedule-queries.js';
import { refusedCall } from './refused-call.js';
import type { RestContext } from './rest-call.js';
import type { Body } from './schedule-fields.js';
import { sentence } from './words.js';

/** The greatest id that a schedule can have. */
const GREATEST = 2_147_483_647;
const WHOLE = /^[+-]?\d{1,1000}$/;

/** The schedule that a body names by `id`, a whole number or its text. @throws RefusedCall 400 without one, 404 where no schedule has it */
export async function scheduleNamed({ views }: RestContext, { id }: Body): Promise<NumberedSchedule> {
  if (id === undefined || id === null || id === '') throw refusedCall(400, sentence('MISSING', 'id'));
  const number = typeof id === 'string' && WHOLE.test(id.trim()) ? Number(id) : id;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw refusedCall(400, sentence('INVALID_ID'));
  const found = number >= 1 && number <= GREATEST ? await views.schedules.byNumber(number) : undefined;
  if (found === undefined || found.schedule.status === 'DELETED') throw refusedCall(404, sentence('SCHEDULE_NOT_FOUND'));
  return found;
}
