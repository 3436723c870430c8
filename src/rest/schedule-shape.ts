import { cronTextOf, type Frequency } from '../domain/schedule/cadence.js';
import { nearestCadence } from '../domain/schedule/nearest-cadence.js';
import type { NumberedSchedule } from '../projections/queries/schedule-queries.js';
import { pythonTime } from './python-time.js';

/** Frequencies in IBSafe's words. */
export const FREQUENCIES: ReadonlyMap<unknown, Exclude<Frequency, 'CRON'>> = new Map([
  ['daily', 'DAILY'],
  ['weekly', 'WEEKLY'],
  ['monthly', 'MONTHLY'],
] as const);

const SHOWN = { DAILY: ['daily', '매일'], WEEKLY: ['weekly', '매주'], MONTHLY: ['monthly', '매월'] } as const;

/** A schedule as IBSafe's clients know one. */
export interface RestSchedule {
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
