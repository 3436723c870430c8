import type { JsonText } from '../../application/ports.js';
import { boundedTokens } from '../../domain/figures.js';
import type { ViolationCode } from '../../domain/advice/violation-codes.js';
import { withRecord } from '../../domain/programs/provenance.js';
import type { BatchMeeting, FallbackReason, GeneratorName, Trace } from '../../domain/outcome.js';
import type { Account } from './account.js';
import type { DailyPrompt } from './daily-prompt.js';
import { TEMPERATURE } from './settings.js';

/** Where one user's advice comes from: enough to make it again, as the row's `outputs` and, in codes, figures and hashes, as its event tell it. */
export class Provenance {
  /** SHA-256 of the last answer; empty before there is one. */
  responseHash = '';
  #began: number | undefined;
  readonly #violations = new Set<ViolationCode>();

  constructor(
    private readonly of: {
      readonly model: string;
      readonly promptVersion: string;
      readonly prompt: Pick<DailyPrompt, 'inputsHash' | 'seed'>;
      readonly account: Account;
      readonly maxOutputTokens: number;
      readonly batch: BatchMeeting | undefined;
    },
  ) {}

  /** The user is asked about from now on; a second time changes nothing. */
  turnCame(): void {
    this.#began ??= performance.now();
  }

  /** Whole ms since the user's turn came; 0 before. */
  get durationMs(): number {
    return this.#began === undefined ? 0 : Math.round(performance.now() - this.#began);
  }

  get attempts(): number {
    return this.of.account.attempts;
  }

  /** Remembers what was wrong with an answer. */
  violated(codes: readonly ViolationCode[]): void {
    for (const code of codes) this.#violations.add(code);
  }

  /** What the user's event says. */
  trace(): Trace {
    const { model, promptVersion, prompt, account } = this.of;
    const { tokensIn, tokensOut, tokensCached, costMicros, estimatedCalls } = account;
    return {
      tokens: boundedTokens(tokensIn + tokensOut),
      tokensIn,
      tokensOut,
      ...(tokensCached > 0 && { tokensCached }),
      costMicros,
      ...(this.of.batch !== undefined && { batch: this.of.batch }),
      ...(estimatedCalls > 0 && { estimatedCalls }),
      promptVersion,
      model,
      inputsHash: prompt.inputsHash,
      ...(this.responseHash !== '' && { responseHash: this.responseHash }),
      ...(this.#violations.size > 0 && { violations: [...this.#violations] }),
    };
  }

  /** What the row says; `by` is the generator that chose it in the end. */
  outputs({ generator, fallbackReason, said, dropped = 0 }: Chooser): JsonText {
    const { prompt, account, maxOutputTokens } = this.of;
    const { form } = account;
    // Whether an endpoint had kept the question is no part of the advice: the same inputs give the same row.
    const { tokensCached: _tokensCached, ...trace } = this.trace();
    const json = JSON.stringify({
      generator,
      ...(generator === 'RULES' && { fallbackOf: 'LLM', fallbackReason }),
      ...trace,
      ...(dropped > 0 && { droppedPoints: dropped }),
      ...(form?.seed === true && { seed: prompt.seed }),
      ...(form?.temperature === true && { temperature: TEMPERATURE }),
      ...(form !== undefined && form.limit !== 'none' && { maxOutputTokens }),
      attempts: account.attempts,
      durationMs: this.durationMs,
    });
    return withRecord(json, said);
  }
}

/** The generator that chose an advice in the end, and what was said of it. */
export interface Chooser {
  readonly generator: GeneratorName;
  readonly fallbackReason?: FallbackReason;
  /** Members of a JSON object: the vocabulary's version and the points (`saidRecord`); of rules their own version too. */
  readonly said: string;
  /** Points that were chosen and were not true. */
  readonly dropped?: number;
}
