import type { LocalDate } from '../../domain/local-date.js';
import type { RequestFacts } from '../../domain/run/decide-request.js';
import type { Deps } from '../ports.js';

/** The facts that decide a request for a run, as if nothing stood in its way: a schedule is active, its date is free, its users are known. Callers replace what they have looked up. */
export function requestFacts(deps: Pick<Deps, 'generators' | 'programs' | 'settings'>, today: LocalDate): RequestFacts {
  return {
    today,
    activeSchedules: 1,
    activeRunId: undefined,
    unknownUserIds: [],
    defaults: deps.settings,
    generators: [...deps.generators.keys()],
    programs: [...deps.programs.keys()],
  };
}
