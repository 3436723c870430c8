import { hostname } from 'node:os';
import type pg from 'pg';
import { isNow, leaseHolds } from './database-time.js';

/** A process as `systemStatus` shows it. */
export interface WorkerEntry {
  readonly workerId: string;
  readonly host: string;
  readonly pid: number;
  readonly roles: string;
  readonly lanes: number;
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** What it works on now. */
  readonly chunks: readonly { readonly runId: string; readonly chunk: number; readonly since: Date }[];
}

/** What a process says of itself. */
interface SignedIn {
  readonly workerId: string;
  readonly roles: string;
  readonly lanes: number;
  readonly version: string;
}

/** How often a process says that it lives, in ms. */
export const HEARTBEAT_MS = 5_000;
/** After this many ms without a sign a process counts as dead. */
export const DEAD_AFTER_MS = 20_000;

/** Days after its last sign for which a process is remembered: twice as long as the doctor asks for processes that were killed. */
const KEPT_DAYS = 60;
/** Entries that one statement lets go of. */
const AT_ONCE = 1_000;

/** Lets go of processes that ended long ago: each start leaves an entry. @returns how many there were */
export async function letGoOfWorkers(db: Pick<pg.Pool, 'query'>): Promise<number> {
  const text = `delete from batch.worker where ctid = any(array(select ctid from batch.worker
    where seen_at < now() - interval '${KEPT_DAYS} days' limit ${AT_ONCE} for update skip locked))`;
  let [all, gone] = [0, AT_ONCE];
  while (gone === AT_ONCE) {
    gone = (await db.query(text)).rowCount ?? 0;
    all += gone;
  }
  return all;
}

/** Living processes: each signs in, gives a sign of life every few seconds, and signs out. */
export class Workers {
  private timer: NodeJS.Timeout | undefined;
  /** What keeps this process from its model, as noted last; undefined before. */
  private modelNoted: string | null | undefined;

  constructor(private readonly pool: Pick<pg.Pool, 'query'>) {}

  /**
   * Signs in and keeps the entry alive. A database that cannot be reached for a while is tolerated.
   * @param onSilent told once, when no sign has come through for so long that others take this process for dead
   */
  async signIn(entry: SignedIn, onSilent: (error: unknown) => void = () => undefined): Promise<void> {
    const { workerId, roles, lanes, version } = entry;
    const text = `insert into batch.worker (worker_id, host, pid, roles, lanes, version) values ($1, $2, $3, $4, $5, $6)`;
    const self = [workerId, hostname(), process.pid, roles, lanes, version];
    await this.pool.query(text, self);
    // An entry that is gone, as after a restore or a jump of the database's clock, is made anew. A note of the model that the database did not take, or took after a later one, is made good by the next sign.
    const beat = `${text} on conflict (worker_id) do update set seen_at = now(), model_problem = case when $7 then $8 else batch.worker.model_problem end`;
    const values = (): unknown[] => [...self, this.modelNoted !== undefined, this.modelNoted ?? null];
    let [seenAt, isTold] = [performance.now(), false];
    const heard = (): void => void ([seenAt, isTold] = [performance.now(), false]);
    const unheard = (error: unknown): void => {
      if (isTold || performance.now() - seenAt < DEAD_AFTER_MS) return;
      isTold = true;
      onSilent(error);
    };
    this.timer = setInterval(() => void this.pool.query(beat, values()).then(heard, unheard), HEARTBEAT_MS);
  }

  /** Notes what keeps a process from its language model, or from what it answers; null when nothing does any more. A process that did not sign in has no row to note it in. @throws when the database does not take it: then the next sign of this process says it */
  async noteModel(workerId: string, problem: string | null): Promise<void> {
    this.modelNoted = problem;
    await this.pool.query('update batch.worker set model_problem = $2 where worker_id = $1', [workerId, problem]);
  }

  /** What keeps a living process from its language model; null when nothing keeps any. */
  async modelProblem(): Promise<string | null> {
    const text = `select model_problem from batch.worker
      where stopped_at is null and ${isNow('seen_at', DEAD_AFTER_MS)} and model_problem is not null order by started_at limit 1`;
    const { rows } = await this.pool.query<{ model_problem: string }>(text);
    return rows[0]?.model_problem ?? null;
  }

  async signOut(workerId: string): Promise<void> {
    clearInterval(this.timer);
    await this.pool.query('update batch.worker set stopped_at = now() where worker_id = $1', [workerId]).catch(() => undefined);
  }

  /** Processes that signed in, did not sign out, and gave a sign in the last 20 s. */
  async alive(): Promise<WorkerEntry[]> {
    const text = `select w.worker_id as "workerId", w.host, w.pid, w.roles, w.lanes, w.version, w.started_at as "startedAt", w.seen_at as "seenAt",
        coalesce(jsonb_agg(jsonb_build_object('runId', c.run_id, 'chunk', c.chunk, 'since', c.claimed_at) order by c.claimed_at)
          filter (where c.run_id is not null), '[]') as chunks
      from batch.worker w
        left join batch.chunk_work c on c.owner = w.worker_id and not c.done and ${leaseHolds('c')}
      where w.stopped_at is null and ${isNow('w.seen_at', DEAD_AFTER_MS)}
      group by w.worker_id order by w.started_at`;
    const { rows } = await this.pool.query<WorkerEntry>(text);
    return rows;
  }
}
