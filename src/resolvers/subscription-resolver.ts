import { BAD_INPUTS } from './bad-input-words.js';
import { Arg, Authorized, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { RecordedEvent } from '../application/ports.js';
import { isUuid } from '../domain/ids.js';
import { localDate } from '../domain/local-date.js';
import { abortable } from '../feeds/abortable.js';
import { ORIGIN, readCursor, writeCursor } from '../eventlog/cursor.js';
import { runEventStream } from '../feeds/run-event-stream.js';
import { whereEventsAre } from '../lifecycle/retention/refusal-words.js';
import type { Role } from '../identity/role.js';
import type { RunViewRow } from '../projections/entities.js';
import { progressAsKept } from '../feeds/let-go-progress.js';
import type { ProgressState } from '../feeds/progress-feed.js';
import { LogEvent } from '../schema/event-type.js';
import { Progress } from '../schema/progress-type.js';
import { Run } from '../schema/run-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { badInput, notFound, refusal } from './bad-input.js';
import type { Context } from './context.js';
import { eventNode } from './outcome-nodes.js';
import { progressNode, runNode } from './run/run-nodes.js';

interface Subscribing {
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** What is sent while it happens. Works whichever process does the work. */
@Resolver()
export class SubscriptionResolver {
  @Authorized<Role>('viewer')
  @Subscription(() => Progress, {
    description:
      'Progress of a run: its present state first, then every change of status, in order, and of percent as fast as it is taken, until the run has ended. Where ' +
      'very many follow, changes of percent come up to a second apart.',
    subscribe: (data: Subscribing) => followProgress(data),
  })
  batchProgress(
    @Root() state: ProgressState,
    @Arg('runId', () => UuidScalar) _runId: string,
    @Arg('apartMs', () => Int, {
      defaultValue: 0,
      description:
        'Milliseconds between two changes of percent, at least; more than 1,000 counts as 1,000. A change of status is told at once.',
    })
    _apartMs?: number,
  ): Progress {
    return progressNode(state.progress, writeCursor(state.cursor));
  }

  @Authorized<Role>('viewer')
  @Subscription(() => LogEvent, {
    description:
      'Events of a run in the order of the log, from its beginning or after a cursor, until the run has ended. Reconnect with the last `cursor` to miss nothing.',
    subscribe: (data: Subscribing) => followEvents(data),
  })
  runEvents(
    @Root() event: RecordedEvent,
    @Arg('runId', () => UuidScalar) _runId: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last event seen.' }) _after?: string,
    @Arg('withOutcomes', { defaultValue: false, description: 'One more event for each user.' }) _withOutcomes?: boolean,
  ): LogEvent {
    return eventNode(event);
  }

  @Authorized<Role>('viewer')
  @Subscription(() => Run, {
    description:
      'Runs as they change, whichever process works on them: each run that has not ended first, once, then every run that is requested, planned, started, ' +
      'paused, resumed, told to cancel, or ended. Changes that follow each other closely are sent as one, and the last is always sent. Does not end. ' +
      'Reconnect to begin again with the runs that have not ended; those that ended meanwhile are in `runs`. For its percent, follow a run with `batchProgress`.',
    subscribe: ({ context }: Subscribing) => abortable((signal) => context.runChanges.follow(signal)),
  })
  runsChanged(@Root() row: RunViewRow): Run {
    return runNode(row);
  }
}

async function followProgress({ args, context }: Subscribing): Promise<AsyncIterableIterator<ProgressState>> {
  const run = await runOf(context, args['runId']);
  const kept = await progressAsKept(context.deps, run);
  return abortable((signal) => (kept === undefined ? context.feeds.follow(run, signal, apartOf(args['apartMs'])) : once(kept)));
}

const MAX_APART_MS = 1_000;
/** In steps of this many ms: who follows at the same pace is told in the same moment. */
const STEP_MS = 100;

function apartOf(asked: unknown): number {
  const ms = typeof asked === 'number' ? Math.max(0, Math.min(MAX_APART_MS, asked)) : 0;
  return Math.ceil(ms / STEP_MS) * STEP_MS;
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}

async function followEvents({ args, context }: Subscribing): Promise<AsyncIterableIterator<RecordedEvent>> {
  const run = await runOf(context, args['runId']);
  const after: unknown = args['after'];
  const from = after === undefined || after === null ? ORIGIN : readCursor(typeof after === 'string' ? after : '');
  if (from === undefined) throw badInput('after', BAD_INPUTS.tell('CURSOR_TO_FOLLOW'));
  const gone = await context.deps.outcomes.letGo(run.month);
  if (gone !== undefined) throw refusal(whereEventsAre(run.runId, gone).text, { code: 'BEFORE_RETENTION' });
  const wanted = { run, after: from, outcomes: args['withOutcomes'] === true, follow: true, ...context.following };
  return abortable((signal) => runEventStream(context.log, { ...wanted, signal }));
}

async function runOf({ deps }: Context, runId: unknown): Promise<{ runId: string; month: ReturnType<typeof localDate> }> {
  const id = String(runId).toLowerCase();
  const stored = isUuid(id) ? await deps.runs.find(id) : undefined;
  if (stored === undefined) throw notFound('RUN', `No run has the id ${id.slice(0, 60)}. List the runs with \`runs\`.`);
  return { runId: id, month: localDate(stored.month) };
}
