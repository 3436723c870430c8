import { registerEnumType } from 'type-graphql';
import { FAILURE_CODES, GENERATORS, OUTCOMES, SKIP_REASONS } from '../domain/outcome.js';
import { PROGRAMS } from '../domain/program.js';
import { ASK_MODES } from '../domain/run/ask-mode.js';
import { ON_EXISTING, TRIGGERS } from '../domain/run/run-events.js';
import { RUN_STATUSES } from '../domain/run/run.js';

type Descriptions<T extends string> = Readonly<Record<T, string>>;

/**
 * Registers a union of words as a GraphQL enum; every value must be described, because the playground is the manual. GraphQL's names are in capital
 * letters, as clients' generators expect: a word that is stored in small ones, like a program's, keeps them everywhere but there.
 */
export function enumOf<T extends string>(
  words: readonly T[],
  options: { name: string; description: string; values: Descriptions<T> },
): Record<string, T> {
  const object = Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as Record<string, T>;
  const { name, description, values } = options;
  const valuesConfig = Object.fromEntries(words.map((word) => [word.toUpperCase(), { description: values[word] }]));
  registerEnumType(object, { name, description, valuesConfig });
  return object;
}

export const RunStatusEnum = enumOf(RUN_STATUSES, {
  name: 'RunStatus',
  description: 'Where a run stands. The last four are final.',
  values: {
    REQUESTED: 'Recorded; a worker will fix its roster.',
    PLANNED: 'The roster is fixed and cut into chunks.',
    RUNNING: 'Lanes work on its chunks.',
    PAUSED: 'Nothing is claimed until it is resumed.',
    COMPLETED: 'Every user of the roster has an outcome and none failed.',
    COMPLETED_WITH_FAILURES: 'Every user of the roster has an outcome; at least one failed.',
    CANCELLED: 'Stopped by an operator; the users that were left are recorded as cancelled.',
    FAILED: 'The run as a whole could not go on.',
  },
});

export const TriggerEnum = enumOf(TRIGGERS, {
  name: 'Trigger',
  description: 'Why a run exists.',
  values: {
    MANUAL: 'An operator or a program asked for it.',
    SCHEDULE: 'A slot of a schedule was due.',
    BACKFILL: 'It belongs to an operator’s backfill over past dates.',
    RETRY: 'It repeats users of an earlier run.',
    RECALL: 'It writes advice anew that holds what an operator recalled.',
  },
});

export const AskModeEnum = enumOf(ASK_MODES, {
  name: 'AskMode',
  description: 'How a run asks a language model.',
  values: {
    CALLS: 'Each patient by a call.',
    BATCH:
      'The patients of a chunk by a batch at the provider: for less, and later. A patient without an answer in time is asked by a call.',
  },
});

export const OutcomeEnum = enumOf(OUTCOMES, {
  name: 'OutcomeKind',
  description: 'One user’s final result in a run.',
  values: {
    GENERATED: 'An intervention was written (or, in a dry run, would have been).',
    SKIPPED: 'The user was not eligible; the reasons say why.',
    FAILED: 'Generation failed; the code says why.',
    CANCELLED: 'The run was cancelled before this user’s turn.',
  },
});

export const SkipReasonEnum = enumOf(SKIP_REASONS, {
  name: 'SkipReason',
  description: 'Why a user was skipped.',
  values: {
    MISSING_FOOD_RECORD: 'No food was recorded on the record date.',
    MISSING_EXERCISE_RECORD: 'No exercise was recorded on the record date.',
    MISSING_SLEEP_RECORD: 'No sleep was recorded on the record date.',
    INTERVENTION_EXISTS: 'An intervention for the record date was there already.',
    NO_PROFILE: 'The user has no profile, so allergies are unknown.',
    ACCOUNT_CLOSED: 'The account was deactivated, made staff or deleted after the roster was fixed.',
  },
});

export const FailureCodeEnum = enumOf(FAILURE_CODES, {
  name: 'FailureCode',
  description: 'Why a user’s generation failed.',
  values: {
    INVALID_INPUT: 'The user’s records hold something that cannot be (negative steps, an unknown allergy): mend the records.',
    GENERATOR_ERROR: 'The generator broke: a developer should look.',
    GENERATOR_TIMEOUT: 'The generator did not answer in time.',
    GENERATOR_UNAVAILABLE: 'The generator could not be reached.',
    UNSAFE_ADVICE: 'The advice broke one of the patient’s limits and was not saved.',
    UNWRITABLE_ADVICE: 'The database refused the advice’s row.',
    CRASHED_WORKER: 'Workers died, or their work failed as a whole, whenever this user was processed.',
  },
});

export const GeneratorEnum = enumOf(GENERATORS, {
  name: 'GeneratorName',
  description: 'What writes the advice.',
  values: { RULES: 'The rule engine.', LLM: 'A language model, behind the same safety rules.' },
});

export const ProgramEnum = enumOf(PROGRAMS, {
  name: 'ProgramName',
  description: 'A kind of intervention.',
  values: {
    daily:
      'Diet and exercise for the day after the record date (gubun `all`). Wants a food and an exercise record of that date, and a profile.',
    sleep: 'Sleep for the record date itself (gubun `sleep`). Wants a sleep record of that date, and nothing else.',
  },
});

export const OnExistingEnum = enumOf(ON_EXISTING, {
  name: 'OnExisting',
  description: 'What happens to a user with an intervention for the record date.',
  values: { SKIP: 'The user is skipped.', REGENERATE: 'The intervention is replaced, in the transaction that writes the new one.' },
});

export const RunOrderEnum = enumOf(['REQUESTED_AT', 'RECORD_DATE'] as const, {
  name: 'RunOrder',
  description: 'What a list of runs is ordered by; the newest comes first.',
  values: { REQUESTED_AT: 'When the run was requested.', RECORD_DATE: 'The day whose records it read.' },
});
