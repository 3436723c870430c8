import { BAD_INPUTS } from '../bad-input-words.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readCursor, writeCursor, ORIGIN } from '../../eventlog/cursor.js';
import type { OutcomeFilter } from '../../projections/queries/outcome-queries.js';
import type { RunFilter } from '../../projections/queries/run-queries.js';
import type { RunKey } from '../../projections/queries/run-key.js';
import { FAILURE_CODES, SKIP_REASONS } from '../../domain/outcome.js';
import type { Role } from '../../identity/role.js';
import { Chunk, ChunkConnection } from '../../schema/chunk-type.js';
import { PageArgs, type Connection, type CountedConnection } from '../../schema/connection.js';
import { RunOrderEnum } from '../../schema/enums.js';
import { EventConnection, type LogEvent } from '../../schema/event-type.js';
import { askedInVain, ShowsPersons } from '../../schema/of-person.js';
import { OutcomeConnection, type Outcome } from '../../schema/outcome-type.js';
import { Progress, ReasonCount } from '../../schema/progress-type.js';
import { OutcomeFilterInput, RunFilterInput } from '../../schema/run-inputs.js';
import { Most } from '../../schema/list-size.js';
import { Run, RunConnection } from '../../schema/run-type.js';
import { UuidScalar } from '../../schema/scalars.js';
import { nodeOf } from '../node-of.js';
import { badInput, notFound } from '../bad-input.js';
import type { Context } from '../context.js';
import { eventNode, outcomeNode } from '../outcome-nodes.js';
import { checkFirst, connect, pageRequest, type ListKey } from '../paging.js';
import { endedProgressOf, progressNode, progressOf, reasonCounts, runNode } from './run-nodes.js';
import { filterOf } from '../filter-of.js';
import { inCalendar, possibleTexts } from '../possible-values.js';

const BY_REQUEST: ListKey = { list: 'runs-by-request', form: ['time', 'uuid'] };
const BY_DATE: ListKey = { list: 'runs-by-date', form: ['date', 'uuid'] };
const OUTCOMES: ListKey = { list: 'outcomes', form: ['user'] };
const CHUNKS: ListKey = { list: 'chunks', form: ['int'] };

type Order = 'REQUESTED_AT' | 'RECORD_DATE';

/** Reads of runs and of what hangs on them. */
@Resolver(() => Run)
export class RunResolver {
  @Authorized<Role>('viewer')
  @Query(() => Run, { nullable: true, description: 'A run by its id.' })
  async run(@Arg('id', () => UuidScalar) id: string, @Ctx() { loaders }: Context): Promise<Run> {
    const row = await loaders.run.load(id.toLowerCase());
    if (row === undefined) throw notFound('RUN', `No run has the id ${id}. List the runs with \`runs\`.`);
    return runNode(row);
  }

  @Authorized<Role>('viewer')
  @Query(() => RunConnection, { description: 'Runs, newest first.' })
  async runs(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { views }: Context,
    @Arg('filter', () => RunFilterInput, { nullable: true }) filter?: RunFilterInput,
    @Arg('orderBy', () => RunOrderEnum, { defaultValue: 'REQUESTED_AT' }) order: Order = 'REQUESTED_AT',
  ): Promise<CountedConnection<Run>> {
    const wanted = runFilter(filter);
    const key = order === 'RECORD_DATE' ? BY_DATE : BY_REQUEST;
    const found = await views.runs.list(wanted, order, pageRequest(page, key));
    const shown = connect(found, key, {
      node: runNode,
      key: (row) => [order === 'RECORD_DATE' ? row.recordDate : row.requestedAt.toISOString(), row.runId],
    });
    return { ...shown, count: () => views.runs.count(wanted) };
  }

  @FieldResolver(() => Progress, { description: 'How far it has come.' })
  async progress(@Root() run: Run, @Ctx() { loaders }: Context): Promise<Progress> {
    return progressNode(endedProgressOf(run) ?? progressOf(run, await loaders.tally.load(run.id)), null);
  }

