import { codeOf } from '../error-code.js';

/** What the doctor says of one thing it looked at. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  /** `warning`: it works, and will not for ever or not well. `problem`: it does not work. */
  readonly status: 'ok' | 'warning' | 'problem';
  /** What is there. */
  readonly found: string;
  /** What to do; null when there is nothing to do. */
  readonly advice: string | null;
}

/** What a check has to say, before it is put under its name. */
export type Verdict = Omit<Finding, 'check'>;

export function ok(found: string): Verdict {
  return { status: 'ok', found, advice: null };
}

export function warning(found: string, advice: string): Verdict {
  return { status: 'warning', found, advice };
}

export function problem(found: string, advice: string): Verdict {
  return { status: 'problem', found, advice };
}

/** Runs a check. One that fails by itself is a problem of its own, and never keeps the others from being made. */
export async function look(check: string, judge: () => Verdict | Promise<Verdict>): Promise<Finding> {
  try {
    return { check, ...(await judge()) };
  } catch (error) {
    return {
      check,
      ...problem(`the check itself failed (${codeOf(error)})`, 'See to the findings above first; if this one stays alone, report it.'),
    };
  }
}
