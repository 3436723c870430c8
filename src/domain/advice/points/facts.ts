import { DAY_FACTS } from './day-facts.js';
import { DISH_FACTS } from './dish-facts.js';
import { EATEN_FACTS } from './eaten-facts.js';
import type { Fact } from './fact.js';
import { PERSON_FACTS } from './person-facts.js';
import type { Scene } from './scene.js';
import { SLEEP_FACTS } from './sleep-facts.js';
import { STEP_FACTS } from './step-facts.js';

const OF_PATIENT = [DAY_FACTS, STEP_FACTS, SLEEP_FACTS, PERSON_FACTS].flat();

/**
 * Everything that conditions and wordings may speak of, by name. A fact is worked out when it is first asked for, once of what it is about: a hundred conditions ask for the same few dozen
 * figures of a patient, and a dish of the catalogue is the same for everybody.
 */
export const FACTS: ReadonlyMap<string, Fact> = new Map(
  [...OF_PATIENT.map(ofPatient), ...EATEN_FACTS.map(ofEaten), ...DISH_FACTS.map(ofDish)].map((fact) => [fact.name, fact]),
);

/** What no fact is: a figure that was not asked for yet. */
const NOT_ASKED = Number.NEGATIVE_INFINITY;
/** Copied for each patient, food and dish: a typed array of this size would lie outside the heap and cost more than all of its facts. */
const [BLANK_OF_PATIENT = [], BLANK_EATEN_FACTS = [], BLANK_DISH_FACTS = []] = [OF_PATIENT, EATEN_FACTS, DISH_FACTS].map((facts) => facts.map(() => NOT_ASKED));

function ofPatient(fact: Fact, place: number): Fact {
  const of = (scene: Scene): number => {
    const values = (scene.values ??= BLANK_OF_PATIENT.slice());
    const value = values[place] as number;
    return value === NOT_ASKED ? (values[place] = fact.of(scene)) : value;
  };
  return { ...fact, of };
}

function ofEaten(fact: Fact, place: number): Fact {
  const of = (scene: Scene): number => {
    if (scene.eaten === null) return Number.NaN;
    const values = (scene.eaten.values ??= BLANK_EATEN_FACTS.slice());
    const value = values[place] as number;
    return value === NOT_ASKED ? (values[place] = fact.of(scene)) : value;
  };
  return { ...fact, of };
}

function ofDish(fact: Fact, place: number): Fact {
  const of = (scene: Scene): number => {
    if (scene.dish === null) return Number.NaN;
    const values = (scene.dish.values ??= BLANK_DISH_FACTS.slice());
    const value = values[place] as number;
    return value === NOT_ASKED ? (values[place] = fact.of(scene)) : value;
  };
  return { ...fact, of };
}
