import type { VariablesOf } from '../graphql/graphql.js';
import { graphql } from '../graphql/graphql.js';
import { FIRST_PROGRAM, type ProgramName } from '../parts/programs.js';

/** Tells when a schedule would come due, without saving it. */
export const PREVIEW = graphql(`
  query Preview($input: ScheduleInput!) {
    schedulePreview(input: $input, count: 10) {
      __typename
      ... on SchedulePreview {
        settings {
          description
          descriptionKo
          timeZone
        }
        slots {
          at
          notes {
            code
          }
        }
      }
      ... on ScheduleInvalid {
        code
        message
        problems {
          field
          expected: expected(language: EN)
          expectedKo: expected(language: KO)
          found
        }
      }
    }
  }
`);
export type ScheduleInput = VariablesOf<typeof PREVIEW>['input'];

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'CRON';

/** What the form of a schedule holds, as its fields have it. */
export interface Fields {
  readonly name: string;
  readonly program: ProgramName;
  readonly generator: '' | 'RULES' | 'LLM';
  readonly frequency: Frequency;
  /** `HH:MM` */
  readonly time: string;
  readonly dayOfWeek: string;
  readonly dayOfMonth: string;
  readonly cron: string;
  readonly timeZone: string;
  /** `HH:MM`, or nothing where advice is never late. */
  readonly readyBy: string;
  readonly catchUp: 'LATEST' | 'ALL' | 'SKIP';
  readonly windowHours: string;
  readonly overlap: 'SKIP' | 'QUEUE' | 'ALLOW';
}

/** A new schedule’s fields, as the form opens with them. */
export const NEW: Fields = {
  name: '',
  program: FIRST_PROGRAM,
  generator: '',
  frequency: 'DAILY',
  time: '09:00',
  dayOfWeek: '0',
  dayOfMonth: '1',
  cron: '0 9 * * *',
  timeZone: 'Asia/Seoul',
  readyBy: '',
  catchUp: 'LATEST',
  windowHours: '24',
  overlap: 'SKIP',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** The fields of a schedule that is there. */
export function fieldsOf(schedule: {
  readonly name: string;
  readonly program: Fields['program'];
  readonly generator: 'RULES' | 'LLM' | null;
  readonly frequency: Frequency;
  readonly hour: number;
  readonly minute: number;
  readonly dayOfWeek: number;
  readonly dayOfMonth: number;
  readonly cron: string;
  readonly timeZone: string;
  readonly readyBy: string | null;
  readonly overlap: Fields['overlap'];
  readonly catchUp: { readonly policy: Fields['catchUp']; readonly windowHours: number };
}): Fields {
  const { name, program, generator, frequency, hour, minute, dayOfWeek, dayOfMonth, cron, timeZone, readyBy, overlap, catchUp } = schedule;
  return {
    name,
    program,
    generator: generator ?? '',
    frequency,
    time: `${two(hour)}:${two(minute)}`,
    dayOfWeek: String(dayOfWeek),
    dayOfMonth: String(dayOfMonth),
    cron,
    timeZone,
    readyBy: readyBy ?? '',
    catchUp: catchUp.policy,
    windowHours: String(catchUp.windowHours),
    overlap,
  };
}

/** Whether nothing that a schedule needs is left empty: an emptied time is no midnight. */
export function isFilled({ name, frequency, time, cron, timeZone, windowHours }: Fields): boolean {
  return [name, frequency === 'CRON' ? cron : time, timeZone, windowHours].every((text) => text.trim() !== '');
}

/** The fields as the service takes them: of those that belong to a cadence, only its own. */
export function inputOf(fields: Fields): ScheduleInput {
  const [hour = 0, minute = 0] = fields.time.split(':').map(Number);
  const at = fields.frequency === 'CRON' ? { cron: fields.cron } : { hour, minute };
  return {
    name: fields.name,
    program: fields.program,
    generator: fields.generator === '' ? null : fields.generator,
    frequency: fields.frequency,
    ...at,
    ...(fields.frequency === 'WEEKLY' && { dayOfWeek: Number(fields.dayOfWeek) }),
    ...(fields.frequency === 'MONTHLY' && { dayOfMonth: Number(fields.dayOfMonth) }),
    timeZone: fields.timeZone,
    readyBy: fields.readyBy === '' ? null : fields.readyBy,
    catchUp: { policy: fields.catchUp, windowHours: Number(fields.windowHours) },
    overlap: fields.overlap,
  };
}
