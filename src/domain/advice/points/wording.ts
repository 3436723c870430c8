import { PARTICLES, withParticle, type ParticlePair } from '../korean-particles.js';
import { knownAs } from '../called-food.js';
import { insideSentence } from '../catalogue/ingredient.js';
import type { AdviceLanguage } from '../language.js';
import { valueOf, type Fact } from './fact.js';
import type { Scene } from './scene.js';

/** What a point can be about besides the patient. */
export type PointArgument = 'eaten' | 'dish';

/** A sentence or two of ours with places for names and figures. */
export type Wording = readonly WordingPart[];

/** A piece of a wording: text of ours, the name of an argument with a particle, or a figure of ours. */
export type WordingPart =
  | { readonly part: 'TEXT'; readonly text: string }
  | NamePart
  | { readonly part: 'FIGURE'; readonly fact: Fact; readonly write: (scene: Scene) => string };

/** The name of an argument. */
export interface NamePart {
  readonly part: 'NAME';
  readonly of: NamedArgument;
  readonly particle: ParticlePair | null;
}

/** What a wording can name: an argument of its point, or the ingredient that the class of the eaten food is due to. */
export type NamedArgument = PointArgument | 'cause';

const PLACE = /\{([A-Za-z][\w.]*)(?::([가-힣]+))?\}/gu;

/** What may stand outside places: letters of the language, digits and the marks of a plain sentence. Nothing of which markup, an address or a second line could be made. */
const PLAIN = { ko: /^[가-힣A-Za-z0-9 .,!?~%·()‘’~℃-]*$/u, en: /^[A-Za-z0-9 .,!?%()‘’'’;:–-]*$/u };

/**
 * Reads a wording: `{eaten:을}` is the name of the eaten food with the fitting one of 을 and 를, `{cause}` that of the ingredient that its class is due to,
 * `{steps.goal}` a figure.
 * @throws RangeError for a place that is no argument and no fact that can be written, for a particle that is not known, and for a character that no sentence of ours needs.
 */
export function wordingOf(text: string, language: AdviceLanguage, facts: ReadonlyMap<string, Fact>): Wording {
  const parts: WordingPart[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACE)) {
    if (match.index > from) parts.push(plain(text.slice(from, match.index), language));
    parts.push(placeOf(match, language, facts));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(plain(text.slice(from), language));
  if (parts.length === 0) throw new RangeError('a wording says something, found an empty one');
  return parts;
}

function plain(text: string, language: AdviceLanguage): WordingPart {
  if (!PLAIN[language].test(text))
    throw new RangeError(`the wording ${JSON.stringify(text)} holds a character that no plain sentence needs`);
  return { part: 'TEXT', text };
}

function placeOf([place, name = '', particle]: RegExpMatchArray, language: AdviceLanguage, facts: ReadonlyMap<string, Fact>): WordingPart {
  if (name === 'eaten' || name === 'dish' || name === 'cause') {
    const pair = particle === undefined ? null : PARTICLES.find((each) => each.includes(particle));
    if (pair === undefined) throw new RangeError(`${place} has a particle that is not known`);
    return { part: 'NAME', of: name, particle: pair };
  }
  const fact = facts.get(name);
  const write = fact?.written;
  if (fact === undefined || write === undefined || particle !== undefined)
    throw new RangeError(`${place} is neither eaten, dish, cause nor a fact that a text may write`);
  return { part: 'FIGURE', fact, write: (scene) => write(valueOf(fact, scene), language, scene) };
}

/** Says a wording of a scene whose `eaten` and `dish` are the point's. Every character is of the wording, of a name, or of a figure of ours. */
export function say(wording: Wording, scene: Scene, language: AdviceLanguage): string {
  let text = '';
  for (let at = 0; at < wording.length; at += 1) {
    const part = wording[at] as WordingPart;
    if (part.part === 'TEXT') text += part.text;
    else if (part.part === 'FIGURE') text += part.write(scene);
    else text += written(part, nameOf(part.of, scene, language), language);
  }
  return text;
}

const THAT_FOOD = { ko: '그 음식', en: 'that food' };

/** A name as a sentence has it, with its particle. */
export function written({ of, particle }: NamePart, name: string, language: AdviceLanguage): string {
  const quoted = name === '' ? THAT_FOOD[language] : of === 'cause' ? name : `‘${name}’`;
  return particle === null ? quoted : withParticle(name === '' ? THAT_FOOD.ko : name, quoted, particle);
}

/** The name as it is; empty for a food whose name may not be repeated, or is none that the catalogue knows. */
export function nameOf(of: NamedArgument, { eaten, dish }: Scene, language: AdviceLanguage): string {
  if (of === 'eaten') return eaten === null ? '' : knownAs(eaten, language);
  if (of === 'cause') return (language === 'ko' ? eaten?.cause?.nameKo : eaten?.cause && insideSentence(eaten.cause.nameEn)) ?? '';
  return (language === 'ko' ? dish?.dish.nameKo : dish?.dish.nameEn) ?? '';
}
