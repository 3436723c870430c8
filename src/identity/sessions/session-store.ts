import type { Pool, QueryResultRow } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createHash, randomBytes } from 'node:crypto';
import { untilAnswered } from '../../database/until-answered.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import type { Role } from '../role.js';
import type { Session, Standing } from './session.js';

const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Makes what opens a session: 32 random bytes in base64url, which the browser alone keeps. */
function makeSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text has the form of such a secret: others are not looked for. */
export function isSessionSecret(text: string): boolean {
  return FORM.test(text);
}

/** What the database keeps of a secret. Not a slow hash: 256 random bits are not guessed. */
export function hashSessionSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** How long sessions last, in ms. */
export interface SessionLimits {
  /** Without a request. */
  readonly idleMs: number;
  /** Whatever happens. */
  readonly longestMs: number;
}

/** What a session is checked by. */
export interface StoredSession extends Session {
  /** Of a token or a provider, or of the key as it is now; null for a key that was revoked and for accounts of IBSafe's. */
  readonly role: Role | null;
  readonly userId: number | null;
}

/** What ended a session: the actor and the time. */
export interface SessionEnd {
  readonly by: string;
  readonly at: Date;
}

/** Sessions at once of one actor; the one that was used longest ago gives way. */
const MAX_SESSIONS_OF_AN_ACTOR = 50;

const SHOWN = `s.id, s.actor, s.way, s.signed_in_at as "signedInAt", s.seen_at as "seenAt", s.idle_until as "idleUntil", s.ends_at as "endsAt",
  s.ended_at as "endedAt", s.ended_by as "endedBy"`;

const FIND = `select ${SHOWN}, coalesce(s.role, k.role) as role, s.user_id as "userId"
  from batch.session s left join batch.api_key k on k.prefix = s.key_prefix and k.revoked_at is null
  where s.secret_hash = $1 and s.ended_at is null`;

const OPEN = `insert into batch.session (id, secret_hash, actor, way, key_prefix, user_id, role, signed_in_at, seen_at, idle_until, ends_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10) on conflict (id) do nothing`;

const CROWD_OUT = `update batch.session set ended_at = $2, ended_by = actor where id in (
    select id from batch.session where actor = $1 and ended_at is null and idle_until > $2 and ends_at > $2 order by seen_at desc, id desc offset $3)
  returning secret_hash`;

// What began before has most likely ended before: the index by time leads to it. A session without an end has one by its limits.
const FORGET = `delete from batch.session where signed_in_at < $1 and coalesce(ended_at, least(idle_until, ends_at)) < $1`;

