/**
 * IBSafe's tables, by the one name that finds them in every session: a table of the same name in a schema that a role's search path has in front is
 * another one. Statements take their names from here.
 */
export const IBSAFE = {
  users: 'public.auth_user',
  profiles: 'public.ibsafe_userprofile',
  foods: 'public.ibsafe_food',
  foodRecords: 'public.ibsafe_userfoodrecord',
  exerciseRecords: 'public.ibsafe_userexerciserecord',
  sleepRecords: 'public.ibsafe_usersleeprecord',
  interventions: 'public.ibsafe_interventionrecord',
  schedules: 'public.ibsafe_batchschedule',
} as const;

/** The condition that an account is a patient's and open. A flag that says nothing is none: such an account of a database that allows it is no staff. */
export function isOpen(alias: string): string {
  return `${alias}.is_active is true and ${alias}.is_staff is not true`;
}

/** Where each of IBSafe's tables is read. */
export type IbsafeNames = Readonly<Record<keyof typeof IBSAFE, string>>;
