import type { Deps } from '../../src/application/ports.js';
import { requestRecall } from '../../src/application/recalls/request-recall.js';
import { addDays } from '../../src/domain/local-date.js';
import type { RequestRecall } from '../../src/domain/recall/decide-recall.js';
import type { Recall } from '../../src/domain/recall/recall.js';
import { loadAdviceWords } from '../../src/generators/advice-words.js';
import { runToEnd } from './batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { startTestService, type TestService } from './test-service.js';
import { until } from './until.js';

const {
  catalogue,
  tongue: { vocabulary },
} = loadAdviceWords({ ADVICE_LANGUAGE: 'ko', ADVICE_ONLY_REVIEWED: 'false' });
export { catalogue, vocabulary };

/** A row of advice as these tests look at it. */
export interface Row {
  readonly id: number;
  readonly user_id: number;
  readonly record_date: string;
  readonly target_date: string;
  readonly diet_target: Record<'Breakfast' | 'Lunch' | 'Dinner', string[]> & { Summary: string };
  readonly outputs: { readonly vocabulary: string; readonly said: string };
  readonly digest: string;
  readonly texts: string;
}

const ROWS = `select id::int, user_id, record_date::text, target_date::text, diet_target, outputs, md5(i::text) as digest,
    concat(${['diet_evaluation', 'diet_target', 'food_evaluation', 'sleep_evaluation', 'exercise_evaluation'].map((text) => `length(coalesce(${text}::text, '')), ':', ${text}::text`).join(', ')}) as texts
  from ibsafe_interventionrecord i where outputs->>'vocabulary' is not null and gubun = 'all' order by user_id, record_date`;

/** Today of every test, and the day before. Today is the day after the patients' last records. */
export const TODAY = addDays(RECORD_DATE, 1);
export const YESTERDAY = RECORD_DATE;

/** Dishes of a row, by their names: another way to them than the service's. */
export function dishesOf({ diet_target: { Breakfast, Lunch, Dinner } }: Row): string[] {
  return [...Breakfast, ...Lunch, ...Dinner].flatMap((label) => {
    const offer = catalogue.offers.find(({ labelKo }) => labelKo === label);
    return offer === undefined ? [] : [catalogue.dishes[offer.dish]?.code ?? ''];
  });
}

/** What rows call the points that a row says. */
export const pointsOf = ({ outputs }: Row): string[] =>
  (outputs.said.split('|')[0] ?? '').split(';').map((item) => item.split(',')[0] ?? '');

/** A database with advice for yesterday and for today, and a service whose clock stands still. */
export class RecallWorld {
  now = new Date(`${TODAY}T01:00:00Z`);
  readonly resources = new Resources();
  database!: PatientsDatabase;
  service!: TestService;

  async open(users: number): Promise<void> {
    this.database = this.resources.use(await createPatients(users));
    await this.database.rows('delete from ibsafe_interventionrecord');
    this.service = this.resources.use(await startTestService(this.database));
    Object.assign(this.deps, { clock: () => this.now });
    await runToEnd(this.service.url, { recordDate: addDays(RECORD_DATE, -1) });
    await runToEnd(this.service.url, { recordDate: RECORD_DATE });
  }

  get deps(): Deps {
    return this.service.core.deps;
  }

  rows(): Promise<Row[]> {
    return this.database.rows<Row>(ROWS);
  }

  async recall(order: RequestRecall): Promise<Recall> {
    const answer = await requestRecall(this.deps, order, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(`${answer.code}: ${answer.message}`);
    return answer.recall;
  }

  async ended(recall: Recall): Promise<void> {
    const open = 'select run_id from batch.run_view where recall_id = $1 and ended_at is null';
    await until(async () => (await this.database.column(open, [recall.recallId])).length === 0);
  }

  /** A dish that the advice of some has, of others not. */
  async usualDish(): Promise<string> {
    const rows = (await this.rows()).filter((row) => row.target_date === TODAY);
    const counts = Map.groupBy(rows.flatMap(dishesOf), (code) => code);
    const [dish] = [...counts].filter(([, each]) => each.length < rows.length / 2).toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
    return dish ?? '';
  }
}