/** Sessions in `batch.session`. Times are the caller's: one clock says when a session ends and when a request comes. */
export class SessionStore {
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly limits: SessionLimits,
  ) {}

  /** Opens a session. Its secret is always a new one, whatever the browser brought. @returns the secret, which nothing else knows, and its end */
  async open(standing: Standing, now: Date): Promise<{ secret: string; id: string; endsAt: Date }> {
    const [secret, id] = [makeSessionSecret(), uuidv7()];
    const endsAt = new Date(Math.min(now.getTime() + this.limits.longestMs, standing.until));
    const { actor, way } = standing;
    const key = way === 'KEY' ? standing.keyPrefix : null;
    const user = way === 'IBSAFE' ? standing.userId : null;
    const role = way === 'TOKEN' || way === 'OIDC' ? standing.role : null;
    const values = [id, hashSessionSecret(secret), actor, way, key, user, role, now, this.idleUntil(now), endsAt];
    await untilAnswered(() => this.pool.query(OPEN, values));
    await untilAnswered(() => this.pool.query(CROWD_OUT, [actor, now, MAX_SESSIONS_OF_AN_ACTOR]));
    return { secret, id, endsAt };
  }

  /** A session that was not ended, by its secret. Whether it has expired is for the caller to see. */
  async find(secret: string): Promise<StoredSession | undefined> {
    return (await this.pool.query<StoredSession>({ name: 'session', text: FIND, values: [hashSessionSecret(secret)] })).rows[0];
  }

  /** Notes that a session was used, which renews it. @returns until when it lasts now without a request */
  async renew(id: string, now: Date): Promise<Date> {
    const idleUntil = this.idleUntil(now);
    await this.pool.query('update batch.session set seen_at = $2, idle_until = $3 where id = $1 and ended_at is null', [
      id,
      now,
      idleUntil,
    ]);
    return idleUntil;
  }

  /** Ends the session of a secret. @returns it; undefined where there was none that went on */
  async endBySecret(secret: string, { by, at }: { readonly by?: string; readonly at: Date }): Promise<Session | undefined> {
    const text = `update batch.session s set ended_at = $2, ended_by = coalesce($3, s.actor) where s.secret_hash = $1 and s.ended_at is null returning ${SHOWN}`;
    const ended = `select ${SHOWN} from batch.session s where s.secret_hash = $1 and s.ended_at = $2 and s.ended_by = coalesce($3, s.actor)`;
    return (await this.ended<Session>(text, ended, [hashSessionSecret(secret), at, by ?? null]))[0];
  }

  /** Ends a session by its id. @param of the actor that it must belong to; undefined for any. @returns it and the hash of its secret */
  async end(id: string, { by, at }: SessionEnd, of?: string): Promise<(Session & { readonly hash: Buffer }) | undefined> {
    const which = 's.id = $1 and ($4::text is null or s.actor = $4)';
    const text = `update batch.session s set ended_at = $2, ended_by = $3
      where ${which} and s.ended_at is null and s.idle_until > $2 and s.ends_at > $2 returning ${SHOWN}, s.secret_hash as hash`;
    const ended = `select ${SHOWN}, s.secret_hash as hash from batch.session s where ${which} and s.ended_at = $2 and s.ended_by = $3`;
    return (await this.ended<Session & { hash: Buffer }>(text, ended, [id, at, by, of ?? null]))[0];
  }

  /** Ends all sessions of an actor. @returns the hashes of their secrets */
  async endAll(actor: string, { by, at }: SessionEnd): Promise<Buffer[]> {
    const text = `update batch.session set ended_at = $2, ended_by = $3 where actor = $1 and ended_at is null and idle_until > $2 and ends_at > $2
      returning secret_hash as hash`;
    const ended = 'select secret_hash as hash from batch.session where actor = $1 and ended_at = $2 and ended_by = $3';
    return (await this.ended<{ hash: Buffer }>(text, ended, [actor, at, by])).map(({ hash }) => hash);
  }

  /** Ends sessions. @param ended finds those that the same order has ended, whose answer was lost: by its time and its actor */
  private ended<T extends QueryResultRow>(text: string, ended: string, values: readonly unknown[]): Promise<T[]> {
    const ask = async (statement: string): Promise<T[]> => (await this.pool.query<T>(statement, [...values])).rows;
    return untilAnswered(async (isAgain) => {
      const now = await ask(text);
      return isAgain ? ask(ended) : now;
    });
  }

  /** Sessions, newest first. @param filter.actor whose; all where it is left out. `live` leaves out those that are over at `now` */
  async page(
    filter: { readonly actor?: string | undefined; readonly live: boolean; readonly now: Date },
    page: PageRequest,
  ): Promise<Page<Session>> {
    const [time = null, id = null] = page.after ?? [];
    const text = `select ${SHOWN} from batch.session s
      where ($1::text is null or s.actor = $1) and (not $2 or (s.ended_at is null and s.idle_until > $3 and s.ends_at > $3))
        and ($4::timestamptz is null or (s.signed_in_at, s.id) < ($4::timestamptz, $5::uuid))
      order by s.signed_in_at desc, s.id desc limit $6`;
    const values = [filter.actor ?? null, filter.live, filter.now, time, id, page.first + 1];
    return pageOf((await this.pool.query<Session>(text, values)).rows, page.first);
  }

  /** Lets go of sessions that were over before a time, however they ended. @returns how many there were */
  async forgetEnded(before: Date): Promise<number> {
    return (await this.pool.query(FORGET, [before])).rowCount ?? 0;
  }

  private idleUntil(now: Date): Date {
    return new Date(now.getTime() + this.limits.idleMs);
  }
}