  @ShowsPersons(askedInVain)
  @FieldResolver(() => OutcomeConnection, {
    description:
      'What happened to each user, in an order that tells nothing and stays. Empty for a run whose events were let go (`letGo`).',
  })
  async outcomes(
    @Root() run: Run,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: Context,
    @Arg('filter', () => OutcomeFilterInput, { nullable: true }) filter?: OutcomeFilterInput,
  ): Promise<Connection<Outcome>> {
    const wanted = filterOf<OutcomeFilter>(filter);
    checkReasons(wanted.reasons);
    const found = await loaders.outcomes.load({ owner: keyOf(run), ask: { filter: wanted, page: pageRequest(page, OUTCOMES) } });
    return connect(found, OUTCOMES, { node: outcomeNode, key: (row) => [row.subject] });
  }

  @FieldResolver(() => ChunkConnection, { description: 'Its units of work.' })
  async chunks(@Root() run: Run, @Args(() => PageArgs) page: PageArgs, @Ctx() { loaders }: Context): Promise<Connection<Chunk>> {
    const found = await loaders.chunks.load({ owner: run.id, ask: pageRequest(page, CHUNKS) });
    const claims = await Promise.all(found.rows.map(({ chunk }) => loaders.claim.load({ runId: run.id, chunk })));
    const claimOf = new Map(claims.map((claim) => [claim?.chunk, claim]));
    return connect(found, CHUNKS, {
      node: ({ runId: _runId, reasons, completedAt, ...row }) => {
        const claim = claimOf.get(row.chunk);
        const holder = { worker: claim?.owner ?? null, fence: claim?.fence ?? 0 };
        return nodeOf(Chunk, { ...row, ...holder, completedAt: completedAt ?? null, reasons: reasonCounts(reasons) });
      },
      key: (row) => [row.chunk],
    });
  }

  @FieldResolver(() => EventConnection, {
    description:
      'Its events in the order of the log. Outcomes are left out unless asked for. Empty for a run whose events were let go (`letGo`).',
  })
  async events(
    @Root() run: Run,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('withOutcomes', { defaultValue: false }) withOutcomes: boolean,
    @Ctx() { loaders }: Context,
  ): Promise<Connection<LogEvent>> {
    checkFirst(first);
    const from = after === undefined || after === null ? ORIGIN : readCursor(after);
    if (from === undefined) throw badInput('after', BAD_INPUTS.tell('CURSOR_OF_EVENT'));
    const found = await loaders.runEvents.load({ owner: keyOf(run), ask: { first, after: from, withOutcomes } });
    const edges = found.rows.map((event) => ({ cursor: writeCursor(event.cursor), node: eventNode(event) }));
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: { hasNextPage: found.hasNext, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }
}

/** What of a run's progress takes time to sum: it is read when a client asks. */
@Resolver(() => Progress)
export class ProgressResolver {
  @Most(20)
  @FieldResolver(() => [ReasonCount], { description: 'Most frequent first.' })
  async reasons(@Root() { runId, readReasons }: Progress, @Ctx() { loaders }: Context): Promise<ReasonCount[]> {
    return readReasons ?? reasonCounts((await loaders.reasons.load(runId))?.reasons ?? {});
  }
}

function runFilter(filter: RunFilterInput | undefined): RunFilter {
  const { actors, requestedFrom, requestedTo, ...rest } = filterOf<RunFilterInput>(filter);
  return {
    ...rest,
    ...(actors && { actors: possibleTexts(actors) }),
    ...(requestedFrom && { requestedFrom: inCalendar(requestedFrom) }),
    ...(requestedTo && { requestedTo: inCalendar(requestedTo) }),
  };
}

function keyOf({ id, month }: Run): RunKey {
  return { runId: id, month };
}

const REASONS: ReadonlySet<string> = new Set([...SKIP_REASONS, ...FAILURE_CODES]);

function checkReasons(reasons: readonly string[] | undefined): void {
  if (reasons?.every((reason) => REASONS.has(reason)) !== false) return;
  throw badInput('filter', BAD_INPUTS.tell('WORDS', { field: 'reasons', words: [...REASONS] }));
}
