import { Pool } from 'pg';

/** Users in work at once, for every peer alike. */
export const CONCURRENCY = 12;

const READ = `select
  (select jsonb_agg(d.food_name) from ibsafe_userfoodrecord r join ibsafe_food d on d.id = r.food_id where r.user_id = $1 and r.record_date = $2::date) as eaten,
  (select jsonb_agg(current_steps order by record_date) from ibsafe_userexerciserecord where user_id = $1 and record_date between $2::date - 6 and $2::date) as steps`;

const INSERT = `insert into ibsafe_interventionrecord (record_date, target_date, diet_evaluation, diet_target, exercise_evaluation, exercise_target, processing_time,
    input_allergies, input_restrictions, input_recent_3days, input_week_step, input_today_diet, input_use_rag, input_ollama_model, outputs,
    created_at, updated_at, user_id, gubun)
  values ($2::date, $2::date + 1, 'diet evaluation', $3, 'exercise evaluation', 5000, 0, '[]', '[]', $3, $4, $3, false, 'RULE', '{}', now(), now(), $1, 'all')`;

/** What every peer does for a user, and nothing else: one read and one insert, by prepared statements on a pool. */
export class Work {
  done = 0;

  constructor(url, recordDate) {
    this.pool = new Pool({ connectionString: url, max: CONCURRENCY });
    this.recordDate = recordDate;
  }

  async users() {
    const { rows } = await this.pool.query('select id from auth_user where is_active and not is_staff order by id');
    return rows.map(({ id }) => id);
  }

  async advise(userId) {
    const { rows } = await this.pool.query({ name: 'read', text: READ, values: [userId, this.recordDate] });
    const eaten = JSON.stringify(rows[0].eaten ?? []);
    const steps = JSON.stringify(rows[0].steps ?? []);
    await this.pool.query({ name: 'insert', text: INSERT, values: [userId, this.recordDate, eaten, steps] });
    this.done += 1;
    if (this.done === this.expected) this.finish();
  }

  /** Settles when so many users are done. */
  ended(count) {
    this.expected = count;
    return new Promise((resolve) => (this.finish = resolve));
  }
}
