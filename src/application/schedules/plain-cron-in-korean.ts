import { DAYS_IN_EVERY_MONTH } from '../../domain/schedule/cadence.js';

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAYS = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];

/** Times of a day that a sentence can hold. */
const MAX_TIMES = 6;

/**
 * When a (normal) cron of a plain shape comes due, as a Korean sentence says it, such as “매주 월요일부터 금요일까지 09:00에”; undefined for any other shape. Cronstrue sets
 * its Korean phrases one after another, with commas and without particles.
 */
export function plainCronInKorean(cron: string): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.split(' ');
  if (month !== '*') return undefined;
  const times = timesOf(minute, hour);
  const days = daysOf(day, weekday);
  return times === undefined || days === undefined ? undefined : `${days} ${times}에`;
}

function timesOf(minute: string, hour: string): string | undefined {
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}(?:,\d{1,2})*$/.test(hour)) return undefined;
  const hours = hour.split(',');
  return hours.length > MAX_TIMES ? undefined : hours.map((each) => `${each.padStart(2, '0')}:${minute.padStart(2, '0')}`).join(', ');
}

function daysOf(day: string, weekday: string): string | undefined {
  if (day === '*' && weekday === '*') return '매일';
  if (day === '*') return weekdaysOf(weekday);
  if (weekday !== '*') return undefined; // either of both: rare, and no short sentence
  if (day === 'L') return '매월 마지막 날';
  if (!/^\d{1,2}(?:,\d{1,2})*$/.test(day)) return undefined;
  const days = day.split(',').map(Number);
  return `매월 ${days.map((each) => `${each}일`).join('·')}${days.some((each) => each > DAYS_IN_EVERY_MONTH) ? '(없는 달은 건너뜀)' : ''}`;
}

function weekdaysOf(field: string): string | undefined {
  const parts = field.split(',').map((part) => part.split('-').map(weekdayOf));
  if (parts.some((part) => part.length > 2 || part.includes(undefined))) return undefined;
  return `매주 ${parts.map((part) => part.join('부터 ') + (part.length === 2 ? '까지' : '')).join('·')}`;
}

/** A day by its number, 0 and 7 being Sunday, or by its name. */
function weekdayOf(text: string): string | undefined {
  return /^[0-7]$/.test(text) ? DAYS[Number(text) % DAYS.length] : DAYS[NAMES.indexOf(text)];
}
