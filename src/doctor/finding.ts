import { LOCK_NOT_AVAILABLE } from '../database/connect.js';
import { inWords } from '../words/code-words.js';
import { codeOfCheck } from '../domain/code-of-check.js';
import type { Language, Said } from '../domain/said.js';
import { codeOf } from '../base/error-code.js';
import { tell } from './finding-words.js';

/** A result before it is in a language. */
interface SaidResult {
  readonly found: Said;
  readonly advice: Said | null;
}

/** What the doctor says of one thing it looked at. Its sentences are in English here, for logs and scripts; `findingIn` has them in another language. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  /** `warning`: it works, and will not for ever or not well. `problem`: it does not work. */
  readonly status: 'ok' | 'warning' | 'problem';
  /** What is there. */
  readonly found: string;
  /** What to do; null when there is nothing to do. */
  readonly advice: string | null;
  /** The same as codes with values. */
  readonly said: SaidResult & { readonly check: Said };
}

/** What a check has to say, before it is put under its name. */
export type CheckResult = Omit<Finding, 'check' | 'said'> & { readonly said: SaidResult };

export function ok(found: Said): CheckResult {
  return resultOf('ok', found, null);
}

export function warning(found: Said, advice: Said): CheckResult {
  return resultOf('warning', found, advice);
}

export function problem(found: Said, advice: Said): CheckResult {
  return resultOf('problem', found, advice);
}

function resultOf(status: Finding['status'], found: Said, advice: Said | null): CheckResult {
  return { status, found: inWords(found, 'en'), advice: advice === null ? null : inWords(advice, 'en'), said: { found, advice } };
}

/** A result under the name of what was looked at. @param name the check's name in the catalogue, where the check is none of the requirements */
export function findingOf(check: string, { said, ...told }: CheckResult, name?: Said): Finding {
  const checked = name ?? { group: 'DoctorCheck', code: codeOfCheck(check), values: {} };
  return { check, ...told, said: { ...said, check: checked } };
}

/** What is told of a finding in a language. In English a check keeps the name that logs and scripts know. */
export function findingIn({ check, found, advice, said }: Finding, language: Language): Pick<Finding, 'check' | 'found' | 'advice'> {
  if (language === 'en') return { check, found, advice };
  const told = said.advice === null ? null : inWords(said.advice, language);
  return { check: inWords(said.check, language), found: inWords(said.found, language), advice: told };
}

/** Runs a check. One that fails by itself is a problem of its own, and never keeps the others from being made. */
export async function look(check: string, judge: () => CheckResult | Promise<CheckResult>): Promise<Finding> {
  try {
    return findingOf(check, await judge());
  } catch (error) {
    if (codeOf(error) === LOCK_NOT_AVAILABLE) return findingOf(check, warning(tell('CHECK_WAITED'), tell('ASK_AGAIN')));
    return findingOf(check, problem(tell('CHECK_FAILED', { code: codeOf(error) }), tell('SEE_ABOVE_OR_REPORT')));
  }
}
