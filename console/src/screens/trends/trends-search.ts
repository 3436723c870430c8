import { isProgram, programSearch, type ProgramName } from '../../parts/programs.js';

/** What the address of the trends holds. */
export interface TrendsSearch {
  readonly days?: 90 | 365;
  readonly program?: ProgramName;
}

/** Reads it from an address. What cannot be one is left out. */
export function readTrendsSearch(search: Record<string, unknown>): TrendsSearch {
  const days = Number(search['days']);
  return {
    ...((days === 90 || days === 365) && { days }),
    ...(isProgram(search['program']) && programSearch(search['program'])),
  };
}
