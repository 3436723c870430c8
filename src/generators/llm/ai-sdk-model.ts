import type * as AiSdk from 'ai';
import type { LanguageModel, LanguageModelUsage } from 'ai';
import { ANSWER } from './answer.js';
import { boundedFetch } from './bounded-fetch.js';
import { failureOf, ModelFailure } from './model-failure.js';
import type { Model, Question, Reply } from './model.js';
import { CALL, type LlmSettings } from './settings.js';

type Sdk = typeof AiSdk;

/** The library and the endpoint as it knows it: with structured output, and without. */
interface Endpoint {
  readonly sdk: Sdk;
  readonly structuring: LanguageModel;
  readonly plain: LanguageModel;
  readonly output: ReturnType<typeof outputOf>;
}

/**
 * A model behind any OpenAI-compatible endpoint, through the AI SDK. Retries, waits and limits are not its business: each is a request that the
 * cluster's rate and the run's budget must know of.
 */
export class AiSdkModel implements Model {
  readonly name: string;
  #structured: boolean;
  #endpoint: Promise<Endpoint> | undefined;

  constructor(private readonly settings: Pick<LlmSettings, 'baseUrl' | 'model' | 'apiKey' | 'structured'>) {
    this.name = settings.model;
    this.#structured = settings.structured !== 'off';
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
    const { sdk, plain } = await this.#open();
    const messages = [{ role: 'user' as const, content: 'OK?' }];
    await translated(
      sdk,
      () => sdk.generateText({ model: plain, messages, maxOutputTokens: 1, maxRetries: 0, abortSignal: signal }),
      signal,
    );
  }

  async #generate({ system, messages, seed }: Question, structured: boolean, signal: AbortSignal): Promise<Reply> {
    const { sdk, structuring, plain, output } = await this.#open();
    const call = { instructions: system, messages: messages.map(({ role, content }) => ({ role, content })), seed, ...CALL };
    const options = { ...call, maxRetries: 0, abortSignal: signal };
    const ask = async (): Promise<Reply> =>
      replyOf(
        await (structured ? sdk.generateText({ ...options, model: structuring, output }) : sdk.generateText({ ...options, model: plain })),
      );
    return translated(sdk, ask, signal);
  }

  #open(): Promise<Endpoint> {
    return (this.#endpoint ??= openEndpoint(this.settings));
  }
}

/** Loads the library when somebody asks: it takes 200 ms, and most processes never do. */
async function openEndpoint({ baseUrl, model, apiKey }: Pick<LlmSettings, 'baseUrl' | 'model' | 'apiKey'>): Promise<Endpoint> {
  // The library's warnings go to the console and quote settings; ours go through the log, as codes.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const [sdk, { createOpenAICompatible }] = await Promise.all([import('ai'), import('@ai-sdk/openai-compatible')]);
  const shared = { name: 'endpoint', baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }), fetch: boundedFetch };
  return {
    sdk,
    structuring: createOpenAICompatible({ ...shared, supportsStructuredOutputs: true }).chatModel(model),
    plain: createOpenAICompatible(shared).chatModel(model),
    output: outputOf(sdk),
  };
}

function outputOf({ Output }: Sdk) {
  return Output.object({ schema: ANSWER, name: 'advice' });
}

function replyOf({ text, usage }: { readonly text: string; readonly usage: LanguageModelUsage }): Reply {
  return { text, tokensIn: usage.inputTokens ?? null, tokensOut: usage.outputTokens ?? null };
}

/** Does a call and turns what the library throws into a ModelFailure; an answer that is not the object asked for is an answer all the same. */
async function translated<T extends Reply | object>(sdk: Sdk, call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (sdk.NoObjectGeneratedError.isInstance(error) && error.usage !== undefined) {
      return replyOf({ text: error.text ?? '', usage: error.usage }) as T;
    }
    throw signal.aborted ? new ModelFailure('TIMEOUT') : translation(sdk, error);
  }
}

function translation({ APICallError }: Sdk, error: unknown): ModelFailure {
  if (!APICallError.isInstance(error)) return new ModelFailure('CUT_OFF'); // no choices, an empty message
  if (error.statusCode === undefined) return new ModelFailure('OVERLOADED'); // no connection
  const { error: told } = (error.data ?? {}) as { error?: { code?: unknown; type?: unknown } };
  const code = [told?.code, told?.type].filter((word) => typeof word === 'string').join(' ');
  return failureOf({ status: error.statusCode, headers: error.responseHeaders ?? {}, code }, new Date());
}
