import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendTarget, Appended, EventLog } from '../application/ports.js';
import type { Queryable } from './postgres-log.js';

/** Looks for an event, and ms between them: a server that starts anew, or a commit under way there, is waited for; an order is answered within its deadline. */
const [MAX_LOOKS, LOOK_EVERY_MS] = [30, 100];

/**
 * The last event that a transaction appended: where the answer to its COMMIT is lost, it tells whether the transaction is there. By the event and not by the transaction's
 * number, which another may have taken where the server was replaced or lost its last writes.
 */
export class AppendTrace {
  private last: { readonly target: AppendTarget; readonly appended: Appended } | undefined;

  /** @param db reads outside of the transaction */
  constructor(private readonly db: Queryable) {}

  /** The log, whose appends are traced. */
  over(log: EventLog): EventLog {
    const append: EventLog['append'] = async (target, events) => {
      const appended = await log.append(target, events);
      this.last = { target, appended };
      return appended;
    };
    return Object.assign(Object.create(log) as EventLog, { append });
  }

  /** Whether the event is there; false where none was appended, and where the database does not say. Never rejects. */
  async isWritten(): Promise<boolean> {
    if (this.last === undefined) return false;
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const state = await this.look(this.last).catch(() => 'UNKNOWN' as const);
      if (state === 'THERE') return true;
      if (state === 'NOT_THERE') return false;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  private async look({ target, appended }: NonNullable<AppendTrace['last']>): Promise<'THERE' | 'NOT_THERE' | 'UNKNOWN'> {
    const { stream, month, correlationId } = target;
    const { xid, position } = appended.cursor;
    const { rows } = await this.db.query<{ there: boolean; open: boolean }>(LOOK, [
      month,
      stream,
      appended.lastVersion,
      xid,
      position,
      correlationId,
    ]);
    const [row] = rows;
    if (row?.there === true) return 'THERE';
    return row?.open === false ? 'NOT_THERE' : 'UNKNOWN';
  }
}

// Whether it is still open is read first: it may be written between the two, and is then there.
const LOOK = `with state as materialized (select $4::xid8 >= batch.log_horizon() as open)
select open, exists (select from batch.event where run_month = $1::date and stream = $2 and version = $3 and xid = $4::xid8 and position = $5 and correlation_id = $6) as there
from state`;
