import type { Cadence } from '../../../src/domain/schedule/cadence.js';
import type { DuePredicate } from './oracle.js';

/** A cadence in Seoul, daily at nine, but for what a test says. */
export function cadence(different: Partial<Cadence> = {}): Cadence {
  return { frequency: 'DAILY', hour: 9, minute: 0, dayOfWeek: 0, dayOfMonth: 1, cron: null, timeZone: 'Asia/Seoul', ...different };
}

const everyDay: DuePredicate['day'] = () => true;
const at =
  (wantedHour: number, wantedMinute: number): DuePredicate['time'] =>
  (hour, minute) =>
    hour === wantedHour && minute === wantedMinute;

/** Times around which some zone of the tests changes its clocks, and a plain one. */
const TIMES = [
  [0, 0],
  [0, 30],
  [1, 30],
  [2, 0],
  [2, 30],
  [3, 0],
  [9, 0],
  [23, 30],
] as const;

/** Cadences as the service says them, each with the same in the oracle's words. */
export const CADENCES: readonly (readonly [string, Partial<Cadence>, DuePredicate])[] = [
  ...TIMES.map(([hour, minute]) => [`daily ${hour}:${minute}`, { hour, minute }, { day: everyDay, time: at(hour, minute) }] as const),
  ...[0, 6].map((dayOfWeek) => {
    const day: DuePredicate['day'] = ({ weekday }) => weekday === dayOfWeek;
    return [`weekly ${dayOfWeek}`, { frequency: 'WEEKLY', dayOfWeek, hour: 2, minute: 30 }, { day, time: at(2, 30) }] as const;
  }),
  ...[1, 28, 29, 30, 31].map((dayOfMonth) => {
    const due: DuePredicate['day'] = ({ day, lastDay }) => day === Math.min(dayOfMonth, lastDay);
    return [`monthly ${dayOfMonth}`, { frequency: 'MONTHLY', dayOfMonth, hour: 0, minute: 0 }, { day: due, time: at(0, 0) }] as const;
  }),
  cron('*/30 * * * *', { day: everyDay, time: (_hour, minute) => minute % 30 === 0 }),
  cron('15,45 0-3,23 * * *', { day: everyDay, time: (hour, minute) => (minute === 15 || minute === 45) && (hour <= 3 || hour === 23) }),
  cron('5 0-3,23 * * *', { day: everyDay, time: (hour, minute) => minute === 5 && (hour <= 3 || hour === 23) }),
  cron('30 2 * * MON-FRI', { day: ({ weekday }) => weekday >= 1 && weekday <= 5, time: at(2, 30) }),
  cron('0 2 13 * 5', { day: ({ day, weekday }) => day === 13 || weekday === 5, time: at(2, 0) }),
  cron('0 0 29 2 *', { day: ({ month, day }) => month === 2 && day === 29, time: at(0, 0) }),
  cron('45 23 L * *', { day: ({ day, lastDay }) => day === lastDay, time: at(23, 45) }),
  cron('30 1 * 3,10 0#2', {
    day: ({ month, day, weekday }) => (month === 3 || month === 10) && weekday === 0 && day > 7 && day <= 14,
    time: at(1, 30),
  }),
];

function cron(text: string, due: DuePredicate): readonly [string, Partial<Cadence>, DuePredicate] {
  return [`cron ${text}`, { frequency: 'CRON', cron: text }, due];
}
