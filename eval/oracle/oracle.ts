import { holds, type LookUp } from './condition.js';
import { eatenToday, type Eaten } from './eaten.js';
import { goalFaults } from './goal-faults.js';
import { Larder } from './larder.js';
import { lookUp, UntoldFact, type Arguments, type Evidence } from './facts.js';
import { dishFaults } from './dish-faults.js';
import { isNotFor } from './not-for.js';
import { Menu } from './menu.js';
import type { Pantry } from './pantry.js';
import { eatenLately, planFaults, Possible, shortagesOf, Ways } from './plan.js';
import { readText, type ReadText } from './read-text.js';
import { isOfVocabulary, type Foods, type PatientRecords, type SavedRow } from './records.js';
import { hasNoSteps, mustNotLessen, unwantedBy } from './preferences.js';
import { withSaid } from './said.js';
import { restrictingFaults } from './restricting.js';
import { swapFaults } from './swaps.js';
import { templatesOf, type Claim, type Template } from './templates.js';
import { textFaults } from './text-faults.js';
import { leftOutIn, toldDishes } from './told.js';
import { walkingOf } from './walking.js';
import { isTooFatty, isTooSalty } from './treated.js';
import type { Tongue } from './words.js';
import { isWritten, KIND_WORDS } from './written.js';

/** What the oracle says of a row. */
export interface Judgement {
  /** Whether the row was made with the vocabulary; an older one is not judged. */
  readonly isJudged: boolean;
  /** Words for what is wrong, the kind first; empty where nothing is. */
  readonly findings: readonly string[];
  /** Sentences as they stand in the texts. */
  readonly sentences: readonly string[];
  /** Ids of points that were said, in order. */
  readonly points: readonly string[];
  /** Codes of the dishes that were offered. */
  readonly dishes: readonly string[];
}

const FIELDS = ['DIET_EVALUATION', 'SUMMARY', 'EXERCISE_EVALUATION', 'SLEEP_EVALUATION'] as const;
type Field = (typeof FIELDS)[number];

/**
 * Judges rows as a patient reads them: every text is parsed back into sentences of the vocabulary, every sentence looked up in the records, every dish cooked by its recipe. It shares the
 * data files with the service and not a line of code: a fault there is no fault here.
 */
export class Oracle {
  readonly #menu: Menu;
  readonly #larder: Larder;
  readonly #ways: Ways;
  readonly #templates: ReadonlyMap<string, readonly Template[]>;

  constructor(
    private readonly pantry: Pantry,
    private readonly tongue: Tongue,
  ) {
    this.#menu = new Menu(pantry, tongue);
    this.#larder = new Larder(pantry);
    this.#ways = new Ways(this.#menu);
    this.#templates = templatesOf(pantry.points, tongue);
  }

