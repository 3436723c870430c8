import type { GenerationMeter } from '../generation-meter.js';
import { Account } from './account.js';
import { questionAboutNobody } from './assemble.js';
import { fullForm, LearntForm } from './call-form.js';
import { Caller } from './caller.js';
import { Circuit, EndpointOutage } from './circuit.js';
import { DailyPrompts, type PromptParts } from './daily-prompt.js';
import { EndpointModel } from './endpoint-model.js';
import { ModelFailure } from './model-failure.js';
import { PaidCalls } from './paid-calls.js';
import { FreePermits } from './permits.js';
import { Refusals } from './refusals.js';
import type { LlmSettings } from './settings.js';
import { UNLIMITED } from './spending.js';

/** What a question about nobody takes. */
export interface NobodyNeeds extends PromptParts {
  readonly settings: LlmSettings;
  readonly meter: GenerationMeter;
}

/** Puts a question to the endpoint just as a run would, but about no patient. @returns why a run could not work with it; undefined when it could */
export async function askAboutNobody({ settings, meter, ...parts }: NobodyNeeds): Promise<ModelFailure | undefined> {
  const question = questionAboutNobody(new DailyPrompts(parts));
  const permits = new FreePermits();
  const calls = new PaidCalls({ model: new EndpointModel(settings), permits, spending: UNLIMITED, meter, settings });
  const forms = new LearntForm(fullForm(settings.structured));
  const mustStructure = settings.structured === 'on';
  const refusals = new Refusals({ calls, forms, ownQuestion: () => question, mustStructure, timeoutMs: settings.timeoutMs });
  const circuit = new Circuit({ away: () => undefined, back: () => undefined });
  const patience = AbortSignal.timeout(settings.timeoutMs + 1_000);
  try {
    await new Caller({ calls, circuit, permits, forms, refusals }).ask(question, new Account('', settings), patience);
    return undefined;
  } catch (error) {
    if (error instanceof EndpointOutage) return error.failure;
    return error instanceof ModelFailure ? new ModelFailure('UNFIT', { status: error.status }) : new ModelFailure('TIMEOUT');
  }
}
