import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { Tongue } from '../src/domain/advice/points/tell.js';
import { RESPONSE_FORMAT } from '../src/generators/llm/answer.js';
import { DailyPrompts } from '../src/generators/llm/daily-prompt.js';
import { loadPrompt } from '../src/generators/llm/prompt-file.js';
import { soundAnswer } from '../src/local-model/sound-answer.js';
import type { EvalSet } from './patients.js';

/** Mean and most over patients, in tokens. */
export interface Spread {
  readonly mean: number;
  readonly most: number;
}

/** What a question to a model takes, by o200k, without what an endpoint's template adds. */
export interface QuestionTokens {
  /** The same for every patient: the schema of an answer, and the prompt's first part. */
  readonly prefix: number;
  /** A patient's own part. */
  readonly fresh: Spread;
  /** Fresh tokens, and a quarter of a prefix that endpoints keep. */
  readonly effective: Spread;
  /** A whole answer as the prompt asks for it, thoughts apart. */
  readonly out: Spread;
}

/** Providers keep a prefix from so many tokens on. */
const LEAST_KEPT = 1_024;
/** The share of its price that a kept prefix counts. */
const KEPT_SHARE = 1 / 4;

/** Measures the questions about the patients of a set: no model is asked. @throws Error when two patients are told of different first parts */
export function questionTokens({ patients, book }: EvalSet, catalogue: Catalogue, tongue: Tongue): QuestionTokens {
  const prompts = new DailyPrompts({ catalogue, tongue, prompt: loadPrompt(tongue.language) });
  const questions = patients.map(({ inputs }) => prompts.of(inputs, book));
  const [system = '', other] = new Set(questions.map((question) => question.system));
  if (other !== undefined) throw new Error('the first part of a prompt is the same for every patient, found two');
  const prefix = tokensOf(JSON.stringify(RESPONSE_FORMAT)) + tokensOf(system);
  const counted = prefix < LEAST_KEPT ? prefix : prefix * KEPT_SHARE;
  const fresh = questions.map(({ user }) => tokensOf(user));
  const out = questions.map(({ user, seed }) => {
    const messages = [{ role: 'system' as const, content: system }, { role: 'user' as const, content: user }]; // prettier-ignore
    return tokensOf(JSON.stringify(soundAnswer({ model: 'local', messages, seed })));
  });
  return { prefix, fresh: spreadOf(fresh), effective: spreadOf(fresh.map((tokens) => tokens + counted)), out: spreadOf(out) };
}

/** Tokens of a text by o200k. */
export function tokensOf(text: string): number {
  return encode(text).length;
}

function spreadOf(figures: readonly number[]): Spread {
  const sum = figures.reduce((total, figure) => total + figure, 0);
  return { mean: Math.round((sum / Math.max(1, figures.length)) * 10) / 10, most: Math.max(0, ...figures) };
}
