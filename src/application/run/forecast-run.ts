import { dateInZone, localDate, type LocalDate } from '../../domain/local-date.js';
import type { GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import { programOf } from '../../domain/programs/all-programs.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideRequest, type RequestRun } from '../../domain/run/decide-request.js';
import { forecastOf, type RunForecast } from '../../domain/run/forecast.js';
import type { Deps, Deciding } from '../ports.js';
import { requestFacts } from './request-facts.js';
import { unknownAmong } from '../patients/unknown-users.js';

/** A forecast of a run that was not asked for yet. */
export interface ForecastMade {
  readonly status: 'forecast';
  readonly program: ProgramName;
  readonly generator: GeneratorName;
  readonly recordDate: LocalDate;
  /** Users on its roster, were it planned now. */
  readonly users: number;
  readonly forecast: RunForecast;
  /** When it would end if it started now; null where its length is not known. */
  readonly finishAt: Date | null;
  /** When its batches would be back if they were sent now; null where no model is asked. */
  readonly finishByBatchAt: Date | null;
}

/** Says what an order would come to, or why it would be refused. It leaves out what only stands in the way for the moment: another run, no active schedule. */
export async function forecastRun(
  deps: Deciding & Pick<Deps, 'forecasts' | 'records'>,
  order: RequestRun,
): Promise<ForecastMade | Rejection> {
  const now = deps.clock();
  const decision = decideRequest(order, {
    ...requestFacts(deps, dateInZone(now, deps.settings.timeZone)),
    unknownUserIds: await unknownAmong(deps, order.userIds, 'onRoster'),
  });
  if (isRejection(decision)) return decision;
  const { program, generator, userIds, onExisting } = decision;
  const recordDate = localDate(decision.recordDate);
  const replace = onExisting === 'REGENERATE' || decision.shadow === true;
  const about = { program: programOf(program), recordDate, replace, ...(userIds && { userIds }) };
  const { users, eligible } = await deps.forecasts.headcount(about);
  const experience = await deps.forecasts.experience(generator, program);
  const forecast = forecastOf(eligible, experience, deps.forecasts.model(generator, program));
  const after = (seconds: number | null): Date | null => (seconds === null ? null : new Date(now.getTime() + seconds * 1_000));
  const [finishAt, finishByBatchAt] = [after(forecast.seconds), after(forecast.byBatch?.seconds ?? null)];
  return { status: 'forecast', program, generator, recordDate, users, forecast, finishAt, finishByBatchAt };
}
