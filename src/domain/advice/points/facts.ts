import { DAY_FACTS } from './day-facts.js';
import { DISH_FACTS } from './dish-facts.js';
import { EATEN_FACTS } from './eaten-facts.js';
import type { Fact } from './fact.js';
import { PERSON_FACTS } from './person-facts.js';
import { SLEEP_FACTS } from './sleep-facts.js';
import { STEP_FACTS } from './step-facts.js';

/** Everything that conditions and wordings may speak of, by name. */
export const FACTS: ReadonlyMap<string, Fact> = new Map(
  [DAY_FACTS, EATEN_FACTS, DISH_FACTS, STEP_FACTS, SLEEP_FACTS, PERSON_FACTS].flat().map((fact) => [fact.name, fact]),
);
