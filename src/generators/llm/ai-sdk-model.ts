import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, NoObjectGeneratedError, Output, type LanguageModel, type LanguageModelUsage } from 'ai';
import { ANSWER } from './answer.js';
import { boundedFetch } from './bounded-fetch.js';
import { failureOf, ModelFailure } from './model-failure.js';
import type { Model, Question, Reply } from './model.js';
import { CALL, type LlmSettings } from './settings.js';

// The library's warnings go to the console and quote settings; ours go through the log, as codes.
(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;

/**
 * A model behind any OpenAI-compatible endpoint, through the AI SDK. Retries, waits and limits are not its business: each is a request that the
 * cluster's rate and the run's budget must know of.
 */
export class AiSdkModel implements Model {
  readonly name: string;
  readonly #structuring: LanguageModel;
  readonly #plain: LanguageModel;
  readonly #output = Output.object({ schema: ANSWER, name: 'advice' });
  #structured: boolean;

  constructor(private readonly settings: Pick<LlmSettings, 'baseUrl' | 'model' | 'apiKey' | 'structured'>) {
    const { baseUrl, model, apiKey, structured } = settings;
    this.name = model;
    this.#structured = structured !== 'off';
    const shared = { name: 'endpoint', baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }), fetch: boundedFetch };
    this.#structuring = createOpenAICompatible({ ...shared, supportsStructuredOutputs: true }).chatModel(model);
    this.#plain = createOpenAICompatible(shared).chatModel(model);
  }

  async ask(question: Question, signal: AbortSignal): Promise<Reply> {
    const structured = this.#structured;
    try {
      return await this.#generate(question, structured, signal);
    } catch (error) {
      if (!(error instanceof ModelFailure && error.kind === 'BAD_REQUEST' && structured && this.settings.structured === 'auto'))
        throw error;
    }
    // Perhaps it does not know `response_format`. If it takes the same question without, it is not asked with it again.
    const reply = await this.#generate(question, false, signal);
    this.#structured = false;
    return reply;
  }

  async ping(signal: AbortSignal): Promise<void> {
    const options = { model: this.#plain, messages: [{ role: 'user' as const, content: 'OK?' }], maxOutputTokens: 1, maxRetries: 0 };
    await translated(() => generateText({ ...options, abortSignal: signal }), signal);
  }

  async #generate({ system, messages, seed }: Question, structured: boolean, signal: AbortSignal): Promise<Reply> {
    const call = { instructions: system, messages: messages.map(({ role, content }) => ({ role, content })), seed, ...CALL };
    const options = { ...call, maxRetries: 0, abortSignal: signal };
    return translated(async () => {
      if (!structured) return replyOf(await generateText({ ...options, model: this.#plain }));
      return replyOf(await generateText({ ...options, model: this.#structuring, output: this.#output }));
    }, signal);
  }
}

function replyOf({ text, usage }: { readonly text: string; readonly usage: LanguageModelUsage }): Reply {
  return { text, tokensIn: usage.inputTokens ?? null, tokensOut: usage.outputTokens ?? null };
}

/** Does a call and turns what the library throws into a ModelFailure; an answer that is not the object asked for is an answer all the same. */
async function translated<T extends Reply | object>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (NoObjectGeneratedError.isInstance(error) && error.usage !== undefined) {
      return replyOf({ text: error.text ?? '', usage: error.usage }) as T;
    }
    throw signal.aborted ? new ModelFailure('TIMEOUT') : translation(error);
  }
}

function translation(error: unknown): ModelFailure {
  if (!APICallError.isInstance(error)) return new ModelFailure('CUT_OFF'); // no choices, an empty message
  if (error.statusCode === undefined) return new ModelFailure('OVERLOADED'); // no connection
  const { error: told } = (error.data ?? {}) as { error?: { code?: unknown; type?: unknown } };
  const code = [told?.code, told?.type].filter((word) => typeof word === 'string').join(' ');
  return failureOf({ status: error.statusCode, headers: error.responseHeaders ?? {}, code }, new Date());
}
