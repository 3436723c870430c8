import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { IconName } from '../parts/icons.js';

/** A place of the console that its navigation leads to. */
export interface Place {
  readonly to: '/' | '/runs' | '/failures' | '/alerts' | '/patients' | '/schedules' | '/backfills' | '/trends' | '/system';
  readonly name: MessageDescriptor;
  readonly icon: IconName;
}

/** The places in the order of their use. */
export const PLACES: readonly Place[] = [
  { to: '/', name: msg`Last night`, icon: 'night' },
  { to: '/patients', name: msg`Patients`, icon: 'patient' },
  { to: '/runs', name: msg`Runs`, icon: 'runs' },
  { to: '/failures', name: msg`Failures`, icon: 'failures' },
  { to: '/alerts', name: msg`Alerts`, icon: 'alerts' },
  { to: '/schedules', name: msg`Schedules`, icon: 'schedules' },
  { to: '/backfills', name: msg`Backfills`, icon: 'backfills' },
  { to: '/trends', name: msg`Trends`, icon: 'trends' },
  { to: '/system', name: msg`System`, icon: 'system' },
];

/** How many of them a phone's bar shows; the rest are under “more”. */
export const ON_A_PHONE = 4;
