import type { Generated, Generator, GeneratorStanding, ModelBatches } from '../../application/ports.js';
import type { DailyAdvice } from '../../domain/advice/daily-advice.js';
import { hasNoMenu } from '../../domain/advice/foods-of-age.js';
import { invalidField } from '../../domain/advice/rule-engine.js';
import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { FallbackReason } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import { dailyRow } from '../../domain/programs/daily/daily-row.js';
import { Account } from './account.js';
import type { BatchAnswer } from './batch/read-batch.js';
import { meet } from './batch/meet.js';
import { EndpointOutage } from './circuit.js';
import { sha256 } from './daily-prompt.js';
import { judgedAnswer, type Judged } from './judged-answer.js';
import { ModelFailure } from './model-failure.js';
import type { Message, Reply } from './model.js';
import { BudgetReached, ReckoningLost } from './paid-calls.js';
import { Provenance } from './provenance.js';
import { standIn } from './stand-in.js';
import { failureCodeOf, outageTold } from './call-failure.js';
import { WRITTEN_PROGRAMS } from '../../domain/programs/written-programs.js';
import type { Case, LlmParts } from './llm-parts.js';
import { PAUSES } from '../../domain/run/pause-words.js';

/**
 * Advice by a language model. Its answer passes the safety gate or is asked for once more with the violations named; after that, and for whatever else
 * goes wrong, the rules stand in, or the user fails, as configured.
 */
export class LlmGenerator implements Generator {
  readonly name = 'LLM';
  readonly concurrency: number;
  /** An answer costs seconds and money: no more of them than this are lost with a worker, in each lane. */
  readonly partUsers = 20;
  readonly batches: ModelBatches;

  constructor(private readonly parts: LlmParts) {
    this.concurrency = parts.settings.concurrency;
    this.batches = parts.batchesOf((answers) => this.#answered(answers));
  }

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> {
    return this.#generate(inputs, program, { signal, runId });
  }

  /** Has what a batch brought judged like any other answer. A user without an answer is asked about by a call; where that does not help either, the rules stand in, and no run is paused. */
  #answered(answers: ReadonlyMap<number, BatchAnswer>): Generator {
    const { name, concurrency, partUsers } = this;
    const generate: Generator['generate'] = (inputs, program, signal, runId) =>
      this.#generate(inputs, program, { signal, runId, brought: { answer: answers.get(inputs.userId) } });
    return { name, concurrency, partUsers, generate };
  }

