import type { LocalDate } from '../../domain/local-date.js';
import type { RequestFacts } from '../../domain/run/decide-request.js';
import type { Deps } from '../ports.js';

/** What a request for a run is decided by where nothing stands in its way: a schedule is active, its date is free, its users are known. Who has looked adds what was found. */
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
