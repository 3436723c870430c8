import type { EatenFood } from '../eaten-food.js';
import { DAY_FACTS } from './day-facts.js';
import { DISH_FACTS } from './dish-facts.js';
import { EATEN_FACTS } from './eaten-facts.js';
import { NOT_ASKED, type Fact } from './fact.js';
import { patientValues } from './patient-values.js';
import { PERSON_FACTS } from './person-facts.js';
import type { OfferedDish, Scene } from './scene.js';
import { SLEEP_FACTS } from './sleep-facts.js';
import { STEP_FACTS } from './step-facts.js';

const SCOPES = [[DAY_FACTS, STEP_FACTS, SLEEP_FACTS, PERSON_FACTS].flat(), EATEN_FACTS, DISH_FACTS];

/** Everything that conditions and wordings may speak of, by name. */
export const FACTS: ReadonlyMap<string, Fact> = new Map(SCOPES.flatMap(placed).map((fact) => [fact.name, fact]));

const [OF_EATEN, OF_DISH] = [unasked(EATEN_FACTS), unasked(DISH_FACTS)];

/** The facts about the patient by their place: all of them, or those that were asked for before. */
export function valuesOfPatient(scene: Scene): number[] {
  return (scene.values ??= patientValues(scene));
}

/** The facts about the patient by their place, all of them. */
export function allValuesOfPatient(scene: Scene): readonly number[] {
  const values = valuesOfPatient(scene);
  return values.includes(NOT_ASKED) ? patientValues(scene) : values;
}

/** The facts about a food by their place, as far as they were asked for. */
export function valuesOfEaten(eaten: EatenFood): number[] {
  return (eaten.values ??= OF_EATEN.slice());
}

/** The facts about a dish by their place, as far as they were asked for. */
export function valuesOfDish(dish: OfferedDish): number[] {
  return (dish.values ??= OF_DISH.slice());
}

/** Not a typed array: one of this size would lie outside the heap and cost more than all of its facts. */
function placed(facts: readonly Fact[]): Fact[] {
  const blank = unasked(facts);
  return facts.map((fact, place) => ({ ...fact, place, blank }));
}

function unasked(facts: readonly Fact[]): number[] {
  return facts.map(() => NOT_ASKED);
}
