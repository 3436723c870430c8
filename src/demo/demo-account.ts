import { addDays, type LocalDate } from '../domain/local-date.js';
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
