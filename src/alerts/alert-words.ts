import { codeWords, type CodeWords, inWords } from '../words/code-words.js';
import type { AlertFacts, AlertKind, AlertState } from '../domain/alert/alert.js';
import { type Language, type Values, vocabularyOf } from '../domain/said.js';

/** The sentences of alerts that are told of none in particular; what happened has one for each kind. */
const ALERT_TEXTS = vocabularyOf('AlertText', {
  OPEN: ['name'],
  RESOLVED: ['name'],
  COUNTED: ['count'],
  OVER: [],
  NOT_BEGUN: ['program', 'recordDate', 'readyBy'],
  TRIAL_TITLE: [],
  TRIAL: [],
});
const { tell } = ALERT_TEXTS;

/** Groups that have a name for a fact's code. The first that knows it says it. */
const CODE_GROUPS = ['PauseCause', 'SlotSkipReason', 'FailureCode', 'RunFailure', 'RolloutStopCause'];

/** The words of alerts in one language, from the catalogue that commands and console share. */
export interface AlertWords {
  /** What a kind is called, what it means for the night, and what to do. */
  readonly kind: (kind: AlertKind) => Required<CodeWords>;
  readonly title: (state: AlertState, name: string) => string;
  /** What happened, with its codes, dates and counts. */
  readonly sentence: (kind: AlertKind, facts: AlertFacts) => string;
  readonly counted: (count: number) => string;
  readonly over: () => string;
  /** Of a test message. */
  readonly trial: () => { readonly title: string; readonly line: string };
}

/** The words of a language. */
export function alertWords(language: Language): AlertWords {
  return {
    kind: (kind) => ({ means: '', todo: '', ...(codeWords(language, 'AlertKind', kind) ?? { name: kind }) }),
    title: (state, name) => inWords(tell(state, { name }), language),
    // A later release may have raised one of a kind that this one has no words for: it is told by its name.
    sentence: (kind, facts) =>
      codeWords(language, ALERT_TEXTS.group, sentenceOf(kind, facts)) === undefined
        ? kind
        : inWords({ group: ALERT_TEXTS.group, code: sentenceOf(kind, facts), values: valuesOf(facts, language) }, language),
    counted: (count) => inWords(tell('COUNTED', { count }), language),
    over: () => inWords(tell('OVER'), language),
    trial: () => ({ title: inWords(tell('TRIAL_TITLE'), language), line: inWords(tell('TRIAL'), language) }),
  };
}

/** Each kind has a sentence; that advice was not ready has another where no run was there to count whom it was for. */
function sentenceOf(kind: AlertKind, facts: AlertFacts): string {
  return kind === 'NOT_READY' && isWithoutRun(facts) ? 'NOT_BEGUN' : kind;
}

/** Whether an alert of advice that was not ready is about a schedule: its time came, and no run was made. */
export function isWithoutRun({ of }: AlertFacts): boolean {
  return of === undefined;
}

function valuesOf({ program, code, ...facts }: AlertFacts, language: Language): Values {
  return {
    ...facts,
    program: program === undefined ? '' : nameOf(['ProgramName'], program.toUpperCase(), language),
    code: code === undefined ? '' : nameOf(CODE_GROUPS, code, language, classOf(code)),
  };
}

/** A later release may have written a code that this one has no name for. */
function nameOf(groups: readonly string[], code: string, language: Language, kind = code): string {
  const names = [code, kind].flatMap((each) => groups.map((group) => codeWords(language, group, each)?.name));
  return names.find((name) => name !== undefined) ?? code;
}

/** The class of an SQLSTATE, which has a name where the code has none of its own. */
function classOf(code: string): string {
  return /^[0-9A-Z]{5}$/.test(code) ? code.slice(0, 2) : code;
}
