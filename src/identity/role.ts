/**
 * What callers may do, least first. A viewer reads, health data of patients included; an operator also orders runs and edits schedules; an
 * admin also deletes, forces, rebuilds and sees the job dashboard.
 */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether an unknown value names a role. */
export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

/** Whether who holds one role may do what needs another. */
export function includesRole(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}
