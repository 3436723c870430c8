import { weekdayName } from './weekday.js';

/** What names a value of a setting in the catalogue, where the value is a code. */
const CODES: Readonly<Record<string, string>> = {
  frequency: 'Frequency',
  program: 'ProgramName',
  generator: 'GeneratorName',
  overlap: 'OverlapPolicy',
  'catchUp.policy': 'CatchUpPolicy',
};

/** How the language of the page names codes and days. */
export interface Naming {
  readonly language: string;
  readonly name: (group: string, code: string) => string;
  /** Stands for an empty value. */
  readonly none: string;
}

/** What an event says that was changed in a schedule: each setting with its new value. */
export function changesIn(changes: unknown, naming: Naming): string[] {
  const { name, none } = naming;
  return entriesOf(changes).flatMap(([field, value]) => {
    if (field === 'catchUp')
      return entriesOf(value).map(
        ([part, own]) => `${name('ScheduleField', `catchUp.${part}`)}: ${valueIn(`catchUp.${part}`, own, naming)}`,
      );
    return `${name('ScheduleField', field)}: ${value === null ? none : valueIn(field, value, naming)}`;
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function valueIn(field: string, value: unknown, { language, name }: Naming): string {
  if (field === 'dayOfWeek' && typeof value === 'number') return weekdayName(language, value);
  const group = CODES[field];
  return group === undefined ? String(value) : name(group, String(value).toUpperCase()); // the log has some codes in lower case: `daily`
}
