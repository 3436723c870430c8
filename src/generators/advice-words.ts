import type { Config } from '../config.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { Explainer } from '../domain/advice/points/explain.js';
import type { Tongue } from '../domain/advice/points/tell.js';
import { lackingFor, reviewOf, signedCatalogue, type Review } from '../domain/advice/review.js';
import type { Vocabulary } from '../domain/advice/points/vocabulary.js';
import { PROGRAMS, type ProgramName } from '../domain/program.js';
import { withoutRecalled, type RecallState } from '../domain/recall/recalled-words.js';
import { loadCatalogue, loadSources } from './catalogue/catalogue-file.js';
import { loadPoints } from './points/points-file.js';
import { PAUSES } from '../domain/run/pause-words.js';

/** What advice is made of in this process: dishes and sentences, all of them or those that are signed. */
export interface AdviceWords {
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  /** Explains what was said, whether or not it is signed. */
  readonly explainer: Explainer;
  /** How much of all that there is is signed. */
  readonly review: Review;
  /** With signed words alone: why a program cannot be served, in a sentence for an operator, by its name. Empty otherwise. */
  readonly refusals: ReadonlyMap<ProgramName, string>;
}

type Wanted = Pick<Config, 'ADVICE_LANGUAGE' | 'ADVICE_ONLY_REVIEWED'>;

/** The files do not change while a process runs: who asks again, as doctor and readiness do, is given what was read. */
const read = new Map<string, AdviceWords>();

/** The project's dishes, sentences and sources, read once a process. @throws Error that names the file and the row at fault */
export function loadAdviceWords(wanted: Wanted): AdviceWords {
  const key = `${wanted.ADVICE_LANGUAGE} ${wanted.ADVICE_ONLY_REVIEWED}`;
  const words = read.get(key) ?? readAdviceWords(wanted);
  read.set(key, words);
  return words;
}

function readAdviceWords({ ADVICE_LANGUAGE: language, ADVICE_ONLY_REVIEWED: onlyReviewed }: Wanted): AdviceWords {
  const [all, sources] = [loadCatalogue(), loadSources()];
  const vocabulary = loadPoints(sources);
  const shared = { explainer: { vocabulary, catalogue: all, sources }, review: reviewOf(all, vocabulary) };
  if (onlyReviewed === 'false') return { ...shared, catalogue: all, tongue: { vocabulary, language }, refusals: new Map() };
  const [catalogue, signed] = [signedCatalogue(all), vocabulary.onlyReviewed()];
  return { ...shared, catalogue, tongue: { vocabulary: signed, language }, refusals: refusalsFor(catalogue, signed) };
}

function refusalsFor(catalogue: Catalogue, vocabulary: Vocabulary): AdviceWords['refusals'] {
  const refused = PROGRAMS.flatMap((name) => {
    const lacking = lackingFor(name, catalogue, vocabulary);
    return lacking.length === 0 ? [] : [[name, refusal(name, lacking)] as const];
  });
  return new Map(refused);
}

/** The same with the vocabulary of a folder. @throws Error that names the file and the point at fault */
export function wordsWithPoints(words: AdviceWords, folder: string, { ADVICE_ONLY_REVIEWED: onlyReviewed }: Wanted): AdviceWords {
  const all = loadPoints(loadSources(), folder);
  const vocabulary = onlyReviewed === 'true' ? all.onlyReviewed() : all;
  const refusals = onlyReviewed === 'true' ? refusalsFor(words.catalogue, vocabulary) : words.refusals;
  return { ...words, tongue: { ...words.tongue, vocabulary }, refusals };
}

/** What advice is made of without what is recalled. What explains advice, and what is signed, stay as they are. */
export function wordsWithoutRecalled(words: AdviceWords, state: RecallState): AdviceWords {
  const { catalogue, vocabulary } = withoutRecalled({ catalogue: words.catalogue, vocabulary: words.tongue.vocabulary }, state);
  const refusals = words.refusals.size === 0 ? words.refusals : refusalsFor(catalogue, vocabulary);
  return { ...words, catalogue, tongue: { ...words.tongue, vocabulary }, refusals };
}

/** Short, since a run's event holds it. */
function refusal(program: ProgramName, lacking: readonly string[]): string {
  const named = { lacking: lacking.slice(0, 2), program };
  return (
    lacking.length > 2 ? PAUSES.tell('NONE_SIGNED_AND_MORE', { ...named, more: lacking.length - 2 }) : PAUSES.tell('NONE_SIGNED', named)
  ).text;
}
