import { RESPONSE_FORMAT } from './answer.js';
import { boundedPost, NoAnswer, type HttpAnswer } from '../../base/bounded-post.js';
import { limitOf, type CallForm } from './call-form.js';
import { believedWithout } from './call-usage.js';
import { readChatAnswer } from './chat-answer.js';
import { ModelFailure } from './model-failure.js';
import { bytesOf, type Model, type Question, type Reply } from './model.js';
import { TEMPERATURE, type LlmSettings } from './settings.js';

/** What the model needs of the configuration. */
export type EndpointSettings = Pick<LlmSettings, 'baseUrl' | 'model' | 'apiKey' | 'maxOutputTokens'>;

/**
 * A model behind any OpenAI-compatible endpoint (chat completions). Retries, waits and limits are not its business: each is a request that the
 * cluster's rate and the run's budget must know of.
 */
export class EndpointModel implements Model {
  readonly name: string;
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(private readonly settings: EndpointSettings) {
    const { baseUrl, model, apiKey } = settings;
    this.name = model;
    this.#url = new URL(`${baseUrl}/chat/completions`);
    this.#headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    };
  }

  async ask(question: Question, form: CallForm, signal: AbortSignal): Promise<Reply> {
    const began = performance.now();
    const answer = await this.#post(JSON.stringify(this.bodyOf(question, form)), signal);
    const limit = limitOf(form, this.settings) ?? believedWithout(this.settings.maxOutputTokens, performance.now() - began);
    try {
      return readChatAnswer(answer, { sentBytes: bytesOf(question), limit }, new Date());
    } catch (error) {
      // Whatever an answer does to its reader, it is the endpoint's failure: no patient is to fail for it as for a bug of ours.
      throw error instanceof ModelFailure ? error : new ModelFailure('BAD_REQUEST', { status: answer.status });
    }
  }

  async #post(body: string, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await boundedPost(this.#url, { headers: this.#headers, body, signal });
    } catch (error) {
      if (signal.aborted) throw new ModelFailure('TIMEOUT');
      if (error instanceof NoAnswer) throw new ModelFailure(FAILURES[error.kind], { reason: error.code });
      throw error;
    }
  }

  /** The body of a request, for any way of sending it. */
  bodyOf({ system, messages, seed }: Question, form: CallForm): object {
    return {
      model: this.settings.model,
      messages: [{ role: 'system', content: system }, ...messages.map(({ role, content }) => ({ role, content }))],
      ...(form.limit !== 'none' && { [form.limit]: this.settings.maxOutputTokens }),
      ...(form.temperature && { temperature: TEMPERATURE }),
      ...(form.seed && { seed }),
      ...(form.structured && { response_format: RESPONSE_FORMAT }),
    };
  }
}

const FAILURES = {
  NO_CONNECTION: 'OVERLOADED',
  CUT_OFF: 'CUT_OFF',
  // Whatever it is, it is no model: whether for all users, the next question shows.
  NOT_HTTP: 'BAD_REQUEST',
} as const;
