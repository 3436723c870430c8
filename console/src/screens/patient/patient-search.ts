import { dayOf, FIRST_DAY } from '../../parts/days.js';
import { isProgram, programSearch, type ProgramName } from '../../parts/programs.js';

/** What a patient’s address holds beside the number: which day of which program is looked at. */
export interface PatientSearchParams {
  readonly day?: string;
  readonly program?: ProgramName;
}

/** Reads them from an address. What cannot be one is left out. */
export function readPatientSearch(search: Record<string, unknown>): PatientSearchParams {
  const day = dayOf(search['day']);
  const { program } = search;
  return {
    ...(day !== undefined && day >= FIRST_DAY && { day }),
    ...(isProgram(program) && programSearch(program)),
  };
}
