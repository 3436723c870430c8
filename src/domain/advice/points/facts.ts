import { DAY_FACTS } from './day-facts.js';
import { DISH_FACTS } from './dish-facts.js';
import { EATEN_FACTS } from './eaten-facts.js';
import { NOT_ASKED, type Fact } from './fact.js';
import { PERSON_FACTS } from './person-facts.js';
import { SLEEP_FACTS } from './sleep-facts.js';
import { STEP_FACTS } from './step-facts.js';

const OF_PATIENT = [DAY_FACTS, STEP_FACTS, SLEEP_FACTS, PERSON_FACTS].flat();

/** Everything that conditions and wordings may speak of, by name. */
export const FACTS: ReadonlyMap<string, Fact> = new Map(
  [OF_PATIENT, EATEN_FACTS, DISH_FACTS].flatMap(placed).map((fact) => [fact.name, fact]),
);

/** Not a typed array: one of this size would lie outside the heap and cost more than all of its facts. */
function placed(facts: readonly Fact[]): Fact[] {
  const blank = facts.map(() => NOT_ASKED);
  return facts.map((fact, place) => ({ ...fact, place, blank }));
}
