import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService } from '../support/test-service.js';

/** A row as IBSafe's app reads it, dates as text. */
interface Row {
  user_id: number;
  gubun: string;
  record: string;
  target: string;
  diet_evaluation: string;
  diet_target: Record<string, unknown>;
  food_evaluation: unknown;
  input_fodmap_count: Record<string, number>;
  exercise_evaluation: string;
  exercise_target: number;
  processing_time: number;
  error_message: unknown;
  sleep_evaluation: unknown;
  sleep_target: unknown;
  input_today_sleep: unknown;
  input_use_rag: unknown;
  input_ollama_model: string;
  input_allergies: string[];
  input_restrictions: string[];
  input_week_step: number[];
  input_today_diet: string[];
  input_recent_3days: string[];
  created_at: Date;
  updated_at: Date;
}

/** What a user's tables hold, asked for one by one. */
interface Records {
  allergies: string[];
  intolerant: boolean;
  steps: number[];
  today: string[];
  recent: string[];
}

const RECORDS = `select array_remove(array[case when has_gluten_allergy then 'gluten' end, case when has_nut_allergy then 'nut' end,
    case when has_seafood_allergy then 'seafood' end, case when has_egg_allergy then 'egg' end, case when has_soy_allergy then 'soy' end,
    case when has_lactose_allergy then 'lactose' end], null) as allergies, has_lactose_intolerance as intolerant,
  array(select current_steps from ibsafe_userexerciserecord e where e.user_id = p.user_id and record_date > $2::date - 7 and record_date <= $2 order by record_date) as steps,
  array(select distinct food_name from ibsafe_userfoodrecord r join ibsafe_food f on f.id = food_id where r.user_id = p.user_id and record_date = $2) as today,
  array(select distinct food_name from ibsafe_userfoodrecord r join ibsafe_food f on f.id = food_id where r.user_id = p.user_id
    and record_date between $2::date - 2 and $2) as recent
from ibsafe_userprofile p where user_id = $1`;

const resources = new Resources();
let database: PatientsDatabase;
let rows: Row[];

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  await using service = await startTestService(database);
  await database.rows('delete from ibsafe_interventionrecord'); // the demo's own rows stand for an earlier release's
  await runToEnd(service.url);
  rows = await database.rows<Row>(
    'select *, record_date::text as record, target_date::text as target from ibsafe_interventionrecord order by user_id',
  );
});

afterAll(async () => {
  await resources.end();
});

describe('a row of advice', () => {
  it('is diet and exercise for the next day, by the rule engine, with nothing said of sleep', () => {
    expect(rows.length).toBeGreaterThan(80);
    for (const row of rows) {
      expect(row).toMatchObject({
        gubun: 'all',
        record: RECORD_DATE,
        target: '2026-03-02',
        input_ollama_model: 'RULE',
        input_use_rag: false,
      });
      expect(row).toMatchObject({ sleep_evaluation: null, sleep_target: null, input_today_sleep: null, error_message: null });
      expect(row.diet_evaluation).toMatch(/[가-힣]/);
      expect(row.exercise_evaluation).toMatch(/[가-힣]/);
      expect(row.processing_time).toBeGreaterThanOrEqual(0);
      expect(row.created_at).toEqual(row.updated_at);
    }
  });

  it('has three meals of names and a summary, in the keys that the app reads', () => {
    for (const { diet_target: diet } of rows) {
      expect(Object.keys(diet).toSorted()).toEqual(['Breakfast', 'Dinner', 'Lunch', 'Summary']);
      expect(typeof diet['Summary']).toBe('string');
      const dishes = [diet['Breakfast'], diet['Lunch'], diet['Dinner']].flat();
      expect(dishes.every((dish) => typeof dish === 'string' && dish.length > 0)).toBe(true);
      expect(new Set(dishes).size).toBe(dishes.length);
      expect(dishes.length).toBeGreaterThan(15);
    }
  });

  it('has a step goal that the level allows', () => {
    for (const { exercise_target: goal } of rows) expect(Number.isInteger(goal) && goal > 0 && goal <= 10_000).toBe(true);
  });

  it('keeps what it was made from: allergies, steps oldest first, the day’s foods and those of three days', async () => {
    for (const row of rows) {
      const [records] = await database.rows<Records>(RECORDS, [row.user_id, RECORD_DATE]);
      expect({
        allergies: row.input_allergies.toSorted(),
        intolerant: row.input_restrictions.includes('lactose_intolerance'),
        steps: row.input_week_step,
        today: row.input_today_diet.toSorted(),
        recent: row.input_recent_3days.toSorted(),
      }).toEqual({
        allergies: records?.allergies.toSorted(),
        intolerant: records?.intolerant,
        steps: records?.steps,
        today: records?.today.toSorted(),
        recent: records?.recent.toSorted(),
      });
      expect(Object.values(row.input_fodmap_count).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    }
  });

  it('offers nothing that was eaten on the three days', () => {
    for (const { diet_target: diet, input_recent_3days: eaten } of rows)
      expect([diet['Breakfast'], diet['Lunch'], diet['Dinner']].flat().filter((dish) => eaten.includes(String(dish)))).toEqual([]);
  });
});
