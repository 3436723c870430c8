import { fieldOf, usageOf, type CallSize } from './call-usage.js';
import { parametersIn } from './call-form.js';
import { failureOf, ModelFailure } from './model-failure.js';
import type { HttpAnswer } from '../../base/bounded-post.js';
import { foreignJson } from '../../base/foreign-json.js';
import type { Reply } from './model.js';

/** What was sent, as far as it decides what can be believed of the answer. */
export type Sent = Pick<CallSize, 'sentBytes' | 'limit'>;

/**
 * The one place where what an endpoint answers becomes a value: the text, and figures that fit it. Everything else becomes a failure of codes alone,
 * whatever it is: an error under 200, a page of HTML, a redirect. @throws ModelFailure
 */
export function readChatAnswer(answer: HttpAnswer, sent: Sent, now: Date): Reply {
  const json = parsed(answer.body);
  const told = fieldOf(json, 'error');
  if (answer.status < 200 || answer.status > 299 || (told !== undefined && told !== null)) throw toldRefusal(answer, told, now);
  const choices = fieldOf(json, 'choices');
  const message = fieldOf(Array.isArray(choices) ? choices[0] : undefined, 'message');
  const text = textOf(fieldOf(message, 'content'));
  const thought = textOf(fieldOf(message, 'reasoning_content')) + textOf(fieldOf(message, 'reasoning'));
  const writtenBytes = Buffer.byteLength(text) + Buffer.byteLength(thought);
  const usage = usageOf(fieldOf(json, 'usage'), { ...sent, writtenBytes, isAnswered: text.trim() !== '' });
  // Without a choice there is no answer. What it took is charged all the same, where that is told.
  if (message === undefined && usage.estimated !== undefined) throw strangeAnswer(answer.body, json);
  return { text, usage };
}

/** JSON that a body holds; undefined for any other. */
function parsed(body: string): unknown {
  try {
    return foreignJson(body);
  } catch {
    return undefined; // the parser's message quotes the body
  }
}

/** Words of a message: a text, or a list of parts with texts in it. Anything else has none. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof fieldOf(part, 'text') === 'string' ? (fieldOf(part, 'text') as string) : '')).join('');
}

/** A refusal that an answer tells of, be it in its status or in its error alone: then it has no status, or the one that the error names. */
export function toldRefusal({ status, headers, body }: HttpAnswer, told: unknown, now: Date): ModelFailure {
  // Texts and figures alone: an object would be asked for its own way of becoming a number.
  const words = [fieldOf(told, 'code'), fieldOf(told, 'type')].filter((word) => typeof word === 'string' || typeof word === 'number');
  const code = words.join(' ');
  // Some gateways answer 200 and put the status into the error.
  const within = words.map(Number).find((word) => Number.isInteger(word) && word >= 400 && word <= 599);
  return failureOf({ status: status < 300 ? (within ?? status) : status, headers, code, refused: parametersIn(body) }, now);
}

/** A body that begins as JSON does and is none broke off; any other was never an answer of a model. */
function strangeAnswer(body: string, json: unknown): ModelFailure {
  const brokeOff = json === undefined && (body.trim() === '' || body.trimStart().startsWith('{'));
  return new ModelFailure(brokeOff ? 'CUT_OFF' : 'BAD_REQUEST', { status: 200 });
}
