import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { includesRole, type Role } from '../graphql/role.js';
import type { IconName } from '../parts/icons.js';

/** A place of the console that its navigation leads to. */
export interface Place {
  readonly to: '/' | '/runs' | '/failures' | '/alerts' | '/patients' | '/review' | '/schedules' | '/backfills' | '/trends' | '/system';
  readonly name: MessageDescriptor;
  readonly icon: IconName;
  /** The role that it needs, where not a viewer’s. */
  readonly of?: Role;
}

/** The places in the order of their use. */
const PLACES: readonly Place[] = [
  { to: '/', name: msg`Last night`, icon: 'night' },
  { to: '/patients', name: msg`Patients`, icon: 'patient' },
  { to: '/runs', name: msg`Runs`, icon: 'runs' },
  { to: '/failures', name: msg`Failures`, icon: 'failures' },
  { to: '/alerts', name: msg`Alerts`, icon: 'alerts' },
  { to: '/review', name: msg`Review`, icon: 'review', of: 'REVIEWER' },
  { to: '/schedules', name: msg`Schedules`, icon: 'schedules' },
  { to: '/backfills', name: msg`Backfills`, icon: 'backfills' },
  { to: '/trends', name: msg`Trends`, icon: 'trends' },
  { to: '/system', name: msg`System`, icon: 'system' },
];

/** The places of a role. Where it cannot be had, those of a viewer: the service refuses what is not theirs. */
export function placesOf(role: Role | undefined | null): readonly Place[] {
  if (role === undefined) return [];
  return PLACES.filter(({ of = 'VIEWER' }) => includesRole(role ?? 'VIEWER', of));
}

/** Whether an address of the console is a role’s: it is below one of their places, or below none of anybody’s. */
export function isOpenTo(role: Role | null, path: string): boolean {
  const isBelow = ({ to }: Place): boolean => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return placesOf(role).some(isBelow) || !PLACES.some(isBelow);
}

/** Where a role begins. */
export function homeOf(role: Role | undefined | null): Place['to'] {
  return placesOf(role)[0]?.to ?? '/';
}

/** How many of them a phone's bar shows; the rest are under “more”. */
export const ON_A_PHONE = 4;
