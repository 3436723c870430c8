import { MongoClient } from 'mongodb';
import { openPool } from '../../src/database/pool.js';
import { JobStore } from '../../src/jobs/job-store.js';
import type { OpenedAgenda } from '../../src/jobs/leave-agenda.js';
import { openMongoAgenda, openPostgresAgenda, type AgendaOptions } from '../../src/jobs/open-agenda.js';
import { databaseUrl } from './mongodb.js';
import { openTcpProxy } from './tcp-proxy.js';

/** A job as it lies in its store, read past Agenda. */
export interface StoredJob {
  readonly name: string;
  readonly nextRunAt: Date | null;
  readonly lockedAt: Date | null;
  readonly lastRunAt: Date | null;
  readonly lastFinishedAt: Date | null;
  readonly lastModifiedBy: string | null;
}

/** Where the jobs of one test are: a server over the wire, by a way that can be cut. */
export interface JobStorePlace extends AsyncDisposable {
  /** For the processes that a test starts: exactly one of the two. */
  readonly urls: { readonly jobsUrl?: string; readonly mongoUrl?: string };
  /** What a process of this name opens; not started. */
  open(name: string, onError?: (error: unknown) => void, watchMs?: number): JobStore;
  jobs(): Promise<StoredJob[]>;
  /** Writes fields of the job of a name, past Agenda: what a crash or another process leaves. */
  write(name: string, fields: Partial<Pick<StoredJob, 'nextRunAt' | 'lockedAt' | 'lastRunAt'>>): Promise<void>;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Makes a place for jobs. `databaseUrl` is the PostgreSQL database of the test; `isCut` has it begin unreachable. */
export type OpenPlace = (databaseUrl: string, isCut?: boolean) => Promise<JobStorePlace>;

const RETRY_MS = 50;
const WATCH_MS = 5_000;

function storeOf(kind: string, make: (options: AgendaOptions) => Promise<OpenedAgenda>): JobStorePlace['open'] {
  return (name, onError = () => undefined, watchMs = WATCH_MS) =>
    new JobStore({ kind, make: () => make({ name, onError }), retryMs: RETRY_MS, watchMs, onError });
}

const COLUMNS = `name, next_run_at as "nextRunAt", locked_at as "lockedAt", last_run_at as "lastRunAt", last_finished_at as "lastFinishedAt",
  last_modified_by as "lastModifiedBy"`;
const FIELDS = { nextRunAt: 'next_run_at', lockedAt: 'locked_at', lastRunAt: 'last_run_at' } as const;

/** The table of Agenda's in a test's database, reached through a proxy. */
export async function openPostgresPlace(directUrl: string, isCut = false): Promise<JobStorePlace> {
  const direct = openPool({ url: directUrl, max: 2, name: 'test', onError: () => undefined });
  const url = new URL(directUrl);
  const proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) }, isCut);
  url.port = String(proxy.port);
  const make = async (options: AgendaOptions): Promise<OpenedAgenda> => {
    const pool = openPool({ url: url.href, max: 6, name: 'jobs', searchPath: 'batch', onError: options.onError });
    try {
      const opened = await openPostgresAgenda(pool, options);
      return { ...opened, close: () => opened.close().then(() => pool.end()) };
    } catch (error) {
      await pool.end();
      throw error;
    }
  };
  return {
    urls: { jobsUrl: url.href },
    open: storeOf('Agenda on PostgreSQL', make),
    jobs: async () => (await direct.query<StoredJob>(`select ${COLUMNS} from batch.agenda_jobs order by name`)).rows,
    async write(name, fields) {
      for (const [field, value] of Object.entries(fields) as [keyof typeof FIELDS, Date | null][])
        await direct.query(`update batch.agenda_jobs set ${FIELDS[field]} = $2 where name = $1`, [name, value]);
    },
    cut: () => proxy.cut(),
    mend: () => proxy.mend(),
    async [Symbol.asyncDispose]() {
      await proxy.cut();
      await direct.end();
    },
  };
}

/** A database of its own on a MongoDB, reached through a proxy. */
export async function openMongoPlace(server: URL, isCut = false): Promise<JobStorePlace> {
  const proxy = await openTcpProxy({ host: server.hostname, port: Number(server.port) }, isCut);
  const url = databaseUrl(server, proxy.port);
  const direct = new MongoClient(server.href);
  const db = direct.db(url.pathname.slice(1));
  const jobs = db.collection<StoredJob>('agendaJobs');
  return {
    urls: { mongoUrl: url.href },
    open: storeOf('Agenda on MongoDB', (options) => openMongoAgenda(url.href, options)),
    // Agenda unlocks by taking the field away.
    jobs: async () => (await jobs.find().sort({ name: 1 }).toArray()).map((job) => ({ ...job, lockedAt: job.lockedAt ?? null })),
    write: async (name, fields) => void (await jobs.updateOne({ name }, { $set: fields })),
    cut: () => proxy.cut(),
    mend: () => proxy.mend(),
    async [Symbol.asyncDispose]() {
      await proxy.cut();
      await db.dropDatabase();
      await direct.close();
    },
  };
}
