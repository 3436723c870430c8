import { cronProblem } from '../slots/cron-problem.js';
import type { Said, Told } from '../said.js';
import { expecting } from './expectations.js';
import { latestSlotTime } from './ready-by.js';
import { CATCH_UP_RULES, FIELD_RULES, type FieldRule } from './field-rules.js';
import type { ScheduleSettings } from './schedule-settings.js';

/**
 * What an operator sends, unjudged. A field that is absent or null is taken from the defaults; for `generator`, `cron` and `readyBy` null is a value.
 * `catchUp` is `{ policy, windowHours }`, either of them may be left out.
 */
export type ScheduleInput = { readonly [Field in keyof ScheduleSettings]?: unknown };

/** One thing wrong with an input. */
export interface FieldProblem {
  /** The field's name, `catchUp.windowHours` for an inner one. */
  readonly field: string;
  /** The value as JSON, at most 60 characters; `nothing` for a missing one. */
  readonly found: string;
  /** The allowed range or form, in English. */
  readonly expected: string;
  /** The same as a code with values. */
  readonly said: Said;
}

/** A problem with what was expected. @param found as `shown` has it */
export function problemOf(field: string, found: string, { text, said }: Told): FieldProblem {
  return { field, found, expected: text, said };
}

/** An input as settings, or everything that is wrong with it. */
export type ParsedSchedule =
  { readonly ok: true; readonly value: ScheduleSettings } | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Reads an operator's input. `defaults` fill what it leaves out: `SETTINGS_DEFAULTS` for a new schedule (which leave name, frequency and time
 * to be given), the present settings for a change. A schedule that stops being a CRON must be given its time, for a cron has none to keep;
 * a CRON needs none. A cron that is given for another frequency is refused, one that is left over from before is dropped.
 */
export function parseScheduleInput(input: ScheduleInput, defaults: Partial<ScheduleSettings>): ParsedSchedule {
  const frequency = input.frequency ?? defaults.frequency;
  const alone = readFields(FIELD_RULES, input, withTimeFor(frequency, defaults));
  const catchUp = readFields(CATCH_UP_RULES, asRecord(input.catchUp), { ...defaults.catchUp });
  const cron = frequency === 'CRON' ? alone.values['cron'] : (input.cron ?? null);
  const problems = [
    ...alone.problems,
    ...catchUp.problems.map((problem) => ({ ...problem, field: `catchUp.${problem.field}` })),
    ...(alone.problems.some(({ field }) => field === 'cron') ? [] : cronProblems(frequency, cron)),
  ];
  const value = { ...alone.values, cron, catchUp: catchUp.values };
  if (problems.length > 0 || !isComplete(value)) return { ok: false, problems };
  const early = readyByProblems(value);
  return early.length > 0 ? { ok: false, problems: early } : { ok: true, value: withoutUnsaid(value, defaults) };
}

/** Advice cannot be there before its slot comes due. */
function readyByProblems({ readyBy, ...cadence }: ScheduleSettings): readonly FieldProblem[] {
  const latest = readyBy === undefined || readyBy === null ? undefined : latestSlotTime(cadence);
  if (latest === undefined || String(readyBy) > latest) return [];
  return [problemOf('readyBy', shown(readyBy), expecting('TIME_AFTER_SLOT', { slot: latest }))];
}

/** Of a schedule that never had a time for it, "none" is nothing to keep. */
function withoutUnsaid({ readyBy, ...rest }: ScheduleSettings, before: Partial<ScheduleSettings>): ScheduleSettings {
  return (readyBy ?? before.readyBy ?? null) === null ? rest : { ...rest, readyBy: readyBy ?? null };
}

/** Each field that is there was read by its own rule; types cannot follow that through a table. */
function isComplete(value: object): value is ScheduleSettings {
  return Object.keys(FIELD_RULES).every((field) => field in value);
}

/** The defaults with the time that suits a frequency: a CRON's is never read, and what a former CRON kept was not asked for. */
function withTimeFor(frequency: unknown, defaults: Partial<ScheduleSettings>): Partial<ScheduleSettings> {
  if (frequency === 'CRON') return { hour: 0, minute: 0, ...defaults };
  if (defaults.frequency !== 'CRON') return { ...defaults, cron: null };
  const { hour: _hour, minute: _minute, ...rest } = defaults;
  return { ...rest, cron: null };
}

type Values = Readonly<Record<string, unknown>>;

function readFields(rules: Readonly<Record<string, FieldRule<unknown>>>, input: Values, defaults: Values) {
  const values: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [field, rule] of Object.entries(rules)) {
    const given = input[field];
    const value = given === undefined || (given === null && rule.nullable !== true) ? defaults[field] : given;
    const read = rule.read(value);
    if (read === undefined) problems.push(problemOf(field, shown(value), rule.expected));
    else values[field] = read;
  }
  return { values, problems };
}

function cronProblems(frequency: unknown, cron: unknown): readonly FieldProblem[] {
  if (frequency !== 'CRON') return cron === null ? [] : [problemOf('cron', shown(cron), expecting('NO_CRON'))];
  const expected = typeof cron === 'string' ? cronProblem(cron) : expecting('CRON_MISSING');
  return expected === undefined ? [] : [problemOf('cron', shown(cron), expected)];
}

/** Anything but an object has no fields that could be read, and its own problem is told under both of their names. */
function asRecord(value: unknown): Values {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' ? { ...value } : { policy: value, windowHours: value };
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
