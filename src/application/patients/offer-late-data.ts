import { dateInZone, type LocalDate } from '../../domain/local-date.js';
import type { Program } from '../../domain/program.js';
import { MAX_USER_IDS, recordDateOf } from '../../domain/run/decide-request.js';
import { eachOf } from '../each-of.js';
import type { Deps, Deciding, Ordering } from '../ports.js';
import { requestRun } from '../run/request-run.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor of these runs in the log. Statements that count them name it too. */
const ACTOR = OWN_ACTORS.lateData;

/**
 * Makes a run over users that the last one skipped for a missing record that has come since: those of the record date whose advice is for today, until
 * an hour of the day in the service's time zone. Any number of processes may call this: they find the same users and the same key, which makes one run.
 *
 * @param untilHour 0 to 23: nothing is offered from that hour on
 * @returns ids of the runs that were made
 */
export async function offerLateData(
  deps: Deciding & Ordering & Pick<Deps, 'outcomes' | 'records' | 'runs'>,
  untilHour: number,
): Promise<readonly string[]> {
  const now = await deps.transaction((tx) => tx.now());
  const { timeZone } = deps.settings;
  if (hourInZone(now, timeZone) >= untilHour) return [];
  const runIds: string[] = [];
  await eachOf(deps.programs.values(), async (program) => {
    const runId = await offer(deps, program, recordDateOf({ program: program.name }, dateInZone(now, timeZone)));
    if (runId !== undefined) runIds.push(runId);
  });
  return runIds;
}

async function offer(
  deps: Deciding & Ordering & Pick<Deps, 'outcomes' | 'records' | 'runs'>,
  program: Program,
  recordDate: LocalDate,
): Promise<string | undefined> {
  const late = await deps.outcomes.lateComers(program, recordDate, MAX_USER_IDS);
  if (late === undefined) return undefined;
  const { parentRunId, offers, userIds } = late;
  const parent = await deps.runs.find(parentRunId);
  if (parent === undefined) return undefined;
  const { generator } = parent.run.request;
  const place = [parentRunId, String(offers + 1)] as const;
  const answer = await requestRun(
    deps,
    { trigger: 'RETRY', program: program.name, recordDate, generator, parentRunId, userIds },
    { actor: ACTOR, idempotencyKey: ['late-data', ...place].join('/'), runId: deps.idOf('late data', ...place) },
  );
  // A refusal is no fault: an active run for the date, or another process that has just asked. The next look finds what is left.
  return answer.status === 'accepted' && !answer.repeated ? answer.run.runId : undefined;
}

function hourInZone(at: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
}
