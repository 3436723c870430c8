/** How a question is put to an endpoint: which of the parameters it gets that some endpoints refuse. */
export interface CallForm {
  /** The name under which the endpoint takes the limit of an answer; `none` where it takes neither. */
  readonly limit: 'max_tokens' | 'max_completion_tokens' | 'none';
  /** Whether the answer's schema goes along (`response_format`). */
  readonly structured: boolean;
  readonly temperature: boolean;
  readonly seed: boolean;
}

/** Parameters that can be left out, the one that helps most first: in this order they are tried where an endpoint does not say which it refuses. */
export const PARAMETERS = ['limit', 'structured', 'temperature', 'seed'] as const;
export type Parameter = (typeof PARAMETERS)[number];

/** Tokens that an answer may have, as a question in this form tells it; undefined where it tells none. */
export function limitOf({ limit }: Pick<CallForm, 'limit'>, { maxOutputTokens }: { readonly maxOutputTokens: number }): number | undefined {
  return limit === 'none' ? undefined : maxOutputTokens;
}

/** How a refusal names each. */
const NAMES: Readonly<Record<Parameter, RegExp>> = {
  limit: /\bmax_(completion_|output_)?tokens\b/u,
  structured: /\b(response_format|json_schema)\b/u,
  temperature: /\btemperature\b/u,
  seed: /\bseed\b/u,
};
/** Characters of a refusal that are looked through. */
const LOOKED_AT = 4_000;

/** Everything that may be asked for. */
export function fullForm(structured: 'auto' | 'on' | 'off'): CallForm {
  return { limit: 'max_tokens', structured: structured !== 'off', temperature: true, seed: true };
}

/** Parameters that a refusal names. Its text itself goes no further: it may quote the question. */
export function parametersIn(refusal: string): readonly Parameter[] {
  const text = refusal.slice(0, LOOKED_AT);
  return PARAMETERS.filter((parameter) => NAMES[parameter].test(text));
}

/** The form without a parameter; of the limit, with its other name first. */
export function without(form: CallForm, parameter: Parameter): CallForm {
  if (parameter === 'limit') return { ...form, limit: form.limit === 'max_tokens' ? 'max_completion_tokens' : 'none' };
  return { ...form, [parameter]: false };
}

/** The form with a parameter as another form has it. */
export function withOne(form: CallForm, parameter: Parameter, of: CallForm): CallForm {
  return { ...form, [parameter]: of[parameter] };
}

/** Whether a form asks for a parameter. */
export function asksFor(form: CallForm, parameter: Parameter): boolean {
  return parameter === 'limit' ? form.limit !== 'none' : form[parameter];
}

/** The form without everything that may be left out. */
export function bareForm(form: CallForm, droppable: readonly Parameter[]): CallForm {
  return { ...form, ...(droppable.includes('limit') && { limit: 'none' as const }), ...Object.fromEntries(droppable.filter((each) => each !== 'limit').map((each) => [each, false])) }; // prettier-ignore
}

/** ms after which an endpoint is asked in full again: it may have learnt, or been replaced. */
const FORGOTTEN_MS = 3_600_000;

/** The form that this process has learnt an endpoint takes. */
export class LearntForm {
  /** Rises with each lesson: what was asked before it may be asked again. */
  lessons = 0;
  #learnt: CallForm;
  #until = 0;

  constructor(
    readonly full: CallForm,
    /** ms of a clock that does not jump. */
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#learnt = full;
  }

  get current(): CallForm {
    return this.now() < this.#until ? this.#learnt : this.full;
  }

  /** Keeps a form that was taken where another one was refused. */
  learn(form: CallForm): void {
    this.#learnt = form;
    this.#until = this.now() + FORGOTTEN_MS;
    this.lessons += 1;
  }
}
