import type { Account } from './account.js';
import { asksFor, bareForm, PARAMETERS, withOne, without, type CallForm, type LearntForm, type Parameter } from './call-form.js';
import { ModelFailure } from './model-failure.js';
import type { Question } from './model.js';
import type { PaidCalls } from './paid-calls.js';

/**
 * What a refusal was about: this user's question; every question; the way in which they were put, which is another one now; or nothing that could be
 * found out, since the endpoint failed meanwhile.
 */
export type RefusalVerdict = 'THIS_USER' | 'EVERYBODY' | 'FORM' | 'UNKNOWN';

/** What judging takes. */
export interface RefusalParts {
  readonly calls: PaidCalls;
  readonly forms: LearntForm;
  /** A question of our own: as long as a user's, and about no patient. */
  readonly ownQuestion: () => Question;
  /** Whether the answer's schema must go along. */
  readonly mustStructure: boolean;
  /** ms that a question of our own may take. */
  readonly timeoutMs: number;
}

/** A refusal, and the call that it met. */
export interface Refusal {
  readonly failure: ModelFailure;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** Users refused one after another, without one who was answered, that are taken for all users although our own question is answered. */
const ALIKE = 8;

/** Tells a refusal that meets all users from one user's, by evidence: a question of our own that holds no patient, put in the same way. */
export class Refusals {
  #judging: Promise<RefusalVerdict> | undefined;
  readonly #refused = new Set<Account>();
  /** Users answered so far. */
  #answers = 0;

  constructor(private readonly parts: RefusalParts) {}

  /** A user was answered. */
  answered(): void {
    this.#answers += 1;
    this.#refused.clear();
  }

  /** Judges a refusal. Users who are refused meanwhile share the judgement. Waits no longer than the user has time. */
  async judge(refusal: Refusal): Promise<RefusalVerdict> {
    const { account } = refusal;
    this.#judging ??= this.#confirmed(refusal).finally(() => (this.#judging = undefined));
    const verdict = await withinTimeOf(account, this.#judging);
    if (verdict !== 'THIS_USER') return verdict;
    this.#refused.add(account);
    return this.#refused.size >= ALIKE ? 'EVERYBODY' : verdict;
  }

  /** Parameters of a form that may be left out after this failure. The limit stays where it was taken: without it an answer has no bound. */
  droppable(form: CallForm, { kind, refused }: ModelFailure, among: readonly Parameter[] = refused): readonly Parameter[] {
    const kept = new Set<Parameter>([...(this.parts.mustStructure ? (['structured'] as const) : []), ...(kind === 'NO_TEXT' ? (['limit'] as const) : [])]); // prettier-ignore
    return among.filter((parameter) => asksFor(form, parameter) && !kept.has(parameter));
  }

  /** An endpoint that refuses now and then refuses no one kind of request: an answer to another user meanwhile, or to a second question of our own, shows it. */
  async #confirmed(refusal: Refusal): Promise<RefusalVerdict> {
    const before = this.#answers;
    const verdict = await this.#examine(refusal);
    if (verdict !== 'EVERYBODY') return verdict;
    const isAnswered = this.#answers > before || (await this.#ask(this.parts.forms.current, refusal)) === 'ANSWERED';
    return isAnswered ? 'THIS_USER' : verdict;
  }

  async #examine(refusal: Refusal): Promise<RefusalVerdict> {
    const { forms } = this.parts;
    let form = forms.current;
    let end = await this.#ask(form, refusal);
    if (end === 'ANSWERED') return 'THIS_USER';
    // What it names is left out first: nearly always that is all there is to it.
    while (end instanceof ModelFailure) {
      const named = this.droppable(form, end);
      if (named.length === 0) break;
      form = named.reduce(without, form);
      end = await this.#ask(form, refusal);
    }
    if (end instanceof ModelFailure) {
      const droppable = this.droppable(form, end, PARAMETERS);
      if (droppable.length === 0) return 'EVERYBODY';
      const found = await this.#leastWithout(form, droppable, refusal);
      if (typeof found === 'string') return found;
      form = found;
    } else if (end !== 'ANSWERED') return end;
    forms.learn(form);
    return 'FORM';
  }

  /** Asks without all that may be left out, and then takes back each that is accepted. */
  async #leastWithout(full: CallForm, droppable: readonly Parameter[], refusal: Refusal): Promise<CallForm | 'EVERYBODY' | 'UNKNOWN'> {
    let form = bareForm(full, droppable);
    const end = await this.#ask(form, refusal);
    if (end !== 'ANSWERED') return end === 'UNKNOWN' ? end : 'EVERYBODY';
    for (const parameter of droppable) {
      for (let of = full; asksFor(of, parameter); of = without(of, parameter)) {
        const more = withOne(form, parameter, of);
        if ((await this.#ask(more, refusal)) !== 'ANSWERED') continue;
        form = more;
        break;
      }
    }
    return form;
  }

  /** Puts our own question. @returns the refusal, where that is what came */
  async #ask(form: CallForm, { account, signal }: Refusal): Promise<'ANSWERED' | 'EVERYBODY' | 'UNKNOWN' | ModelFailure> {
    const { calls, ownQuestion, timeoutMs } = this.parts;
    try {
      await calls.once({ question: ownQuestion(), form, account, patienceMs: timeoutMs, signal, isOurs: true });
      return 'ANSWERED';
    } catch (error) {
      if (!(error instanceof ModelFailure)) return 'UNKNOWN';
      if (error.isDoubtful) return error;
      return error.kind === 'REFUSED' ? 'EVERYBODY' : 'UNKNOWN';
    }
  }
}

async function withinTimeOf(account: Account, judging: Promise<RefusalVerdict>): Promise<RefusalVerdict> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'UNKNOWN'>((resolve) => (timer = setTimeout(() => resolve('UNKNOWN'), Math.ceil(account.leftMs))));
  try {
    return await Promise.race([judging, late]);
  } finally {
    clearTimeout(timer);
    account.leftMs = Math.max(0, account.leftMs - (performance.now() - began));
  }
}
