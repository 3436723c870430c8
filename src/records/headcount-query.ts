import type { SkipReason } from '../domain/outcome.js';
import type { Program, Requirement } from '../domain/program.js';
import { isAdvice } from './advice-sql.js';
import { IBSAFE, isOpen } from './ibsafe-names.js';
import { meets } from './requirement-sql.js';

/**
 * Counts the roster of a program and how many of it have what the program requires. `$1` record date, `$2` gubun, `$3` whether advice that is there
 * is replaced, `$4` ids of users or null for all.
 */
export function headcountQuery({ requires }: Program): string {
  const has = requires.map((requirement) => meets(requirement, 'a.id', '$1::date'));
  return `select count(*)::int as users, (count(*) filter (where ${[...has, WITHOUT.INTERVENTION_EXISTS].join('\n      and ')}))::int as eligible
    from ${IBSAFE.users} a where ${WITHOUT.ACCOUNT_CLOSED} and ($4::int[] is null or a.id = any($4::int[]))`;
}

/** Of each reason to skip a user that no program names in `requires`: the condition under which a user has not got it. */
const WITHOUT: Readonly<Record<Exclude<SkipReason, Requirement>, string>> = {
  INTERVENTION_EXISTS: `($3 or not exists (select from ${IBSAFE.interventions} i where i.user_id = a.id and i.record_date = $1::date and i.gubun = $2
    and ${isAdvice('i')}))`,
  ACCOUNT_CLOSED: isOpen('a'),
};
