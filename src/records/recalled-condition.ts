import { believedMember } from './believed.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import { saidDishPattern, saidPattern } from '../domain/advice/points/said-text.js';
import { assertNever } from '../domain/assert-never.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';

/** A condition on a row `i` of the table of interventions, and the values of its places. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** That it is a row of ours, of points: what the app writes itself names no vocabulary. */
const OURS = "jsonb_typeof(i.outputs->'vocabulary') = 'string'";

const SAID = believedMember('i.outputs', 'said');

/** That a row holds what is recalled. @param first number of the condition's first place */
export function recalledCondition(cause: RecallCause, catalogue: Catalogue, first: number): Condition {
  const { sql, values } = holds(cause, catalogue, first);
  return { sql: `${OURS} and (${sql})`, values };
}

function holds(cause: RecallCause, catalogue: Catalogue, first: number): Condition {
  switch (cause.kind) {
    case 'DISH':
      return ofDish(cause.dish, catalogue, first);
    case 'POINT':
      return ofPoint(cause.point, undefined, first);
    case 'WORDING':
      return ofPoint(cause.point, cause.wording, first);
    case 'PROMPT':
      // Where the rules stood in, the prompt was asked and wrote nothing.
      return {
        sql: `i.outputs->'promptVersion' = to_jsonb($${first}::text) and i.outputs->'generator' is distinct from '"RULES"'::jsonb`,
        values: [cause.promptVersion],
      };
    default:
      return assertNever(cause);
  }
}

/** Of a point, and of one of its wordings where that is named. The first rows of points kept lists instead of a text (`recordedAdvice`): id, food, dish, wording. */
function ofPoint(point: string, wording: number | undefined, first: number): Condition {
  const [said, id, turn] = [`$${first}`, `$${first + 1}`, `$${first + 2}`];
  const listed = `exists (select from jsonb_path_query(i.outputs, 'lax $.points[*]') p where p->0 = to_jsonb(${id}::text) and (${turn}::text is null or p->3 in (to_jsonb(${turn}::text), to_jsonb(${turn}::text::int))))`;
  return {
    sql: `split_part(${SAID}, '|', 1) ~ ${said} or (i.outputs ? 'points' and ${listed})`,
    values: [saidPattern(point, wording), point, wording === undefined ? null : String(wording)],
  };
}

/**
 * Of a dish: a point speaks of it, or a meal holds it. A menu names its dishes by their labels, which begin with the name as it was then written; a label that begins with a longer name as well is of that
 * dish.
 */
function ofDish(code: string, catalogue: Catalogue, first: number): Condition {
  const dish = catalogue.dishes[catalogue.indexOfCode(code)];
  const [said, vars, longer, listed] = [`$${first}`, `$${first + 1}`, `$${first + 2}`, `$${first + 3}`];
  const begins = dish === undefined ? [] : beginsOf(dish);
  const others = catalogue.dishes.filter((other) => other.code !== code).flatMap(beginsOf);
  const labels = `jsonb_path_query(case when jsonb_typeof(i.diet_target) = 'object' then i.diet_target - 'Summary' end,
    'lax $.*[*] ? (@ starts with $ko || @ starts with $en)', ${vars}::jsonb)`;
  return {
    sql: `exists (select from ${labels} label where not exists (select from unnest(${longer}::text[]) l where starts_with(label #>> '{}', l)))
      or split_part(${SAID}, '|', 1) ~ ${said}
      or (i.outputs ? 'points' and exists (select from jsonb_path_query(i.outputs, 'lax $.points[*]') p where p->2 = to_jsonb(${listed}::text)))`,
    values: [
      saidDishPattern(code),
      JSON.stringify({ ko: begins[0] ?? NO_NAME, en: begins[1] ?? NO_NAME }),
      others.filter((other) => begins.some((own) => other.startsWith(own))),
      code,
    ],
  };
}

/** No label begins with it. */
const NO_NAME = '\u0001';

/** How labels of a dish begin, in Korean and English (`labelKo`, `labelEn`): its name, up to its serving. */
function beginsOf({ nameKo, nameEn }: Catalogue['dishes'][number]): readonly string[] {
  return [`${nameKo} `, `${nameEn}, `];
}
