import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isAdvice } from './advice-sql.js';
import { isDay } from './believed.js';
import { IBSAFE } from './ibsafe-names.js';

/** An account as the batch sees it: no name, no address. */
export interface PatientRow {
  readonly id: number;
  readonly active: boolean;
  readonly staff: boolean;
}

/** The newest advice of one kind. */
export interface NewestAdvice {
  readonly gubun: string;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
}

/** The longest name that IBSafe's table holds, in characters. */
const LONGEST_NAME = 150;

/**
 * Finds accounts. The statements are sent with their values apart: MikroORM writes values into the text of a statement, where a name would stand in
 * whatever shows or logs statements.
 */
export class PatientQueries {
  constructor(private readonly em: EntityManager) {}

  /** The account of an id. */
  async byId(id: number): Promise<PatientRow | null> {
    const { rows } = await sql<PatientRow>`
      select id::int4 as id, is_active is true as active, is_staff is true as staff from ${sql.raw(IBSAFE.users)} where id = ${id}::int`.execute(
      this.em.getKysely(),
    );
    return rows[0] ?? null;
  }

  /** The account of a user name, letter for letter. */
  async byName(name: string): Promise<PatientRow | null> {
    if (!mayBeName(name)) return null;
    const { rows } = await sql<PatientRow>`
      select id::int4 as id, is_active is true as active, is_staff is true as staff from ${sql.raw(IBSAFE.users)} where username = ${name}::varchar`.execute(
      this.em.getKysely(),
    );
    return rows[0] ?? null;
  }

  /** A patient's newest advice of each kind. */
  async newestAdvice(id: number): Promise<NewestAdvice[]> {
    const { rows } = await sql<NewestAdvice>`
      select i.gubun, max(i.record_date)::text as "recordDate" from ${sql.raw(IBSAFE.interventions)} i
      where i.user_id = ${id}::int and ${sql.raw(isDay('i.record_date'))} and ${sql.raw(isAdvice('i'))} group by i.gubun`.execute(
      this.em.getKysely(),
    );
    return rows;
  }
}

/** What no account is called is not asked for: PostgreSQL's own error about such a text would quote it. */
function mayBeName(name: string): boolean {
  return name.length > 0 && name.length <= 2 * LONGEST_NAME && name.isWellFormed() && !name.includes('\u0000');
}
