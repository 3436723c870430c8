import type { GenerationMeter } from '../generation-meter.js';
import { Account } from './account.js';
import { readAnswer } from './answer.js';
import { questionAboutNobody } from './assemble.js';
import { fullForm, LearntForm } from './call-form.js';
import { ModelCaller } from './model-caller.js';
import { Circuit, EndpointOutage } from './circuit.js';
import { DailyPrompts, type PromptParts } from './daily-prompt.js';
import { EndpointModel } from './endpoint-model.js';
import { ModelFailure } from './model-failure.js';
import type { Question } from './model.js';
import { PaidCalls, UNLIMITED } from './paid-calls.js';
import { FreePermits } from './permits.js';
import { Refusals } from './refusals.js';
import type { LlmSettings } from './settings.js';

/** What a question without a patient takes. */
export interface NobodyNeeds extends PromptParts {
  readonly settings: LlmSettings;
  readonly meter: GenerationMeter;
}

/** What came of a question without a patient. */
export type NobodyFinding =
  | { readonly status: 'ANSWERS' }
  /** It answers well and in time, and a run could make nothing of what it says. `wrong` is the place, and no word of the model's. */
  | { readonly status: 'UNREADABLE'; readonly wrong: string }
  /** Why a run could not work with it. */
  | { readonly status: 'FAILS'; readonly failure: ModelFailure };

/** Times that a model may say something: a run gives it a second chance as well. */
const CHANCES = 2;

/** Puts a question to the endpoint just as a run would, but about no patient, and reads the answer as a run would. */
export async function askAboutNobody(needs: NobodyNeeds): Promise<NobodyFinding> {
  const { settings } = needs;
  const question = questionAboutNobody(new DailyPrompts(needs));
  const caller = callerOf(needs, question);
  let wrong = '';
  try {
    for (let chance = 0; chance < CHANCES; chance += 1) {
      const { text } = await caller.ask(question, new Account('', settings), AbortSignal.timeout(settings.timeoutMs + 1_000));
      const answer = readAnswer(text);
      if (!('wrong' in answer)) return { status: 'ANSWERS' };
      wrong = answer.wrong;
    }
    return { status: 'UNREADABLE', wrong };
  } catch (error) {
    return { status: 'FAILS', failure: failureIn(error) };
  }
}

function callerOf({ settings, meter }: NobodyNeeds, question: Question): ModelCaller {
  const permits = new FreePermits();
  const calls = new PaidCalls({ model: new EndpointModel(settings), permits, spending: UNLIMITED, meter, settings });
  const forms = new LearntForm(fullForm(settings.structured));
  const mustStructure = settings.structured === 'on';
  const refusals = new Refusals({ calls, forms, ownQuestion: () => question, mustStructure, timeoutMs: settings.timeoutMs });
  const circuit = new Circuit({ away: () => undefined, back: () => undefined });
  return new ModelCaller({ calls, circuit, permits, forms, refusals });
}

function failureIn(error: unknown): ModelFailure {
  if (error instanceof EndpointOutage) return error.failure;
  if (!(error instanceof ModelFailure)) return new ModelFailure('TIMEOUT');
  return error.passes ? error : new ModelFailure('UNFIT', { status: error.status });
}
