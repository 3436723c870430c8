import type { ClientBase } from 'pg';
import { beside, DemoRefused } from './demo-refused.js';
import { readDemoMark, sameDemo, type DemoMark } from './demo-mark.js';
import { addDays, type LocalDate } from '../domain/local-date.js';
import type { Said } from '../domain/said.js';
import type { DemoRandom } from './demo-random.js';

/** A patient's row of `auth_user`, as far as it differs from the others'. */
export interface DemoAccount {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly isStaff: boolean;
  readonly isActive: boolean;
  readonly joinedOn: LocalDate;
  readonly lastSeenOn: LocalDate | null;
}

/** What every demo patient's user name looks like, as a regular expression of PostgreSQL and of JavaScript. */
export const DEMO_USERNAME = '^demo-[0-9]{6,}$';

const INACTIVE_SHARE = 0.03;
const STAFF_SHARE = 0.01;

/** Common parts of Korean names, put together at random: the people are invented. */
const FAMILY_NAMES = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권'];
const FIRST_SYLLABLES = ['가', '나', '다', '도', '라', '민', '보', '서', '세', '소', '수', '아', '예', '유', '지', '하'];
const SECOND_SYLLABLES = ['람', '온', '솔', '빛', '별', '윤', '은', '린', '진', '현', '원', '율', '결', '담', '봄', '온'];

/** Invents the account of patient `userNumber`; the e-mail address is one that cannot exist (RFC 2606). */
export function demoAccount(userNumber: number, until: LocalDate, random: DemoRandom): DemoAccount {
  const username = `demo-${String(userNumber).padStart(6, '0')}`;
  const joined = 30 + random.below(900);
  return {
    username,
    lastName: random.pick(FAMILY_NAMES),
    firstName: random.pick(FIRST_SYLLABLES) + random.pick(SECOND_SYLLABLES),
    email: `${username}@example.invalid`,
    isStaff: random.chance(STAFF_SHARE),
    isActive: !random.chance(INACTIVE_SHARE),
    joinedOn: addDays(until, -joined),
    lastSeenOn: random.chance(0.9) ? addDays(until, -random.below(Math.min(joined, 20))) : null,
  };
}

/**
 * Decides whether the demo of a mark may be loaded. Returns null when the way is free, and the mark found when this very demo is there
 * already. Throws `DemoRefused` for everything else. `tables` are all those the demo would fill, in schema `public`.
 */
export async function admitDemo(client: ClientBase, wanted: DemoMark, tables: readonly string[]): Promise<DemoMark | null> {
  await requireTables(client, tables);
  const present = await usersPresent(client);
  const found = await readDemoMark(client);
  if (found !== null && sameDemo(found, wanted) && present.demo === wanted.users) return found;
  if (present.real > 0) {
    throw new DemoRefused('REAL_USERS', beside('USERS_PRESENT', { users: present.real }));
  }
  if (present.demo > 0) throw new DemoRefused('OTHER_DEMO', beside('DEMO_PRESENT', { found: otherDemo(found, present.demo) }));
  return null;
}

/** Throws `DemoRefused` unless every table is empty. To be asked with the tables locked, so that nothing can be written after the answer. */
export async function requireEmpty(client: ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    tables.map((name) => `select '${name}' as name where exists (select from public.${name})`).join(' union all '),
  );
  if (rows.length === 0) return;
  throw new DemoRefused('NOT_EMPTY', beside('ROWS_PRESENT', { tables: rows.map(({ name }) => name) }));
}

async function requireTables(client: ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) as name where to_regclass('public.' || name) is null`,
    [tables],
  );
  if (rows.length === 0) return;
  throw new DemoRefused('TABLES_MISSING', beside('TABLES_MISSING', { tables: rows.map(({ name }) => name) }));
}

async function usersPresent(client: ClientBase): Promise<{ demo: number; real: number }> {
  const { rows } = await client.query<{ demo: number; real: number }>(
    `select count(*) filter (where username ~ $1)::int as demo, count(*) filter (where username !~ $1)::int as real from public.auth_user`,
    [DEMO_USERNAME],
  );
  return rows[0] ?? { demo: 0, real: 0 };
}

function otherDemo(found: DemoMark | null, users: number): Said {
  if (found === null) return beside('DEMO_OF_NO_MARK', { users }).said;
  const { days, until, seed } = found;
  return beside('DEMO_OF', { users: found.users, days, until, seed }).said;
}
