import { VIOLATIONS } from '../domain/advice/violation-codes.js';
import { BATCH_MEETINGS, FALLBACK_REASONS } from '../domain/outcome.js';
import { enumOf } from './enums.js';

export const FallbackReasonEnum = enumOf(FALLBACK_REASONS, {
  name: 'FallbackReason',
  description: 'Why the rules stood in for the language model.',
  values: {
    UNSAFE_ADVICE: 'Its answer broke one of the patient’s limits, and so did the one it was asked for instead.',
    GENERATOR_ERROR: 'It would not take this user’s question.',
    GENERATOR_TIMEOUT: 'It did not answer in this user’s time.',
    GENERATOR_UNAVAILABLE: 'It could not be reached.',
    GENERATOR_REFUSED: 'Its endpoint refused the key, the model or the quota: mend the configuration or the account.',
    BUDGET_REACHED: 'The run’s budget did not hold another call.',
    PROGRAM_BY_RULES: 'It does not write for this program.',
    PROMPT_RECALLED: 'The version of its prompt is recalled.',
    DIET_BY_CLINIC:
      'The patient’s diet is set by a clinic, or they are younger than four: no dish is offered, and no model is asked about them.',
  },
});

export const BatchMeetingEnum = enumOf(BATCH_MEETINGS, {
  name: 'BatchMeeting',
  description: 'Whether a batch at the provider brought a user’s answer.',
  values: {
    ANSWERED: 'It did.',
    UNANSWERED: 'It did not, or not in time: the user was asked by a call, and got the rules’ advice where that failed as well.',
  },
});

export const ViolationEnum = enumOf(VIOLATIONS, {
  name: 'Violation',
  description: 'What the safety gate can find wrong with an advice. Nothing that has one is saved.',
  values: {
    NOT_IN_CATALOGUE: 'A food that the catalogue does not have.',
    NOT_LOW_FODMAP: 'A food that is not low in FODMAPs.',
    ALLERGEN: 'A food with one of the user’s allergens, or lactose for the intolerant.',
    NOT_WANTED: 'A food that goes against what the user’s profile says they do not eat.',
    EATEN_RECENTLY: 'A food that the user ate on the record date or the two days before.',
    REPEATED_FOOD: 'A food twice in a day.',
    ONLY_STAPLES: 'A breakfast of rice, porridge or noodles alone, where there were other dishes.',
    NO_PROTEIN_DISH: 'A lunch or dinner without a protein dish, where there was one.',
    NO_VEGETABLE_DISH: 'A lunch or dinner without a vegetable dish, where there was one.',
    POINT_NOT_TRUE: 'A point that is not true of the user: it was left out, and the rest was kept.',
    UNSAID_WARNING: 'A warning is true of the user, and may not be said: it is not signed, or recalled.',
    STEP_GOAL_OUT_OF_BOUNDS: 'A step goal that is no whole number from 1 to 10,000.',
    STEP_GOAL_GROWS_TOO_FAST: 'A step goal too far above the user’s last days.',
    STEP_GOAL_TOO_LOW: 'A step goal below the user’s last days and the floor.',
    NAMES_DIFFER: 'A dish whose name is not its food’s.',
    WRONG_MEAL: 'A dish that is not offered at its meal.',
    OUT_OF_PLAN: 'More dishes of a category than planned.',
    UNTOLD_SHORTAGE: 'Fewer dishes than planned, without a word of it.',
    WRONG_COUNT: 'A meal with another number of dishes than asked for.',
    EMPTY_TEXT: 'A text without a letter.',
    TEXT_TOO_LONG: 'A text of more than 600 characters.',
    WRONG_LANGUAGE: 'A text in another language.',
    MARKUP: 'A text with markup.',
    ADDRESS: 'A text with a link or an address.',
    CONTROL_CHARACTER: 'A text with control, format or direction characters.',
    INVALID_UNICODE: 'A text with broken or unassigned characters.',
    MEDICATION: 'A text about medication.',
    DIAGNOSIS: 'A text that diagnoses.',
    CURE_PROMISED: 'A text that promises a cure or an effect.',
    ALLERGEN_IN_TEXT: 'A text that names what the user must avoid, without a warning.',
    HIGH_FODMAP_IN_TEXT: 'A text that recommends what is well known to be high in FODMAPs.',
    FIGURE_IN_TEXT: 'A text with more steps than the goal and the user’s mean.',
    SLEEP_GOAL_OUT_OF_BOUNDS: 'A sleep goal that is not within 6 to 9 hours.',
    MALFORMED_ANSWER: 'An answer that is not the object asked for.',
  },
});
