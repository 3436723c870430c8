import { randomUUID } from 'node:crypto';
import type { AskedLine, BatchAnswers, BatchRead, BatchSending, Generator, ModelBatches, StoredBatch } from '../../../application/ports.js';
import { hasNoMenu } from '../../../domain/advice/foods-of-age.js';
import type { FoodBook, PatientInputs } from '../../../domain/advice/patient-inputs.js';
import { invalidField } from '../../../domain/advice/rule-engine.js';
import type { Program } from '../../../domain/program.js';
import { WRITTEN_PROGRAMS } from '../../../domain/programs/written-programs.js';
import { priceTimes, reserveOf } from '../account.js';
import { limitOf, type LearntForm } from '../call-form.js';
import { mostOf } from '../call-usage.js';
import type { DailyPrompts } from '../daily-prompt.js';
import type { EndpointModel } from '../endpoint-model.js';
import { failureIn, type ModelFailure } from '../model-failure.js';
import { bytesOf, type Question } from '../model.js';
import type { LlmSettings } from '../settings.js';
import type { BatchEndpoint } from './batch-endpoint.js';
import { askingLine } from './batch-lines.js';
import { cleanUpBatch, knownBatch } from './clean-up-batch.js';
import { type BatchAnswer, readBatch } from './read-batch.js';
import { providerIdOf, type ProviderBatch, type ProviderId } from './provider-batch.js';

/** What asking by batches is made of. */
export interface EndpointBatchesParts {
  readonly endpoint: BatchEndpoint;
  readonly model: Pick<EndpointModel, 'bodyOf'>;
  readonly prompts: DailyPrompts;
  readonly forms: LearntForm;
  readonly book: () => FoodBook;
  /** Patients for which nothing is asked (`LlmParts.hasUnsaid`). */
  readonly hasUnsaid: (inputs: PatientInputs) => boolean;
  readonly settings: LlmSettings;
  /** The generator with answers, by user. */
  readonly answered: (answers: ReadonlyMap<number, BatchAnswer>) => Generator;
}

/** ms of a call before there is experience. */
const CALL_MS = 3_000;

/** Questions of a chunk as one batch at the provider, and its answers as figures that can be believed. */
export class EndpointBatches implements ModelBatches {
  readonly pollMs: number;
  readonly windowMs: number;
  readonly cancelMs: number;
  readonly vainSearches: number;
  readonly budgetMicros: number | undefined;
  readonly #price: LlmSettings['price'];

  constructor(private readonly parts: EndpointBatchesParts) {
    const { batch, price, runBudgetMicros } = parts.settings;
    ({ pollMs: this.pollMs, windowMs: this.windowMs, cancelMs: this.cancelMs } = batch);
    this.vainSearches = 1 + Math.max(1, Math.ceil(parts.endpoint.onItsWayMs / this.pollMs));
    this.budgetMicros = runBudgetMicros;
    this.#price = priceTimes(price, batch.priceFactor);
  }

  asks({ name }: Program): boolean {
    return WRITTEN_PROGRAMS.has(name);
  }

  callsMs(users: number): number {
    return (users / this.parts.settings.concurrency) * CALL_MS;
  }

