import { asTyped } from '../../base/as-typed.js';
import { openPool } from '../../database/pool.js';
import { isUuid } from '../../domain/ids.js';
import { expiryOf, type Session } from '../../identity/sessions/session.js';
import { SessionStore } from '../../identity/sessions/session-store.js';
import { sessionLimits } from '../../runtime/authentication.js';
import { withDatabase } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import type { SessionListOptions } from './session-commands.js';
import { say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor that ends a session, in its table. */
const ACTOR = OWN_ACTORS.cli;
/** Sessions that are listed at most. */
const MAX_SESSIONS = 1_000;

/** Lists the sessions. */
export async function sessionList(shell: Shell, { ended = false }: SessionListOptions): Promise<ExitCode> {
  const now = new Date();
  const { rows, hasNext } = await withSessions(shell, (store) => store.page({ live: !ended, now }, { first: MAX_SESSIONS }));
  if (rows.length === 0) shell.print(ended ? say('noSessionYet') : say('noSession'));
  for (const session of rows) shell.print(lineOf(session, now));
  if (hasNext) shell.screen.say(say('newestSessions', { most: MAX_SESSIONS }));
  shell.printJson({ sessions: rows.map((session) => ({ ...session, live: isLive(session, now) })), hasNext });
  return EXIT.done;
}

/** Ends a session, or all of an actor. */
export async function sessionRevoke(shell: Shell, which: string): Promise<ExitCode> {
  const end = { by: ACTOR, at: new Date() };
  const count = await withSessions(shell, async (store) => {
    if (!isUuid(which)) return (await store.endAll(which, end)).length;
    return (await store.end(which.toLowerCase(), end)) === undefined ? 0 : 1;
  });
  if (count === 0) throw new CommandFailed(say('noSuchSession', { list: asTyped('session list') }));
  shell.print(count === 1 ? say('endedSession') : say('endedSessions', { count }));
  shell.printJson({ ended: count });
  return EXIT.done;
}

function lineOf(session: Session, now: Date): string {
  const { id, way, actor, signedInAt, endedAt, endedBy } = session;
  const over =
    endedAt === null
      ? say('expiredAt', { time: minuteOf(new Date(expiryOf(session))) })
      : say('endedAt', { time: minuteOf(endedAt), by: endedBy ?? '' });
  const state = isLive(session, now) ? say('untilTime', { time: minuteOf(new Date(expiryOf(session))) }) : over;
  return [id, way.padEnd(6), say('signedInAt', { time: minuteOf(signedInAt) }), state, actor].join('  ');
}

function isLive(session: Session, now: Date): boolean {
  return session.endedAt === null && expiryOf(session) > now.getTime();
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

async function withSessions<T>(shell: Shell, work: (store: SessionStore) => Promise<T>): Promise<T> {
  return withDatabase(shell, 'existing', async ({ url }) => {
    const pool = openPool({ url, max: 1, name: 'sessions', onError: () => undefined }); // the caller who waits for an answer gets the error too
    try {
      return await work(new SessionStore(pool, sessionLimits(shell.config)));
    } finally {
      await pool.end();
    }
  });
}
