import type { AdviceLanguage } from '../language.js';
import { mix } from '../seeded-random.js';
import type { ChosenPoint, Point } from './point.js';
import type { Scene } from './scene.js';
import { setArguments } from './truth.js';
import type { Vocabulary } from './vocabulary.js';
import { nameOf, written, type NamePart, type Wording, type WordingPart } from './wording.js';

/** Names that are kept with a wording; beyond that they are forgotten, so that no table of foods fills the memory. */
const MAX_NAMES = 1_000;

/**
 * The wordings of a vocabulary in one language, compiled to be said to every patient: the same texts as `say` makes. What is the same whenever it is said is put together once: which wording has the first turn, a sentence without names
 * and figures, a sentence about one name, a name with its particle.
 */
export class SpokenPoints {
  readonly #wordings: readonly (readonly Sentence[])[];
  /** By point: the places of the wordings that take turns, all but those that were recalled. */
  readonly #turns: readonly (readonly number[])[];
  /** By point: by how much its turn is ahead, below the number of its turns. */
  readonly #ahead: readonly number[];

  constructor(points: readonly Point[], language: AdviceLanguage) {
    this.#wordings = points.map(({ wordings }) => wordings[language].map((wording) => sentenceFrom(wording, language)));
    this.#turns = points.map(({ wordings, silent }) => [...wordings[language].keys()].filter((at) => silent?.[language].has(at) !== true));
    this.#ahead = this.#turns.map(({ length }, point) => (mix(point + 1) >>> 0) % length);
  }

  /** Which of a point's wordings has its turn: another one each day, begun at another one for each point. */
  turnOf(point: number, { turn }: Scene): number {
    const turns = this.#turns[point] as readonly number[];
    return turns[(turn + (this.#ahead[point] as number)) % turns.length] as number;
  }

  /** The sentence of a point whose arguments the scene holds. */
  sentenceOf(point: number, scene: Scene): string {
    const sentence = this.#wordings[point]?.[this.turnOf(point, scene)];
    return sentence === undefined ? '' : sentence(scene);
  }
}

type Sentence = (scene: Scene) => string;

function sentenceFrom(wording: Wording, language: AdviceLanguage): Sentence {
  const [name, ...more] = wording.filter((part) => part.part !== 'TEXT');
  if (name === undefined) return always(wording.map((part) => (part.part === 'TEXT' ? part.text : '')).join(''));
  if (name.part === 'NAME' && more.length === 0) {
    const texts = (told: string): string => wording.map((part) => (part.part === 'TEXT' ? part.text : told)).join('');
    return named(name, language, texts);
  }
  const parts = wording.map((part) => sentencePart(part, language));
  return (scene) => {
    let text = '';
    for (let at = 0; at < parts.length; at += 1) text += (parts[at] as Sentence)(scene);
    return text;
  };
}

function sentencePart(part: WordingPart, language: AdviceLanguage): Sentence {
  if (part.part === 'TEXT') return always(part.text);
  return part.part === 'FIGURE' ? part.write : named(part, language, (name) => name);
}

function always(text: string): Sentence {
  return () => text;
}

/** A text around a name, kept by the name. */
function named(part: NamePart, language: AdviceLanguage, around: (written: string) => string): Sentence {
  const kept = new Map<string, string>();
  return (scene) => {
    const name = nameOf(part.of, scene, language);
    let text = kept.get(name);
    if (text === undefined) {
      text = around(written(part, name, language));
      if (kept.size >= MAX_NAMES) kept.clear();
      kept.set(name, text);
    }
    return text;
  };
}

/** A cache: a vocabulary says the same in a language each time. */
const spoken = new WeakMap<Vocabulary, Partial<Record<AdviceLanguage, SpokenPoints>>>();

/** The points of a vocabulary in a language, compiled when first asked for. */
export function spokenPoints(vocabulary: Vocabulary, language: AdviceLanguage): SpokenPoints {
  let languages = spoken.get(vocabulary);
  if (languages === undefined) spoken.set(vocabulary, (languages = {}));
  return (languages[language] ??= new SpokenPoints(vocabulary.points, language));
}

/** Characters of a text that a phone shows without scrolling; what is always said may go beyond. */
export const MAX_FIELD_LENGTH = 300;

/** What points are said with. */
export interface Tongue {
  readonly vocabulary: Vocabulary;
  readonly language: AdviceLanguage;
}

/**
 * A point as a sentence. Its wordings take turns from day to day, begun at another one for each point, so that no sentence stands there on two days running.
 * @throws RangeError for a point whose arguments are not there: only what is true may be said.
 */
export function sentenceOf(chosen: ChosenPoint, scene: Scene, tongue: Tongue): string {
  const point = tongue.vocabulary.points[chosen.point];
  if (point === undefined || !setArguments(point, chosen, scene)) throw new RangeError('a point is said with the arguments that it takes');
  return sentenceAt(chosen.point, scene, tongue);
}

/** The sentence of a point whose arguments the scene holds. */
function sentenceAt(place: number, scene: Scene, { vocabulary, language }: Tongue): string {
  return spokenPoints(vocabulary, language).sentenceOf(place, scene);
}

/** Which of a point's wordings has its turn, for a point with so many of them: the rule that `SpokenPoints` is compiled from. */
export function turnOf(point: number, { turn }: Pick<Scene, 'turn'>, wordings: number): number {
  return (turn + ((mix(point + 1) >>> 0) % wordings)) % wordings;
}

/**
 * A text of true points and their sentences, in the order of the families and within one in that of the vocabulary. Both come nearly in it, and are
 * put in it here.
 */
export function textOf(points: readonly ChosenPoint[], sentences: string[], vocabulary: Vocabulary): string {
  const ranks: number[] = [];
  for (let at = 0; at < points.length; at += 1) {
    const [rank, sentence] = [vocabulary.rankInText((points[at] as ChosenPoint).point), sentences[at] as string];
    let place = at - 1;
    for (; place >= 0 && (ranks[place] as number) > rank; place -= 1) {
      ranks[place + 1] = ranks[place] as number;
      sentences[place + 1] = sentences[place] as string;
    }
    ranks[place + 1] = rank;
    sentences[place + 1] = sentence;
  }
  let text = sentences[0] ?? '';
  for (let at = 1; at < sentences.length; at += 1) text += ` ${sentences[at] as string}`;
  return text;
}
