import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda, type AgendaBackend, type NotificationChannel } from 'agenda';
import { LOCK_LIFETIME_MS, PROCESS_EVERY_MS } from './job-names.js';
import type { OpenedAgenda } from './leave-agenda.js';
import { lookOnceAName } from './one-look-a-name.js';
import { runOutside } from './run-outside.js';
import type { Collection, Db, Document, Filter, FindOneAndUpdateOptions, FindOptions, UpdateFilter } from 'mongodb';
import type pg from 'pg';

/** What an Agenda is opened with, whichever store it keeps its jobs in. */
export interface AgendaOptions {
  /** Its name in `lastModifiedBy`: this process. */
  readonly name: string;
  /** Told of an error. Log its code or name, never its text: Agenda's errors may quote a job. */
  readonly onError: (error: Error) => void;
}

/** Jobs that a process may have at work: as many lanes as can be configured, and what must not wait behind them. */
const MAX_JOBS = 100;

/** After this many ms a MongoDB that does not answer counts as down. */
const SELECTION_MS = 3_000;
/** ms without a word after which a statement, or a wait for a connection, of MongoDB's driver fails: it would wait for ever on a connection that was cut unseen. */
const SILENCE_MS = 30_000;

/**
 * Agenda on the PostgreSQL store. Its table comes from our migrations, because several processes that let Agenda make it crash each other.
 *
 * @param pool has schema `batch` as its search path and handles its errors: Agenda's own pool ends the process when a connection breaks.
 * @throws when the store does not answer: asked first, because Agenda itself would end the process
 */
export async function openPostgresAgenda(pool: pg.Pool, options: AgendaOptions): Promise<OpenedAgenda> {
  await pool.query('select 1 from agenda_jobs limit 0');
  const backend = new PostgresBackend({ pool, ensureSchema: false, channelName: 'batch_agenda' });
  const channel = backend.notificationChannel;
  // A channel whose first connection failed goes on trying, unless it is told that no process wants it any more.
  return { agenda: await agendaOn(backend, channel, options), close: async () => channel?.disconnect() };
}

/**
 * Agenda on MongoDB, writes acknowledged by a majority. Where the server is a replica set, a change stream tells of new jobs at once; elsewhere
 * Agenda looks every 200 ms. @throws when the server does not answer within 3 s
 */
export async function openMongoAgenda(url: string, options: AgendaOptions): Promise<OpenedAgenda> {
  const [{ MongoClient }, backends] = await Promise.all([import('../database/mongo-client.js'), import('@agendajs/mongo-backend')]);
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: SELECTION_MS,
    waitQueueTimeoutMS: SILENCE_MS,
    socketTimeoutMS: SILENCE_MS,
    writeConcern: { w: 'majority' },
    appName: 'ibsafe-batch',
  });
  try {
    await client.connect();
    const db = client.db();
    const { setName } = await db.command({ hello: 1 });
    const channel =
      typeof setName === 'string' ? new backends.MongoChangeStreamNotificationChannel({ db, collection: COLLECTION }) : undefined;
    const agenda = await agendaOn(new backends.MongoBackend({ mongo: ofAgenda(db), collection: COLLECTION }), channel, options);
    const close = async (): Promise<void> => {
      await channel?.disconnect();
      await client.close();
    };
    return { agenda, close };
  } catch (error) {
    await client.close();
    throw error;
  }
}

const COLLECTION = 'agendaJobs';

function own(filter: Filter<Document> = {}): Filter<Document> {
  return { $and: [filter, { _id: { $type: 'objectId' } }] };
}

/**
 * A database in which Agenda finds its own documents alone. One under an id that is none of Agenda's, as a hand makes it, would have every look at the jobs fail: no schedule's job could be mended any
 * more, and no lock be given back.
 */
function ofAgenda(db: Db): Db {
  const collection: Db['collection'] = (name, options) => {
    const all = db.collection(name, options);
    const found: Pick<Collection, 'find' | 'findOneAndUpdate'> = {
      find: (filter?: Filter<Document>, how?: FindOptions) => all.find(own(filter), how),
      findOneAndUpdate: ((filter: Filter<Document>, update: UpdateFilter<Document>, how: FindOneAndUpdateOptions) =>
        how.upsert === true
          ? all.findOneAndUpdate(filter, update, how)
          : all.findOneAndUpdate(own(filter), update, how)) as Collection['findOneAndUpdate'],
    };
    return Object.assign(Object.create(all) as typeof all, found) as never;
  };
  return Object.assign(Object.create(db) as Db, { collection });
}

async function agendaOn(
  backend: AgendaBackend,
  channel: NotificationChannel | undefined,
  { name, onError }: AgendaOptions,
): Promise<Agenda> {
  channel?.on('error', onError);
  const agenda = new Agenda({
    backend,
    name,
    ...(channel && { notificationChannel: channel }),
    processEvery: PROCESS_EVERY_MS,
    defaultLockLifetime: LOCK_LIFETIME_MS,
    removeOnComplete: true,
    maxConcurrency: MAX_JOBS,
  });
  agenda.on('error', onError);
  await agenda.ready;
  tellUnawaited(agenda, onError);
  lookOnceAName(agenda.db);
  runOutside(agenda);
  return agenda;
}

/**
 * Has the one call to the store that Agenda waits for nowhere told of like its other errors: where the store was away, or left, at that moment, it ended the
 * process as a rejection that no code handles. The lock that stays is found by its age.
 */
function tellUnawaited({ db }: Agenda, onError: (error: Error) => void): void {
  const unlock = db.unlockJob.bind(db);
  db.unlockJob = (job) => unlock(job).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))));
}