  questions(patients: readonly PatientInputs[]): readonly AskedLine[] {
    const { prompts, forms, model, settings } = this.parts;
    const book = this.parts.book();
    const form = forms.current;
    const limit = limitOf(form, settings);
    return patients
      .filter((inputs) => invalidField(inputs) === null && !hasNoMenu(inputs.profile) && !this.parts.hasUnsaid(inputs))
      .map((inputs) => {
        const { system, user, seed, inputsHash } = prompts.of(inputs, book);
        const question: Question = { system, messages: [{ role: 'user', content: user }], seed };
        const [customId, sentBytes] = [randomUUID(), bytesOf(question)];
        const reservedMicros = reserveOf(this.#price, mostOf({ sentBytes, limit }));
        return {
          customId,
          userId: inputs.userId,
          inputsHash,
          sentBytes,
          reservedMicros,
          ...(limit === undefined && { isUnlimited: true as const }),
          text: askingLine(customId, model.bodyOf(question, form)),
        };
      });
  }

  async send(key: string, lines: readonly AskedLine[], signal: AbortSignal): Promise<BatchSending> {
    const { endpoint } = this.parts;
    let inputFile: ProviderId;
    try {
      inputFile = await endpoint.upload(key, lines.map(({ text }) => text), signal); // prettier-ignore
    } catch (error) {
      return { status: failureIn(error).passes ? 'NOT_SENT' : 'REFUSED' };
    }
    try {
      if (signal.aborted) return await this.#notSent('NOT_SENT', inputFile); // a process that woke up late orders nothing any more
      const { id } = await endpoint.create(key, inputFile, signal);
      return { status: 'SENT', providerId: id };
    } catch (error) {
      const status = afterOrder(failureIn(error));
      return status === 'UNKNOWN' ? { status } : await this.#notSent(status, inputFile);
    }
  }

  /** Deletes the file of an order that was not taken: where files cannot be listed, this is the last time that it is known. */
  async #notSent(status: 'NOT_SENT' | 'REFUSED', inputFile: ProviderId): Promise<BatchSending> {
    await this.parts.endpoint.remove(inputFile).catch(failureIn);
    return { status };
  }

  async search(key: string, signal: AbortSignal, within: AbortSignal): ReturnType<ModelBatches['search']> {
    try {
      const found = await this.parts.endpoint.withKey(key, AbortSignal.any([signal, within]));
      if (found === undefined) return { status: 'CANNOT_LIST' };
      const [first] = found;
      return first === undefined ? { status: 'NONE' } : { status: 'FOUND', providerId: first.id };
    } catch (error) {
      return failureIn(error).passes ? { status: 'AWAY' } : { status: 'CANNOT_LIST' };
    }
  }

  async look(stored: StoredBatch, signal: AbortSignal, within: AbortSignal): ReturnType<ModelBatches['look']> {
    const { endpoint } = this.parts;
    try {
      const either = AbortSignal.any([signal, within]);
      // One of several servers may not know it yet, or no more: given up for that, its lines would be paid for twice. Their list decides.
      const batch = (await knownBatch(stored, endpoint, either)) ?? (await endpoint.withKey(stored.key, either))?.[0];
      if (batch === undefined) return { status: 'GONE' };
      if (batch.state !== 'ENDED') return { status: batch.state };
      return await this.#ended(stored, batch, signal);
    } catch (error) {
      failureIn(error);
      return { status: 'AWAY' };
    }
  }

  /** A file that leads elsewhere, is refused or is longer than any is not given out at the next look either: the night does not wait for it. */
  async #ended(stored: StoredBatch, batch: ProviderBatch, signal: AbortSignal): ReturnType<ModelBatches['look']> {
    try {
      return { status: 'ENDED', ...(await this.#read(stored, batch, signal)) };
    } catch (error) {
      if (failureIn(error).passes) throw error;
      return { status: 'UNREADABLE' };
    }
  }

  async cancel(providerId: string): Promise<void> {
    const id = providerIdOf(providerId);
    if (id !== undefined) await this.parts.endpoint.cancel(id).catch((error: unknown) => failureIn(error));
  }

  cleanUp(stored: StoredBatch): ReturnType<ModelBatches['cleanUp']> {
    return cleanUpBatch(stored, { endpoint: this.parts.endpoint, read: (batch) => this.#read(stored, batch) });
  }

  answered(answers: BatchAnswers): Generator {
    return this.parts.answered(answers as ReadonlyMap<number, BatchAnswer>);
  }

  #read(stored: StoredBatch, batch: ProviderBatch, signal?: AbortSignal): Promise<BatchRead> {
    const { endpoint, settings } = this.parts;
    return readBatch(stored, batch, { endpoint, price: this.#price, limit: settings.maxOutputTokens, signal });
  }
}

/** Of an order that was refused nothing was made. Of one that was not answered, not to be understood, or met something that passes (408, 409, 425), it is not known. */
function afterOrder({ status = 0, kind, passes }: ModelFailure): 'NOT_SENT' | 'REFUSED' | 'UNKNOWN' {
  if (kind === 'RATE_LIMITED') return 'NOT_SENT';
  return !passes && status >= 400 && status <= 499 ? 'REFUSED' : 'UNKNOWN';
}
