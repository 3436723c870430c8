import type { Records } from '../../application/ports.js';

/** Nights before the demo's last one at which the pilot ended, and at which all patients were on the roster. */
const [PILOT_ENDED, EVERYBODY] = [30, 14] as const;
const PILOT_SHARE = 0.25;

/** Share of the demo's patients who are on the roster, so many nights before its last one: a pilot, then more each night, then all. */
export function enrolled(ago: number): number {
  const left = (ago - EVERYBODY) / (PILOT_ENDED - EVERYBODY);
  return 1 - (1 - PILOT_SHARE) * Math.min(1, Math.max(0, left));
}

/** Records whose roster is that of a night of the history: patients have joined in the order of their ids. */
export function recordsOf(records: Records, most: () => number): Records {
  return {
    roster: async (among) => (await records.roster(among)).filter((id) => id <= most()),
    onRoster: async (userIds) => (await records.onRoster(userIds)).filter((id) => id <= most()),
    patients: (userIds, recordDate, program) => records.patients(userIds, recordDate, program),
    saved: (userIds, recordDate, program) => records.saved(userIds, recordDate, program),
  };
}
