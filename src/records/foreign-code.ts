import type pg from 'pg';
import { sessionAgain } from '../database/session.js';

/** A trigger that IBSafe's operators put on the table may count on the search path of its app; our own statements need none. */
export const AS_THE_APP = 'set local search_path = public';
export const AS_OURSELVES = "set local search_path = ''";

/** The statements by which a session goes on as ours after triggers of the app's ran in it: they may have changed its role or its settings, and for good. */
export function goneOn(client: pg.ClientBase): string {
  return sessionAgain(client) ?? AS_OURSELVES;
}

/**
 * The statements after a write to a table of the app's, in one message: what waits for the commit has its word at once, so that nothing foreign runs any
 * more, and the session is ours again. Those triggers, too, meet the app's search path, and no limit or role that one before them has set.
 */
export function settled(client: pg.ClientBase, hasTriggers: boolean): string {
  const waiting = 'set constraints all immediate';
  return hasTriggers ? `${goneOn(client)}; ${AS_THE_APP}; ${waiting}; ${goneOn(client)}` : `${waiting}; ${AS_OURSELVES}`;
}