  async #generate(
    inputs: PatientInputs,
    program: Program,
    { signal, runId, brought }: { signal: AbortSignal; runId: string; brought?: { readonly answer: BatchAnswer | undefined } },
  ): Promise<Generated> {
    const { settings, prompts, model } = this.parts;
    if (!WRITTEN_PROGRAMS.has(program.name)) return standIn(this.parts, inputs, program, { signal, runId, reason: 'PROGRAM_BY_RULES' });
    if (invalidField(inputs) !== null) return { status: 'failed', code: 'INVALID_INPUT', retryable: false, attempts: 1 };
    if (brought?.answer === undefined && this.parts.hasUnsaid(inputs)) return UNSAID;
    if (hasNoMenu(inputs.profile)) return standIn(this.parts, inputs, program, { signal, runId, reason: 'DIET_BY_CLINIC' });
    const book = this.parts.book();
    const prompt = prompts.of(inputs, book);
    const account = new Account(runId, settings);
    const { maxOutputTokens } = settings;
    const met = brought && meet(brought.answer, { prompt, account }, this.parts);
    const batch = met && (met.reply === undefined ? 'UNANSWERED' : 'ANSWERED');
    const provenance = new Provenance({ model: model.name, promptVersion: this.parts.prompt.version, prompt, account, maxOutputTokens, batch }); // prettier-ignore
    return this.#advise({ inputs, program, signal, book, prompt, account, provenance, met });
  }

  /** While the rules stand in for an endpoint that is away, no user has to wait for it. */
  readonly standing = (program: Program): GeneratorStanding => {
    const { circuit, settings } = this.parts;
    const { failure, state: status } = circuit;
    if (failure === undefined || status === 'SERVES' || settings.onOutage === 'RULES' || !WRITTEN_PROGRAMS.has(program.name))
      return { status: 'SERVES' };
    return { status, reason: outageTold(failure).text };
  };

  readonly tryNow = (): void => this.parts.caller.tryNow();

  async #advise(work: Case): Promise<Generated> {
    try {
      const messages: Message[] = [{ role: 'user', content: work.prompt.user }];
      for (const chance of ['FIRST', 'REPAIR'] as const) {
        const answered = await this.#ask(work, messages, chance === 'FIRST' ? work.met?.reply : undefined);
        if ('advice' in answered || chance === 'REPAIR') this.parts.readability.ended(answered);
        if ('advice' in answered) return this.#generated(work, answered.advice);
        if (answered.violations.includes('UNSAID_WARNING')) return await this.#without(work, 'UNSAFE_ADVICE', { code: 'UNSAFE_ADVICE', retryable: false }); // prettier-ignore
        if (chance === 'FIRST') messages.push({ role: 'user', content: this.parts.prompts.repair(answered.faults) });
      }
      return await this.#without(work, 'UNSAFE_ADVICE', { code: 'UNSAFE_ADVICE', retryable: true });
    } catch (error) {
      return this.#after(error, work);
    }
  }

  async #ask(work: Case, messages: Message[], brought: Reply | undefined): Promise<Judged> {
    const { signal, prompt, account, provenance } = work;
    const { bulkhead, caller, meter } = this.parts;
    // Only the call stands in the bulkhead: a prompt is written before its turn comes, and an answer is judged while the next call is under way.
    const reply =
      brought ??
      (await bulkhead.execute(() => {
        provenance.turnCame();
        return caller.ask({ system: prompt.system, messages, seed: prompt.seed }, account, signal);
      }, signal));
    provenance.responseHash = sha256(reply.text);
    messages.push({ role: 'assistant', content: reply.text.slice(0, MAX_ECHO) });
    const judged = judgedAnswer(reply.text, work, this.parts);
    this.parts.readability.saw(judged);
    if ('violations' in judged) {
      provenance.violated(judged.violations);
      meter.violated(judged.violations);
    }
    return judged;
  }

  #generated({ inputs, program, book, account, provenance }: Case, advice: DailyAdvice): Generated {
    const { meter, model } = this.parts;
    meter.used(account.tokensIn, account.tokensOut);
    meter.violated(Array.from({ length: advice.droppedPoints }, () => 'POINT_NOT_TRUE' as const));
    if (advice.droppedPoints > 0) provenance.violated(['POINT_NOT_TRUE']);
    const { durationMs } = provenance;
    const outputs = provenance.outputs({
      generator: 'LLM',
      said: advice.record,
      dropped: advice.droppedPoints,
    });
    const row = dailyRow(advice, inputs, { book, program, provenance: { model: model.name, outputs, processingTime: durationMs / 1_000 } });
    return { status: 'generated', row, attempts: account.attempts, durationMs, trace: provenance.trace() };
  }

  /** What becomes of a user whose question was not answered. */
  async #after(error: unknown, work: Case): Promise<Generated> {
    if (work.signal.aborted) throw error;
    if (error instanceof BudgetReached) return this.#without(work, 'BUDGET_REACHED');
    if (error instanceof ReckoningLost) return { status: 'unavailable', reason: PAUSES.tell('RECKONING_LOST').text };
    if (error instanceof EndpointOutage) return this.#outage(work, error.failure);
    if (!(error instanceof ModelFailure)) throw error;
    return this.#without(work, failureCodeOf(error).code, failureCodeOf(error));
  }

  async #outage(work: Case, failure: ModelFailure): Promise<Generated> {
    if (this.parts.settings.onOutage === 'PAUSE' && work.met === undefined)
      return { status: 'unavailable', reason: outageTold(failure).text };
    return this.#without(work, failure.kind === 'REFUSED' || failure.kind === 'UNFIT' ? 'GENERATOR_REFUSED' : 'GENERATOR_UNAVAILABLE');
  }

  /** Ends without the model: by the rules, or as the failure where there is one and the rules are not to stand in for it. */
  async #without(
    work: Case,
    reason: FallbackReason,
    failure?: Pick<Extract<Generated, { status: 'failed' }>, 'code' | 'retryable'>,
  ): Promise<Generated> {
    const { account, provenance } = work;
    const { meter, settings } = this.parts;
    meter.used(account.tokensIn, account.tokensOut);
    if (failure !== undefined && settings.fallback === 'NONE') {
      return { status: 'failed', ...failure, attempts: Math.max(1, account.attempts), trace: provenance.trace() };
    }
    return standIn(this.parts, work.inputs, work.program, { signal: work.signal, runId: account.runId, reason, provenance });
  }
}

/** Nothing that a model or another try could mend. */
const UNSAID: Generated = { status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, attempts: 1, trace: { violations: ['UNSAID_WARNING'] } }; // prettier-ignore

/** How much of a refused answer is shown to the model again, in characters. */
const MAX_ECHO = 4_000;
