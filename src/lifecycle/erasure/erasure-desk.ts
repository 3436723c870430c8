import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../database/in-transaction.js';
import type { ErasureRefusal, PersonErased } from '../../domain/erasure.js';
import { erasureStream, LASTING } from '../../domain/run/stream-names.js';
import { codeOf } from '../../base/error-code.js';
import { AppendTrace } from '../../eventlog/append-trace.js';
import { PostgresLog } from '../../eventlog/postgres-log.js';
import { IBSAFE } from '../../records/ibsafe-names.js';

/** What the service knows of a person, before it is erased. */
export interface ErasurePreview {
  readonly userId: number;
  /** The name that confirms the erasure: that of the account, or the id where IBSafe has deleted the account. */
  readonly name: string;
  readonly hasAccount: boolean;
  /** Whether anything but reads and operators' words leads from the person to what happened to them. */
  readonly isKnown: boolean;
  /** Outcomes in the log, and runs that they are in. */
  readonly outcomes: number;
  readonly runs: number;
  /** Entries of the audit of reads. */
  readonly reads: number;
  /** Words of operators that seem to name the person; they are erased, too. */
  readonly texts: readonly { readonly id: string | null; readonly text: string }[];
  /** A run that has not ended and covers the person; null for none. */
  readonly activeRunId: string | null;
  /** Rows of IBSafe's own table, which stay IBSafe's. */
  readonly interventions: number;
  /** Months whose archives were written before persons left the log: they name the person still. */
  readonly monthsNotCovered: readonly string[];
}

/** What became of an erasure. */
export type Erased = { readonly erased: PersonErased['data'] } | { readonly refused: ErasureRefusal; readonly preview: ErasurePreview };

// An id as a word of its own, and no part of an id of ours, a date or a time. A Latin name as a word of its own too: "An" is no part of "plan"; what follows may be Korean. Other names wherever they stand: Korean has no gap between a name and what follows it.
const NO_PERSON = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}:\\d\\d';
const LATIN = '0-9a-z\\u00df-\\u00f6\\u00f8-\\u024f';
const NAMED = `case when n ~ '[^\\u0001-\\u024f]' then position(n in lower(t.text)) > 0
  else lower(t.text) ~ ('(^|[^${LATIN}])' || regexp_replace(n, '([^[:alnum:]])', '\\\\\\1', 'g') || '([^${LATIN}]|$)') end`;
const NAMES = `person as (select $1::int as id, array(select lower(n) from jsonb_each_text(coalesce((select to_jsonb(a) from ${IBSAFE.users} a where a.id = $1), '{}')) e (key, n)
    where key in ('username', 'first_name', 'last_name', 'email') and length(n) > 1) as names),
  naming as (select t.id, t.text from (
      select o.id, o.text from batch.operator_text o
      union all select null, s.reason from batch.alert_silence s where not exists (select from batch.operator_text o where o.text = s.reason)) t, person
    where regexp_replace(t.text, '${NO_PERSON}', ' ', 'g') ~ ('(^|[^0-9A-Za-z])' || person.id || '([^0-9A-Za-z]|$)') or exists (select from unnest(person.names) n where ${NAMED}))`;
const TEXTS = `with ${NAMES} select id, text from naming order by id, text`;
/** Silences are in no event: the function that erases knows only the words of those that were also a reason of something else. */
const ERASE_SILENCES = `with ${NAMES} update batch.alert_silence set reason = '(erased)' where reason in (select text from naming where id is null)`;

// Run by run, since no index of the log begins with the subject.
const KNOWN = `select a.username, a.id is not null as "hasAccount", coalesce(told.outcomes, 0)::int as outcomes, coalesce(told.runs, 0)::int as runs,
    (select count(*)::int from batch.person_read_user r where r.user_id = $1) as reads,
    coalesce(
      (select w.run_id from batch.chunk_work w join batch.run_view r using (run_id) where not w.done and r.ended_at is null and $1 = any (w.user_ids) limit 1),
      (select r.run_id from batch.run_view r where r.ended_at is null and r.roster is null and $1 = any (r.user_ids) limit 1)) as "activeRunId", -- asked for, and not planned yet
    (select count(*)::int from ${IBSAFE.interventions} i where i.user_id = $1) as interventions,
    exists (select from batch.subject s where s.user_id = $1) or exists (select from batch.low_fodmap_days d where d.user_id = $1)
      or exists (select from batch.run_view r where $1 = any (r.user_ids)) as "isKnown",
    array(select to_char(g.month, 'YYYY-MM') from batch.let_go_month g where g.let_go_at < (select m.executed_at from batch.migration m where m.name = '058-subjects')
      order by g.month) as "monthsNotCovered"
  from (select) one left join ${IBSAFE.users} a on a.id = $1
    left join (select sum(found.n) as outcomes, count(*) filter (where found.n > 0) as runs from batch.subject s cross join batch.run_view r
      cross join lateral (select count(*) as n from batch.event_log e where e.run_month = r.run_month and e.run_id = r.run_id and e.subject = s.subject) found
      where s.user_id = $1) told on true`;

