import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda, type AgendaBackend } from 'agenda';
import type pg from 'pg';
import { LOCK_LIFETIME_MS, PROCESS_EVERY_MS } from './job-names.js';

/** What an Agenda is opened with. */
export interface AgendaOptions {
  /** Its name in `lastModifiedBy`: this process. */
  readonly name: string;
  /** A pool of its own whose search path is schema `batch` and whose errors are handled: Agenda's own pool ends the process when a connection breaks. */
  readonly pool: pg.Pool;
  /** Told the name of an error, never its text: Agenda's errors may quote a job. */
  readonly onError: (error: Error) => void;
}

/** Agenda on the PostgreSQL store. Its table comes from our migrations, because several processes that let Agenda make it crash each other. */
export async function openAgenda({ name, pool, onError }: AgendaOptions): Promise<Agenda> {
  await pool.query('select 1 from agenda_jobs limit 0'); // Agenda itself ends the process when its store is out of reach at start
  const backend: AgendaBackend = new PostgresBackend({ pool, ensureSchema: false, channelName: 'batch_agenda' });
  backend.notificationChannel?.on('error', onError);
  const agenda = new Agenda({
    backend,
    name,
    processEvery: PROCESS_EVERY_MS,
    defaultLockLifetime: LOCK_LIFETIME_MS,
    removeOnComplete: true,
  });
  agenda.on('error', onError);
  await agenda.ready;
  return agenda;
}
