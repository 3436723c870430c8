import type { Pool, PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type KeyedCaller, refuseKey, refuseReused, takeKey } from '../application/idempotency.js';
import { inTransaction } from '../database/in-transaction.js';
import { untilAnswered } from '../database/until-answered.js';
import type { AlertKind } from '../domain/alert/alert.js';
import { refuseSilence, type SilenceRefusal } from '../domain/alert/silence.js';
import { isRejection } from '../domain/rejection.js';
import { PostgresIdempotencyKeys } from '../store/idempotency-keys.js';

/** Alerts of a kind, or of a kind and a subject, that are recorded and not sent. */
export interface Silence {
  readonly id: string;
  readonly kind: AlertKind;
  readonly subject: string | null;
  readonly until: Date;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** What is to be silenced, and why. */
export interface SilenceOrder {
  readonly kind: AlertKind;
  readonly subject?: string | undefined;
  /** A time, or so many ms from now by the database's clock: a caller's may be another. */
  readonly until: Date | { readonly inMs: number };
  readonly reason: string;
}

/** A silence that was made, or (`repeated`) the one an earlier request with this key had made. */
export type MadeSilence = Silence & { readonly repeated: boolean };

/** The columns of a silence, as `Silence` names them. */
export const SHOWN = `id, kind, subject, until, reason, made_by as "madeBy", made_at as "madeAt"`;

const TURN = "select pg_advisory_xact_lock(hashtext('batch.silences'))";
const GOING = 'select now() as now, count(*)::int as going from batch.alert_silence where ended_at is null and until > now()';
const MAKE = `insert into batch.alert_silence (id, kind, subject, until, reason, made_by) values ($1, $2, $3, $4, $5, $6) returning ${SHOWN}`;

/** Carries a refusal out of the transaction, so that the key is given back. */
class NotSilenced extends Error {
  constructor(readonly refusal: SilenceRefusal) {
    super(refusal.code);
  }
}

/** Keeps alerts from being sent, until a time. @returns the silence, or why there cannot be one */
export async function silenceAlerts(pool: Pool, order: SilenceOrder, caller: KeyedCaller): Promise<MadeSilence | SilenceRefusal> {
  const unusable = refuseKey(caller);
  if (unusable !== undefined) return unusable;
  try {
    let made: MadeSilence | undefined;
    const make = async (client: PoolClient): Promise<MadeSilence> => (made = await makeIn(client, order, caller));
    return await inTransaction(pool, '', make, () => isThere(pool, made));
  } catch (error) {
    if (error instanceof NotSilenced) return error.refusal;
    throw error;
  }
}

/** Whether a silence is there. An order that is not over yet is waited for: it has the turn. Never rejects. */
async function isThere(pool: Pool, made: MadeSilence | undefined): Promise<boolean> {
  const look = async (): Promise<boolean> => {
    await pool.query(TURN);
    return (await pool.query('select from batch.alert_silence where id = $1', [made?.id])).rowCount !== 0;
  };
  return untilAnswered(look).catch(() => false);
}

async function makeIn(client: PoolClient, order: SilenceOrder, caller: KeyedCaller): Promise<MadeSilence> {
  const { kind, subject = null, until: asked, reason } = order;
  await client.query(TURN); // concurrent orders are counted one after the other
  const id = uuidv7();
  const earlier = await takeKey({ keys: new PostgresIdempotencyKeys(client) }, caller, { id, order: { silence: order } });
  if (earlier !== undefined && isRejection(earlier)) throw new NotSilenced(earlier);
  if (earlier !== undefined) return earlierSilence(client, earlier.earlierId);
  const { rows: told } = await client.query<{ now: Date; going: number }>(GOING);
  const known = told[0] as { now: Date; going: number };
  const until = asked instanceof Date ? asked : new Date(known.now.getTime() + asked.inMs);
  const refused = refuseSilence({ until, reason }, known);
  if (refused !== undefined) throw new NotSilenced(refused);
  const { rows } = await client.query<Silence>(MAKE, [id, kind, subject, until, reason.trim(), caller.actor]);
  return { ...(rows[0] as Silence), repeated: false };
}

/** As it is now, be it over. */
async function earlierSilence(client: PoolClient, id: string): Promise<MadeSilence> {
  const { rows } = await client.query<Silence>(`select ${SHOWN} from batch.alert_silence where id = $1`, [id]);
  if (rows[0] === undefined) throw new NotSilenced(refuseReused(id));
  return { ...rows[0], repeated: true };
}
