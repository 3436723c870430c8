import type pg from 'pg';
import type { RecalledAdvice, RecalledGroup, RecalledPage, RecalledRow } from '../application/ports.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import { LEAST_USER_ID } from '../domain/ids.js';
import { localDate, type LocalDate } from '../domain/local-date.js';
import type { Program } from '../domain/program.js';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import { believedDate, isDay } from './believed.js';
import { IBSAFE, isOpen } from './ibsafe-names.js';
import { recalledCondition } from './recalled-condition.js';
import { orUnfit } from './unfit-columns.js';

/** Users that are gone through in one statement: some tenths of a second. */
const USERS_AT_ONCE = 2_000;
/** Days by which a target date may lie after its record date. */
const DAYS_AHEAD = 2;

// User by user through IBSafe's own key (user, record date, gubun): rows of other days are not even passed by.
const SPAN = `span as materialized (select id::int4 as id, ${isOpen('u')} as open from ${IBSAFE.users} u where id > $1::bigint order by id limit ${USERS_AT_ONCE})`;
const FIRST = 5;

/** Finds saved advice of this service by what its rows recorded. */
export class PostgresRecalledAdvice implements RecalledAdvice {
  /** @param catalogue of all dishes, those that are recalled included */
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly catalogue: () => Catalogue,
  ) {}

  async count(cause: RecallCause, since: LocalDate): Promise<readonly RecalledGroup[]> {
    const { sql, values } = recalledCondition(cause, this.catalogue(), FIRST - 2);
    const text = `with ${SPAN}, found as (
        select i.gubun, i.record_date::text as record_date, ${believedDate('i.target_date')} as target_date, u.open, count(*)::int as rows
        from span u join ${IBSAFE.interventions} i on i.user_id = u.id
        where ${isDay('i.record_date')} and i.record_date >= $2::date - ${DAYS_AHEAD} and i.target_date >= $2::date and ${sql} group by 1, 2, 3, 4)
      select (select max(id) from span) as through, (select jsonb_agg(found) from found) as found`;
    const groups = new Map<string, RecalledGroup>();
    for (let after: number | null = LEAST_USER_ID - 1; after !== null;) {
      const { rows }: { rows: CountRow[] } = await this.read(this.pool.query<CountRow>(text, [after, since, ...values]));
      for (const group of rows[0]?.found ?? []) add(groups, group);
      after = rows[0]?.through ?? null;
    }
    return [...groups.values()];
  }

  async rows(cause: RecallCause, since: LocalDate, { after, first }: RecalledPage): Promise<readonly RecalledRow[]> {
    const { sql, values } = recalledCondition(cause, this.catalogue(), FIRST);
    const text = `select i.id::text as id, i.user_id::int4 as user_id, i.gubun, i.record_date::text as record_date, ${believedDate('i.target_date')} as target_date, ${isOpen('u')} as open
      from ${IBSAFE.users} u join ${IBSAFE.interventions} i on i.user_id = u.id
      where u.id >= $1::bigint and (i.user_id, i.record_date, i.gubun) > ($1::bigint, $2::date, $3) and ${isDay('i.record_date')} and i.record_date >= $4::date - ${DAYS_AHEAD} and i.target_date >= $4::date and ${sql}
      order by i.user_id, i.record_date, i.gubun limit ${first}`;
    const from = after ?? { userId: LEAST_USER_ID - 1, recordDate: '1970-01-01', gubun: '' };
    const { rows } = await this.read(this.pool.query<FoundRow>(text, [from.userId, from.recordDate, from.gubun, since, ...values]));
    return rows.flatMap((row) => {
      const group = groupOf({ ...row, rows: 1 });
      return group === undefined ? [] : [{ ...group, interventionId: row.id, userId: row.user_id }];
    });
  }

  async users(cause: RecallCause, { gubun }: Program, recordDate: LocalDate): Promise<number[]> {
    const { sql, values } = recalledCondition(cause, this.catalogue(), FIRST - 1);
    const text = `with ${SPAN}
      select (select max(id) from span) as through, array(
        select u.id from span u join ${IBSAFE.interventions} i on i.user_id = u.id
        where u.open and i.record_date = $2::date and i.gubun = $3 and ${sql} order by u.id) as found`;
    const ids: number[] = [];
    for (let after: number | null = LEAST_USER_ID - 1; after !== null;) {
      const { rows }: { rows: UsersRow[] } = await this.read(this.pool.query<UsersRow>(text, [after, recordDate, gubun, ...values]));
      for (const id of rows[0]?.found ?? []) ids.push(id);
      after = rows[0]?.through ?? null;
    }
    return ids;
  }

  private read<R>(asked: Promise<R>): Promise<R> {
    return asked.catch(async (error: unknown) => {
      throw await orUnfit(this.pool, error);
    });
  }
}

interface GroupRow {
  readonly gubun: string;
  readonly record_date: string;
  /** Null where the row holds none that is in the calendar. */
  readonly target_date: string | null;
  readonly open: boolean;
  readonly rows: number;
}

interface CountRow {
  readonly through: number | null;
  readonly found: readonly GroupRow[] | null;
}

interface UsersRow {
  readonly through: number | null;
  readonly found: readonly number[];
}

type FoundRow = Omit<GroupRow, 'rows'> & { readonly id: string; readonly user_id: number };

function add(groups: Map<string, RecalledGroup>, row: GroupRow): void {
  const group = groupOf(row);
  if (group === undefined) return;
  const key = `${row.gubun} ${row.record_date} ${row.target_date} ${row.open}`;
  groups.set(key, { ...group, rows: group.rows + (groups.get(key)?.rows ?? 0) });
}

/** Undefined for a row of a program that this release does not have. */
function groupOf(row: GroupRow): RecalledGroup | undefined {
  const program = ALL_PROGRAMS.find(({ gubun }) => gubun === row.gubun);
  if (program === undefined) return undefined;
  const recordDate = localDate(row.record_date);
  const targetDate = row.target_date === null ? program.targetDate(recordDate) : localDate(row.target_date);
  return { program, recordDate, targetDate, isOpen: row.open, rows: row.rows };
}
