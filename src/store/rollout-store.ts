import type pg from 'pg';
import type { FiguresPlace, NightFigures, RolloutList, RolloutStore } from '../application/ports.js';
import type { ProgramName } from '../domain/program.js';
import { ARM_FIGURES, type ArmFigures, type ByArm } from '../domain/rollout/arm-figures.js';
import { ARMS } from '../domain/rollout/arm.js';
import type { Rollout } from '../domain/rollout/rollout.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { byArm, FIGURE_COLUMNS, ROLLOUT_FIGURES_COLUMNS, SUMMED_FIGURES, type FigureRow } from './rollout-figures.js';
import { ROLLOUT_COLUMNS, ROLLOUT_SELECTION, rolloutOfRow, rolloutValues, type RolloutRow } from './rollout-rows.js';
import { upsertSql } from './schedule-store.js';

const SAVE = upsertSql('batch.rollout_view', ROLLOUT_COLUMNS);

const COUNT = `insert into batch.rollout_figures as f (${ROLLOUT_FIGURES_COLUMNS.join(', ')})
  values (${ROLLOUT_FIGURES_COLUMNS.map((_, at) => `$${at + 1}`).join(', ')})
  on conflict (rollout_id, run_id, chunk, arm) do update set ${FIGURE_COLUMNS.map((column) => `${column} = f.${column} + excluded.${column}`).join(', ')}`;

const GOING = `select ${ROLLOUT_SELECTION} from batch.rollout_view where status <> 'STOPPED'`;

/** By record date and side. */
const NIGHTS = `select r.record_date::text as "recordDate", f.arm, ${SUMMED_FIGURES}
  from batch.rollout_figures f join batch.run_view r using (run_id) where f.rollout_id = $1 group by r.record_date, f.arm order by r.record_date, f.arm`;

/** Rollouts, inside a transaction. */
export class PostgresRolloutStore implements RolloutStore {
  constructor(private readonly db: Queryable) {}

  async lock(rolloutId: string): Promise<Rollout | undefined> {
    const text = `select ${ROLLOUT_SELECTION} from batch.rollout_view where rollout_id = $1 for update`;
    const { rows } = await this.db.query<RolloutRow>(text, [rolloutId]);
    return rows[0] && rolloutOfRow(rows[0]);
  }

  async lockProgram(program: ProgramName): Promise<string | undefined> {
    await this.db.query("select pg_advisory_xact_lock(hashtext('batch.rollouts'))");
    const { rows } = await this.db.query<RolloutRow>(`${GOING} and program = $1`, [program]);
    return rows[0]?.rollout_id;
  }

  async save(rollout: Rollout): Promise<void> {
    await this.db.query(SAVE, rolloutValues(rollout));
  }

  async count({ runId, chunk }: FiguresPlace, figures: ReadonlyMap<string, ByArm<ArmFigures>>): Promise<void> {
    for (const [rolloutId, sides] of figures) {
      for (const arm of ARMS) {
        if (sides[arm].users === 0) continue;
        const sums = ARM_FIGURES.map((name) => sides[arm][name]);
        await this.db.query({ name: 'count-rollout', text: COUNT, values: [rolloutId, runId, chunk, arm, ...sums] });
      }
    }
  }
}

/** Rollouts outside a transaction. */
export class PostgresRolloutList implements RolloutList {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async find(rolloutId: string): Promise<Rollout | undefined> {
    const { rows } = await this.db.query<RolloutRow>(`select ${ROLLOUT_SELECTION} from batch.rollout_view where rollout_id = $1`, [
      rolloutId,
    ]);
    return rows[0] && rolloutOfRow(rows[0]);
  }

  async going(program: ProgramName): Promise<Rollout | undefined> {
    const { rows } = await this.db.query<RolloutRow>({ name: 'going-rollout', text: `${GOING} and program = $1`, values: [program] });
    return rows[0] && rolloutOfRow(rows[0]);
  }

  async allGoing(): Promise<readonly Rollout[]> {
    return (await this.db.query<RolloutRow>(`${GOING} order by started_at`)).rows.map(rolloutOfRow);
  }

  async nights(rolloutId: string): Promise<readonly NightFigures[]> {
    const { rows } = await this.db.query<FigureRow & { recordDate: string }>({ name: 'rollout-nights', text: NIGHTS, values: [rolloutId] });
    return [...Map.groupBy(rows, ({ recordDate }) => recordDate)].map(([recordDate, sides]) => ({ recordDate, figures: byArm(sides) }));
  }
}
