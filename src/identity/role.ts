/**
 * What callers may do. A viewer reads, health data of patients included; an operator also orders runs and edits schedules; an admin also deletes,
 * forces, rebuilds and sees the job dashboard. A reviewer stands beside them: sees the sample, marks it, turns points off and on, and nothing else. Of several roles
 * that a claim gives, the later one counts.
 */
export const ROLES = ['viewer', 'reviewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether an unknown value names a role. */
export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

const INCLUDED: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer'],
  reviewer: ['reviewer'],
  operator: ['viewer', 'operator'],
  admin: ROLES,
};

/** Whether who holds one role may do what needs another. */
export function includesRole(held: Role, needed: Role): boolean {
  return INCLUDED[held].includes(needed);
}

/** The one of several roles that counts; undefined for none. */
export function highestRole(roles: readonly Role[]): Role | undefined {
  return ROLES.findLast((role) => roles.includes(role));
}
