/** What names a value of a setting in the catalogue, where the value is a code. */
const CODES: Readonly<Record<string, string>> = {
  frequency: 'Frequency',
  program: 'ProgramName',
  generator: 'GeneratorName',
  overlap: 'OverlapPolicy',
  'catchUp.policy': 'CatchUpPolicy',
};

/** What an event says that was changed in a schedule: each setting with its new value; `none` stands for an empty one. */
export function changesIn(changes: unknown, name: (group: string, code: string) => string, none: string): string[] {
  return entriesOf(changes).flatMap(([field, value]) => {
    if (field === 'catchUp')
      return entriesOf(value).map(([part, own]) => `${name('ScheduleField', `catchUp.${part}`)}: ${valueIn(`catchUp.${part}`, own, name)}`);
    return `${name('ScheduleField', field)}: ${value === null ? none : valueIn(field, value, name)}`;
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function valueIn(field: string, value: unknown, name: (group: string, code: string) => string): string {
  const group = CODES[field];
  return group === undefined ? String(value) : name(group, String(value));
}
