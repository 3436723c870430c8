import { fileVersionOf } from '../advice/points/vocabulary.js';
import { addDays, type LocalDate } from '../local-date.js';
import { FIRST_DAYS } from './risk.js';

/** What advice of a night was made with. */
export interface UsedVersions {
  readonly program: string;
  readonly recordDate: string;
  readonly vocabulary: string | null;
  readonly promptVersion: string | null;
}

/** Tells which versions of a row are in their first days: no night of `FIRST_DAYS` or more before it is known that had them. What was taken out of a vocabulary makes no new one. */
export function newVersionsAmong(nights: readonly UsedVersions[]): (row: UsedVersions) => string[] {
  const first = new Map<string, string>();
  for (const night of nights) {
    for (const version of versionsOf(night)) {
      const before = first.get(version);
      if (before === undefined || night.recordDate < before) first.set(version, night.recordDate);
    }
  }
  return (row) => {
    const since = addDays(row.recordDate as LocalDate, -FIRST_DAYS);
    return versionsOf(row).filter((version) => (first.get(version) ?? row.recordDate) > since);
  };
}

function versionsOf({ vocabulary, promptVersion }: UsedVersions): string[] {
  return [vocabulary === null ? [] : fileVersionOf(vocabulary), promptVersion ?? []].flat();
}
