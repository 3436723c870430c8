import { asTyped } from '../../base/as-typed.js';
import { USUAL_PROGRAM } from '../../domain/run/decide-request.js';
import type { PauseCause } from '../../domain/run/run-events.js';
import type { RunStatus } from '../../domain/run/run.js';
import type { SystemFigures } from '../../projections/queries/system-queries.js';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import { pausedLines } from '../run/paused-run.js';
import { type Awaited, awaitedLine } from '../run/watch-batches.js';
import { statusWords } from '../run/run-result.js';
import { count, duration } from '../screen/figures.js';
import { padToWidth } from '../screen/text-width.js';
import { say } from '../words/catalogue.js';
import { reasonIn } from '../../words/code-words.js';
import { spokenLanguage } from '../words/language.js';

/** A run as `status` shows it. */
export interface RunInStatus {
  readonly runId: string;
  readonly status: RunStatus;
  readonly program: string;
  readonly recordDate: string;
  readonly trigger: string;
  readonly actor: string;
  readonly dryRun: boolean;
  /** What paused it, and why; null unless it is paused. */
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
  readonly roster: number | null;
  readonly generated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  /** What it waits for at its model's provider; null for nothing. */
  readonly awaited: Awaited | null;
}

/** What `status` shows, and prints as JSON. */
export interface SystemReport {
  readonly version: string;
  /** The service that holds the data folder; null when none does. Others may work on the same database: see the workers. */
  readonly service: { readonly pid: number; readonly startedAt: string; readonly addresses: InstanceInfo['addresses'] } | null;
  readonly database: { readonly place: string; readonly version: string };
  readonly figures: Omit<SystemFigures, 'now' | 'head'>;
  /** Newest first. */
  readonly runs: readonly RunInStatus[];
}

/** The report on a few lines for people. @param timeZone IANA name of the zone that times are shown in */
export function statusLines({ version, service, database, figures, runs }: SystemReport, timeZone: string): string[] {
  const { workers, queuedJobs, events, lag, activeRuns, modelProblem } = figures;
  const lanes = workers.reduce((sum, worker) => sum + worker.lanes, 0);
  const busy = workers.reduce((sum, worker) => sum + worker.chunks.length, 0);
  return [
    `IBSafe Batch ${version}`,
    row(
      say('service'),
      service === null
        ? say('serviceAway')
        : say('serviceRuns', { pid: service.pid, address: service.addresses['frontPage'] ?? say('noAddress') }),
    ),
    row(say('database'), say('databaseIs', { place: database.place, version: database.version })),
    row(say('jobs'), queuedJobs === null ? say('jobsAway') : say('jobsWaiting', { jobs: count(queuedJobs) })),
    row(say('workers'), say('workersAlive', { workers: count(workers.length), lanes: count(lanes), busy: count(busy) })),
    row(say('log'), logWords(events, lag)),
    ...(modelProblem === null ? [] : [row(say('model'), reasonIn(modelProblem, spokenLanguage()))]),
    row(say('runs'), say('runsActive', { runs: count(activeRuns), more: say(runs.length === 0 ? 'runsNone' : 'runsLast') })),
    ...runs
      .flatMap((run) => [
        runLine(run, timeZone),
        ...(run.status === 'PAUSED' ? pausedLines(run).map((line) => `  ${line}`) : []),
        ...awaitedLines(run, timeZone),
      ])
      .map((line) => `  ${line}`),
  ];
}

function awaitedLines({ awaited }: RunInStatus, timeZone: string): string[] {
  if (awaited === null) return [];
  return [`  ${awaitedLine(awaited, timeZone)}`];
}

function logWords(events: number, lag: SystemFigures['lag']): string {
  const told = events === 0 ? say('eventsUncounted') : say('eventsAbout', { events: count(events) });
  const alarm = lag.alarm ? say('logAlarm', { doctor: asTyped('doctor') }) : '';
  return say('logBehind', { events: told, time: duration(lag.hiddenMs / 1_000), alarm });
}

function row(name: string, text: string): string {
  return `${padToWidth(name, 10)} ${text}`;
}

function runLine(run: RunInStatus, timeZone: string): string {
  const { runId, status, program, recordDate, generated, skipped, failed, roster, requestedAt, dryRun } = run;
  const asked = requestedAt.toLocaleString('sv-SE', { timeZone }).slice(0, 16);
  const outcomes = {
    generated: count(generated),
    skipped: count(skipped),
    failed: count(failed),
    roster: roster === null ? '?' : count(roster),
  };
  const kind = [program === USUAL_PROGRAM ? '' : program, dryRun ? say('dry') : ''].filter(Boolean).join(', ');
  return `${asked}  ${runId}  ${statusWords(status)}${kind === '' ? '' : ` (${kind})`}  ${say('runFigures', { date: recordDate, ...outcomes })}`;
}