// Reads wait in processes for a while. One that is being written is waited for, and goes; one that comes later finds the mark, and is recorded without the person.
const NO_MORE_READS = 'lock table batch.person_read_user in share row exclusive mode';
const LEAVE_OUT = `with gone as (delete from batch.erased_person where at < clock_timestamp() - interval '2 days')
  insert into batch.erased_person (salt, mark) select s.salt, batch.person_mark(s.salt, $1) from (select gen_random_uuid() as salt) s`;

interface KnownRow extends Omit<ErasurePreview, 'userId' | 'name' | 'texts'> {
  readonly username: string | null;
}

const NO_ACCOUNT = `from batch.subject s where not exists (select from ${IBSAFE.users} a where a.id = s.user_id)`;

/** What the function that erases says it took away. */
type Taken = Readonly<Record<'subjects' | 'reads' | 'runs' | 'texts', number>>;

/** Persons that the service is to forget, and what it knows of them. */
export class ErasureDesk {
  /** @param settleReads records who read what up to now: such a read, recorded afterwards, would name the person again */
  constructor(
    private readonly pool: pg.Pool,
    private readonly settleReads: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** What an erasure would take away. */
  async preview(userId: number): Promise<ErasurePreview> {
    const { rows } = await this.pool.query<KnownRow>(KNOWN, [userId]);
    const { username, ...known } = rows[0] as KnownRow;
    const { rows: texts } = await this.pool.query<ErasurePreview['texts'][number]>(TEXTS, [userId]);
    return { ...known, userId, name: username ?? String(userId), texts };
  }

  /**
   * Forgets a person for good. Afterwards nothing of the service's leads from the person to an event; counts and other persons' events are what they were. IBSafe's own
   * rows stay, and where its account stays a later run knows the person anew. @param name of the account, typed to confirm
   */
  async erase(userId: number, { name, actor }: { readonly name: string; readonly actor: string }): Promise<Erased> {
    await this.settleReads();
    const preview = await this.preview(userId);
    if (!preview.isKnown && preview.reads === 0 && preview.texts.length === 0) return { refused: 'NOTHING_KNOWN', preview };
    if (preview.activeRunId !== null) return { refused: 'RUN_UNFINISHED', preview };
    if (name.trim() !== preview.name.trim()) return { refused: 'NAME_DIFFERS', preview };
    try {
      return { erased: await this.forget(userId, { texts: preview.texts.flatMap(({ id }) => id ?? []), actor }) };
    } catch (error) {
      if (codeOf(error) === 'BE011') return { refused: 'RUN_UNFINISHED', preview: await this.preview(userId) };
      throw error;
    }
  }

  /** Ids of persons whose account IBSafe has deleted and that the service knows still, ascending. */
  async withoutAccount(most: number): Promise<readonly number[]> {
    const text = `select s.user_id as id ${NO_ACCOUNT} order by 1 limit $1`;
    return (await this.pool.query<{ id: number }>(text, [most])).rows.map(({ id }) => id);
  }

  /** How many these are. */
  async countWithoutAccount(): Promise<number> {
    return (await this.pool.query<{ count: number }>(`select count(*)::int as count ${NO_ACCOUNT}`)).rows[0]?.count ?? 0;
  }

  /** What is erased and what the log says of it are one transaction. */
  private forget(userId: number, { texts, actor }: { texts: readonly string[]; actor: string }): Promise<PersonErased['data']> {
    const trace = new AppendTrace(this.pool);
    const forgetIn = async (client: pg.PoolClient): Promise<PersonErased['data']> => {
      const silences = await client.query(ERASE_SILENCES, [userId]); // first: the account tells the names
      await client.query(NO_MORE_READS);
      await client.query(LEAVE_OUT, [userId]);
      const { rows } = await client.query<{ erased: Taken }>('select batch.erase_person($1, $2::uuid[]) as erased', [userId, texts]);
      const { subjects, reads, runs, texts: words } = (rows[0] as { erased: Taken }).erased;
      const data = { known: subjects, reads, runs, reasons: words + (silences.rowCount ?? 0) };
      const id = randomUUID();
      const target = { stream: erasureStream(id), expectedVersion: 0, month: LASTING, actor, correlationId: id };
      await trace.over(new PostgresLog(client)).append(target, [{ type: 'PersonErased', data }]);
      return data;
    };
    return inTransaction(this.pool, '', forgetIn, () => trace.isWritten());
  }
}
