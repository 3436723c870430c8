import type { AdviceLanguage } from '../language.js';
import { mix } from '../seeded-random.js';
import type { Point } from './point.js';
import type { Scene } from './scene.js';
import type { Vocabulary } from './vocabulary.js';
import { nameOf, written, type NamePart, type Wording, type WordingPart } from './wording.js';

/** Names that are kept with a wording; beyond that they are forgotten, so that no table of foods fills the memory. */
const MOST_NAMES = 1_000;

/**
 * The wordings of a vocabulary in one language, compiled to be said to every patient: the same texts as `say` makes. What is the same whenever it is said is put together once: which wording has the first turn, a sentence without names
 * and figures, a sentence about one name, a name with its particle.
 */
export class SpokenPoints {
  readonly #wordings: readonly (readonly Sentence[])[];
  /** By point: by how much its turn is ahead, below the number of its wordings. */
  readonly #ahead: readonly number[];

  constructor(points: readonly Point[], language: AdviceLanguage) {
    this.#wordings = points.map(({ wordings }) => wordings[language].map((wording) => sentenceFrom(wording, language)));
    this.#ahead = this.#wordings.map(({ length }, point) => (mix(point + 1) >>> 0) % length);
  }

  /** Which of a point's wordings has its turn: another one each day, begun at another one for each point. */
  turnOf(point: number, { turn }: Scene): number {
    return (turn + (this.#ahead[point] as number)) % (this.#wordings[point] as readonly Sentence[]).length;
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
      if (kept.size >= MOST_NAMES) kept.clear();
      kept.set(name, text);
    }
    return text;
  };
}

const spoken = new WeakMap<Vocabulary, Partial<Record<AdviceLanguage, SpokenPoints>>>();

/** The points of a vocabulary in a language, compiled when first asked for. */
export function spokenPoints(vocabulary: Vocabulary, language: AdviceLanguage): SpokenPoints {
  let languages = spoken.get(vocabulary);
  if (languages === undefined) spoken.set(vocabulary, (languages = {}));
  return (languages[language] ??= new SpokenPoints(vocabulary.points, language));
}
