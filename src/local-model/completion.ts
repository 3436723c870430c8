import type { Behaviour } from './behaviour.js';
import type { ChatRequest } from './chat-request.js';
import { soundAnswer } from './sound-answer.js';
import { countTokens, type Tokenizer } from './tokenizer.js';

/** A request with its tokens, and those of its beginning that the endpoint had kept. */
export type ReadChat = ChatRequest & { readonly tokensIn: number; readonly cachedTokens: number; readonly tokenizer: Tokenizer };

/** An answer of HTTP, and what it is charged with. */
export interface ChatAnswer {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string;
  /** Absent for a refusal, which costs nothing. */
  readonly tokens?: TakenTokens;
}

/** Tokens of a completion. */
export interface TakenTokens {
  readonly tokensIn: number;
  readonly cachedIn: number;
  readonly tokensOut: number;
}

/** What a question is answered with; undefined where a connection is to be treated badly instead. */
export function chatAnswer(behaviour: Behaviour, chat: ReadChat): ChatAnswer | undefined {
  switch (behaviour.kind) {
    case 'sound':
      return completion(chat, JSON.stringify(soundAnswer(chat)));
    case 'answer':
      return completion(chat, JSON.stringify(behaviour.change(soundAnswer(chat))));
    case 'wrapped':
      return completion(chat, behaviour.wrap(JSON.stringify(soundAnswer(chat))));
    case 'text':
      return completion(chat, behaviour.text);
    case 'error':
      return refusal(behaviour);
    case 'thinking':
      return completion(chat, '', { reasoning: 'x'.repeat(400), finish: 'length' });
    case 'usage':
      return completion(chat, JSON.stringify(soundAnswer(chat)), { usage: behaviour.usage });
    case 'refusing':
      return refusedParameters(behaviour, chat) ?? completion(chat, JSON.stringify(soundAnswer(chat)));
    default:
      return undefined;
  }
}

/** A refusal in OpenAI's words. */
export function refusal({ status, under = status, code, retryAfter, message }: Extract<Behaviour, { kind: 'error' }>): ChatAnswer {
  const error = { message: message ?? 'refused as told', type: code ?? 'server_error', param: null, code: code ?? null };
  return { status: under, body: JSON.stringify({ error }), ...(retryAfter !== undefined && { retryAfter }) };
}

function refusedParameters({ parameters, named }: Extract<Behaviour, { kind: 'refusing' }>, chat: ReadChat): ChatAnswer | undefined {
  const refused = parameters.find((parameter) => chat[parameter] !== undefined);
  if (refused === undefined) return undefined;
  const message = named ? `Unsupported parameter: '${refused}' is not supported with this model.` : 'Bad request.';
  return refusal({ kind: 'error', status: 400, ...(named && { code: 'unsupported_parameter' }), message });
}

/** What a completion may say besides the answer. */
interface CompletionOptions {
  readonly reasoning?: string;
  readonly finish?: 'stop' | 'length';
  /** JSON in place of the true figures; none for an empty text. */
  readonly usage?: string;
}

function completion(
  { model, tokensIn, cachedTokens, tokenizer }: ReadChat,
  content: string,
  { reasoning, finish = 'stop', usage }: CompletionOptions = {},
): ChatAnswer {
  const message = { role: 'assistant', content, refusal: null, ...(reasoning !== undefined && { reasoning_content: reasoning }) };
  const said = {
    id: 'chatcmpl-local',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
  };
  const tokensOut = countTokens(tokenizer, content + (reasoning ?? ''));
  const figures =
    usage ??
    JSON.stringify({
      prompt_tokens: tokensIn,
      completion_tokens: tokensOut,
      total_tokens: tokensIn + tokensOut,
      prompt_tokens_details: { cached_tokens: cachedTokens },
    });
  const text = JSON.stringify(said);
  const body = figures === '' ? text : `${text.slice(0, -1)},"usage":${figures}}`;
  return { status: 200, body, tokens: { tokensIn, cachedIn: cachedTokens, tokensOut } };
}
