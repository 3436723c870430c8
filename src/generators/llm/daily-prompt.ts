import { createHash } from 'node:crypto';
import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { isProteinDish, isVegetableDish } from '../../domain/advice/catalogue/dish-kinds.js';
import { dayNumber } from '../../domain/advice/day-number.js';
import { DishOffers, type DishOffer } from '../../domain/advice/dish-offer.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import { DAILY_FIELDS } from '../../domain/advice/points/said-points.js';
import type { Tongue } from '../../domain/advice/points/tell.js';
import { personSeed } from '../../domain/advice/seeded-random.js';
import { hasUnmeasuredSteps } from '../../domain/advice/points/step-facts.js';
import { stepPlanOf } from '../../domain/advice/step-plan.js';
import { pointOptions, type PointOption } from './point-options.js';
import { fill, type Prompt } from './prompt-file.js';

/** What a model is told about one user, and what is kept of it. */
export interface DailyPrompt {
  /** The same, byte for byte, for every patient: an endpoint that keeps prefixes reads it once. */
  readonly system: string;
  readonly user: string;
  readonly offer: DishOffer;
  /** Places in `Catalogue.offers` by dish number - 1. */
  readonly dishes: readonly number[];
  /** Ids of IBSafe's foods by food number - 1. */
  readonly foods: readonly number[];
  /** SHA-256 of everything the advice depends on but for the model. */
  readonly inputsHash: string;
  /** 31 bits of a hash of what is sent: it tells no more than that. */
  readonly seed: number;
}

/** What prompts are made with. */
export interface PromptParts {
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly prompt: Prompt;
}

/** People share their way through the catalogue with others: a dish list that is one person's own would tell days of theirs apart from those of all others. */
const WAYS = 256;

/**
 * Makes prompts from a user's inputs: the dishes that are safe for them, what they ate as far as the catalogue knows it, and the points that are true of them, all numbered. No id, no date, no
 * allergy, no text that a person typed.
 */
export class DailyPrompts {
  /** Places in the vocabulary by point number - 1. */
  readonly points: readonly number[];
  readonly #offers: DishOffers;
  readonly #system: string;
  readonly #systemHash: string;
  readonly #fixed: string;
  /** Names by place in `Catalogue.offers`, marked where the dish is one of protein or of vegetables. */
  readonly #names: readonly string[];

  constructor(private readonly parts: PromptParts) {
    const { catalogue, prompt, tongue } = parts;
    const { vocabulary } = tongue;
    this.#offers = new DishOffers(catalogue);
    const glossed = prompt.points.filter(({ id }) => isChoosable(vocabulary.placeOf(id), tongue));
    this.points = glossed.map(({ id }) => vocabulary.placeOf(id));
    const told = glossed.map(({ words }, at) => `${at + 1}${lettersOf(this.points[at] ?? -1, tongue)} ${words}`);
    this.#system = fill(prompt.templates.system, { rules: prompt.rules.join('\n'), points: told.join('\n') });
    this.#systemHash = sha256(this.#system);
    this.#names = catalogue.offers.map((offer) => {
      const dish = catalogue.dishes[offer.dish];
      const name = (prompt.language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? '';
      return `${name}${isProteinDish(offer) ? '*' : ''}${isVegetableDish(offer) ? '+' : ''}`;
    });
    this.#fixed = sha256(JSON.stringify([prompt, vocabulary.version, catalogue.offers]));
  }

  /** The same inputs and book give the same prompt. */
  of(inputs: PatientInputs, book: FoodBook): DailyPrompt {
    const { catalogue, prompt, tongue } = this.parts;
    const person = personSeed(inputs.userId, prompt.version) & (WAYS - 1);
    const offer = this.#offers.of(inputs, book, { person, day: dayNumber(inputs.recordDate) });
    const options = pointOptions(inputs, book, { offer, catalogue, vocabulary: tongue.vocabulary, places: this.points });
    const dishes = offer.meals.flat();
    const foods = [...new Set(options.map(({ eaten }) => eaten))].filter((id) => id >= 0);
    const [breakfast = '', lunch = '', dinner = ''] = offer.meals.map((meal, at) => `${offer.dishes[at]}: ${this.#listed(meal, dishes)}`);
    const user = fill(prompt.templates.user, {
      breakfast,
      lunch,
      dinner,
      eaten: foods.map((id, at) => `${at + 1}${this.#nameOf(book.get(id)?.dish ?? -1)}`).join(),
      steps: hasUnmeasuredSteps({ inputs }) ? '?' : String(stepPlanOf(inputs.steps).mean),
      points: options.map((option) => this.#optionText(option, foods, dishes)).join(),
    });
    const seed = Number.parseInt(sha256(`${this.#systemHash}\n${user}`).slice(0, 8), 16) >>> 1;
    return { system: this.#system, user, offer, dishes, foods, seed, inputsHash: this.#hashOf(inputs, book, user) };
  }

  /** What is said to a model whose answer broke rules: a line for each. */
  repair(faults: string): string {
    return fill(this.parts.prompt.templates.repair, { faults });
  }

  /** Dishes with their numbers, in the order of the plan; a slash stands before another category. */
  #listed(meal: readonly number[], dishes: readonly number[]): string {
    const { offers, dishes: all } = this.parts.catalogue;
    const categoryOf = (place: number | undefined): string | undefined => all[offers[place ?? -1]?.dish ?? -1]?.category;
    return meal.reduce((list, place, nth) => {
      const mark = nth === 0 ? '' : categoryOf(place) === categoryOf(meal[nth - 1]) ? ',' : '/';
      return `${list}${mark}${dishes.indexOf(place) + 1}${this.#names[place] ?? ''}`;
    }, '');
  }

  /** The catalogue's own name; a question mark for a food that is no dish of it: what IBSafe calls it was typed by a person. */
  #nameOf(place: number): string {
    const dish = this.parts.catalogue.dishes[place];
    return (this.parts.prompt.language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? '?';
  }

  #optionText({ point, eaten, dishes }: PointOption, foods: readonly number[], all: readonly number[]): string {
    const food = eaten < 0 ? [] : [foods.indexOf(eaten) + 1];
    const choice = dishes.map((place) => all.indexOf(place) + 1).join('|');
    return `[${[this.points.indexOf(point) + 1, ...food, ...(choice === '' ? [] : [choice])].join()}]`;
  }

  /** Of all that the answer and its sentences hang on; the user's id alone stands in it as the turn that wordings take. */
  #hashOf({ userId, recordDate, ...inputs }: PatientInputs, book: FoodBook, user: string): string {
    const known = [...new Set(inputs.today)].map((id) => book.get(id) ?? null);
    return sha256(JSON.stringify([this.#fixed, user, inputs, known, dayNumber(recordDate) + Math.abs(userId)]));
  }
}

/** Whether a model may choose a point: it belongs to the daily program, and is not said anyway. */
function isChoosable(place: number, { vocabulary }: Tongue): boolean {
  const field = vocabulary.points[place]?.field;
  return field !== undefined && DAILY_FIELDS.includes(field) && !vocabulary.isAlwaysSaid(place);
}

/** A letter for each argument that a point takes: e for a food that was eaten, d for a dish. */
function lettersOf(place: number, { vocabulary }: Tongue): string {
  return (vocabulary.points[place]?.args ?? []).map((argument) => argument.slice(0, 1)).join('');
}

/** Hexadecimal SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
