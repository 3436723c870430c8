import type { AdviceLanguage } from '../domain/advice/language.js';
import { LANGUAGES } from '../domain/said.js';
import type { RequestRecall } from '../domain/recall/decide-recall.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import type { RecallSubjectInput } from '../schema/recall-type.js';
import { BAD_INPUTS } from './bad-input-words.js';
import { badInput } from './bad-input.js';

/** What a client wants recalled, as an order. @param language that of the service @throws BAD_USER_INPUT unless it names one thing */
export function recallOrderOf(input: RecallSubjectInput, language: AdviceLanguage): RequestRecall {
  return { cause: causeOf(input, language), ...(input.since !== undefined && { since: input.since }) };
}

function causeOf({ dish, point, wording, promptVersion, language }: RecallSubjectInput, spoken: AdviceLanguage): RecallCause {
  const named = [dish, point, promptVersion].filter((each) => each !== undefined).length;
  if (named !== 1 || (wording !== undefined && point === undefined)) throw badInput('input', BAD_INPUTS.tell('RECALL_WHAT'));
  if (language !== undefined && !LANGUAGES.includes(language))
    throw badInput('input', BAD_INPUTS.tell('WORDS', { field: 'language', words: [...LANGUAGES] }));
  if (dish !== undefined) return { kind: 'DISH', dish };
  if (promptVersion !== undefined) return { kind: 'PROMPT', promptVersion };
  const id = point ?? '';
  return wording === undefined ? { kind: 'POINT', point: id } : { kind: 'WORDING', point: id, language: language ?? spoken, wording };
}