  judge(row: SavedRow, records: PatientRecords, foods: Foods): Judgement {
    if (!isOfVocabulary(row)) return { isJudged: false, findings: [], sentences: [], points: [], dishes: [] };
    const evidence = this.#evidenceFor(row, withSaid(records), foods);
    const read = FIELDS.map((field) => this.#read(field, row, evidence));
    const claims = read.flatMap((each) => each.claims);
    const isDaily = row.gubun !== 'sleep';
    const findings = [
      ...read.flatMap(({ faults, rest }) => [
        ...faults.flat(),
        ...(rest === '' ? [] : [`NO_TEMPLATE ${JSON.stringify(rest.slice(0, 80))}`]),
      ]),
      ...textFaults(read, evidence, this.pantry.points),
      ...(isDaily ? this.#dishesOf(evidence, foods) : []),
      ...goalFaults(evidence),
      ...restrictingFaults(claims, evidence),
    ];
    const dishes = evidence.dishes.flatMap(({ served }) => served?.dish.code ?? []);
    return { isJudged: true, findings, sentences: claims.map(({ said }) => said), points: claims.map(({ point }) => point.id), dishes };
  }

  #evidenceFor(row: SavedRow, records: PatientRecords, foods: Foods): Evidence {
    const dishes = toldDishes(row, this.#menu, this.#leftOutToldIn(row));
    return {
      row,
      records,
      dishes,
      foods: eatenToday(records, foods, this.#larder, this.tongue),
      walking: hasNoSteps(records) ? null : walkingOf(records.steps),
      shortages: shortagesOf(dishes),
      hasEatenDish: eatenLately(records, foods, this.#larder).size > 0,
    };
  }

  /** What the summary says is left out of all dishes. */
  #leftOutToldIn(row: SavedRow): ReadonlySet<string> {
    const { claims } = readText(row.dietTarget?.Summary ?? '', this.#templates.get('SUMMARY') ?? [], () => []);
    const words = claims.flatMap(({ figures }) => figures.get('plan.leftOut') ?? []);
    return new Set(words.flatMap((each) => [...(leftOutIn(each, this.tongue) ?? [])]));
  }

  #read(field: Field, row: SavedRow, evidence: Evidence): ReadText {
    return readText(textOf(field, row), this.#templates.get(field) ?? [], (claim) => this.#faultsOf(claim, evidence));
  }

  /** A claim is true when it is for some of the foods and dishes that go by the names in it. */
  #faultsOf(claim: Claim, evidence: Evidence): string[] {
    const { point, eaten, dish, said } = claim;
    const foods = point.args.includes('eaten') ? evidence.foods.filter((each) => eaten === undefined || isCalled(eaten, each.plate === undefined ? '' : each.name)) : [undefined]; // prettier-ignore
    const dishes = point.args.includes('dish') ? evidence.dishes.filter(({ served }) => dish === undefined || (served !== undefined && this.#menu.nameOf(served.dish) === dish)) : [undefined]; // prettier-ignore
    try {
      const isTrue = foods.some((food) => dishes.some((told) => this.#holds(claim, evidence, { eaten: food, dish: told })));
      return isTrue ? [] : [`FALSE_CLAIM ${point.id} ${JSON.stringify(said)}`];
    } catch (error) {
      if (error instanceof UntoldFact) return [`UNTOLD_FACT ${error.fact}`];
      throw error;
    }
  }

  #holds({ point, figures, cause }: Claim, evidence: Evidence, given: Arguments): boolean {
    const look: LookUp = (fact) => lookUp(fact, evidence, given);
    if (point.args.includes('eaten') && point.ofLeftOut !== true && (given.eaten === undefined || isNotFor(given.eaten, evidence.records)))
      return false;
    if (cause !== undefined && !this.#isCause(cause, figures.get('eaten.kind'), given.eaten)) return false;
    return holds(point.when, look) && [...figures].every(([fact, text]) => isWritten(fact, text, look(fact), this.tongue));
  }

  /** Whether an ingredient brings most of the kind that a sentence names with it. */
  #isCause(name: string, kind: string | undefined, eaten: Eaten | undefined): boolean {
    const causes = [...(eaten?.causes ?? [])].filter(([each]) => kind === undefined || KIND_WORDS[each][this.tongue] === kind);
    return causes.some(([, names]) => names.includes(name.toLowerCase()));
  }

  #dishesOf(evidence: Evidence, foods: Foods): string[] {
    const { dishes, records, row } = evidence;
    const lately = eatenLately(records, foods, this.#larder);
    const could = new Possible(this.#ways, records.avoids, lately, {
      of: unwantedBy(records),
      plate: (parts) => isTooSalty(parts, records) || isTooFatty(parts, records, mustNotLessen(records)),
    });
    return [
      ...dishFaults(evidence, lately, this.#leftOutToldIn(row)),
      ...planFaults(dishes, could, row.model === 'RULE'),
      ...swapFaults(dishes),
    ];
  }
}

/** "그 음식" stands for a food whose name is not to be repeated or is in no data file, and may stand for any other. */
function isCalled(said: string, name: string): boolean {
  return said === '' || (name !== '' && said === name);
}

function textOf(field: Field, row: SavedRow): string {
  if (field === 'DIET_EVALUATION') return row.dietEvaluation;
  if (field === 'SUMMARY') return row.dietTarget?.Summary ?? '';
  return field === 'EXERCISE_EVALUATION' ? row.exerciseEvaluation : (row.sleepEvaluation ?? '');
}
