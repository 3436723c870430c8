import type { Config } from '../config/config.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { Explainer } from '../domain/advice/points/explain.js';
import type { Tongue } from '../domain/advice/points/tell.js';
import { lackingFor, signedCatalogue, signedVocabulary } from '../domain/advice/review.js';
import type { Vocabulary } from '../domain/advice/points/vocabulary.js';
import { PROGRAMS, type ProgramName } from '../domain/program.js';
import { withoutRecalled, type RecallState } from '../domain/recall/recalled-words.js';
import type { StandingSignature } from '../domain/signing/signature.js';
import { loadCatalogue, loadSources } from './catalogue/catalogue-file.js';
import { loadPoints } from './points/points-file.js';
import { PAUSES } from '../domain/run/pause-words.js';
import { signedBy } from './signable-rows.js';

/** What advice is made of in this process: dishes and sentences, all of them or those that are signed. */
export interface AdviceWords {
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  /** Explains what was said, whether or not it is signed. */
  readonly explainer: Explainer;
  /** All that there is to be signed: the explainer’s, or where another folder has the vocabulary, that one’s. */
  readonly signable: Explainer;
  /** Whether advice is made of what is signed alone. */
  readonly onlySigned: boolean;
  /** With signed words alone: why a program cannot be served, in a sentence for an operator, by its name. Empty otherwise. */
  readonly refusals: ReadonlyMap<ProgramName, string>;
}

type Wanted = Pick<Config, 'ADVICE_LANGUAGE' | 'ADVICE_ONLY_REVIEWED'>;

/** A cache. The files do not change while a process runs: who asks again, as doctor and readiness do, is given what was read. */
const read = new Map<string, AdviceWords>();

/** The project's dishes, sentences and sources, read once a process: with signed words alone, those that are signed in their files. @throws Error that names the file and the row at fault */
export function loadAdviceWords(wanted: Wanted): AdviceWords {
  const key = `${wanted.ADVICE_LANGUAGE} ${wanted.ADVICE_ONLY_REVIEWED}`;
  const words = read.get(key) ?? readAdviceWords(wanted);
  read.set(key, words);
  return words;
}

function readAdviceWords({ ADVICE_LANGUAGE: language, ADVICE_ONLY_REVIEWED: onlyReviewed }: Wanted): AdviceWords {
  const [catalogue, sources] = [loadCatalogue(), loadSources()];
  const vocabulary = loadPoints(sources);
  const explainer = { vocabulary, catalogue, sources };
  const tongue = { vocabulary, language };
  return signedWords({ catalogue, tongue, explainer, signable: explainer, onlySigned: onlyReviewed === 'true', refusals: new Map() }, []);
}

/** What is signed of the words, in their files or by these signatures; all of them where advice is made of all. */
export function signedWords(words: AdviceWords, signatures: readonly StandingSignature[]): AdviceWords {
  const { signable, tongue, onlySigned } = words;
  if (!onlySigned) return words;
  const signed = signedBy(signable, signatures);
  const catalogue = signedCatalogue(signable.catalogue, signed);
  const vocabulary = signedVocabulary(signable.vocabulary, tongue.language, signed);
  return { ...words, catalogue, tongue: { ...tongue, vocabulary }, refusals: refusalsFor(catalogue, vocabulary) };
}

function refusalsFor(catalogue: Catalogue, vocabulary: Vocabulary): AdviceWords['refusals'] {
  const refused = PROGRAMS.flatMap((name) => {
    const lacking = lackingFor(name, catalogue, vocabulary);
    return lacking.length === 0 ? [] : [[name, refusal(name, lacking)] as const];
  });
  return new Map(refused);
}

/** The same with the vocabulary of a folder. @throws Error that names the file and the point at fault */
export function wordsWithPoints(words: AdviceWords, folder: string): AdviceWords {
  const vocabulary = loadPoints(loadSources(), folder);
  return signedWords({ ...words, tongue: { ...words.tongue, vocabulary }, signable: { ...words.signable, vocabulary } }, []);
}

/** What advice is made of in a state: without what is recalled, and where it is made of what is signed alone, with that alone. What explains advice stays as it is. */
export function wordsIn(state: RecallState, all: AdviceWords): AdviceWords {
  const words = state.signatures === undefined ? all : signedWords(all, state.signatures);
  const { catalogue, vocabulary } = withoutRecalled(
    { catalogue: words.catalogue, vocabulary: words.tongue.vocabulary },
    state,
    words.tongue.language,
  );
  const refusals = words.onlySigned ? refusalsFor(catalogue, vocabulary) : words.refusals;
  return { ...words, catalogue, tongue: { ...words.tongue, vocabulary }, refusals };
}

/** Short, since a run's event holds it. */
function refusal(program: ProgramName, lacking: readonly string[]): string {
  const named = { lacking: lacking.slice(0, 2), program };
  return (
    lacking.length > 2 ? PAUSES.tell('NONE_SIGNED_AND_MORE', { ...named, more: lacking.length - 2 }) : PAUSES.tell('NONE_SIGNED', named)
  ).text;
}
