import { BAD_INPUTS } from './bad-input-words.js';
import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { STREAM_KINDS, type StreamKind } from '../domain/stream-kind.js';
import { KNOWN_TYPES } from '../eventlog/codec.js';
import { readCursor, writeCursor } from '../eventlog/cursor.js';
import type { Role } from '../identity/role.js';
import type { AuditFilter, AuditPage } from '../projections/queries/audit-queries.js';
import { EventFilterInput } from '../schema/audit-type.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import { EventConnection, type LogEvent } from '../schema/event-type.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { filterOf } from './filter-of.js';
import { eventNode } from './outcome-nodes.js';
import { checkFirst } from './paging.js';
import { inCalendar, possibleTexts } from './possible-values.js';

/** All but what happened to the parts of one run: a kind that the log gains is shown without further words. */
const ACROSS: readonly StreamKind[] = STREAM_KINDS.filter((kind) => kind !== 'CHUNK');
const OF_A_RUN: readonly StreamKind[] = ['RUN', 'CHUNK'];

/** Events of the whole log with their actors. */
@Resolver()
export class AuditResolver {
  @Authorized<Role>('viewer')
  @Query(() => EventConnection, {
    description:
      'Events across the log, newest first: what was done to runs, schedules, backfills, recalls, rollouts, reviews, persons and months, by which actor, and when. What happened to users is left out, unless a run is named and its outcomes are asked for.',
  })
  async events(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Arg('filter', () => EventFilterInput, { nullable: true }) filter?: EventFilterInput,
  ): Promise<Connection<LogEvent>> {
    const asked = pageOf(page);
    const wanted = await auditFilter(context, filterOf<EventFilterInput>(filter));
    const { rows, hasNext } = wanted === undefined ? { rows: [], hasNext: false } : await context.views.audit.page(wanted, asked);
    const edges = rows.map((event) => ({ cursor: writeCursor(event.cursor), node: eventNode(event) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: { hasNextPage: hasNext, endCursor: edges.at(-1)?.cursor ?? null } };
  }
}

function pageOf({ first, after }: PageArgs): AuditPage {
  checkFirst(first);
  if (after === undefined || after === null) return { first };
  const before = readCursor(after);
  if (before === undefined) throw badInput('after', BAD_INPUTS.tell('CURSOR_OF_EVENT'));
  return { first, before };
}

/** Undefined for a run that there is not. @throws BAD_USER_INPUT */
async function auditFilter(
  { loaders }: Context,
  { kinds, types, actors, from, to, runId, withOutcomes }: EventFilterInput,
): Promise<AuditFilter | undefined> {
  if (types?.every((type) => KNOWN_TYPES.includes(type)) === false)
    throw badInput('filter', BAD_INPUTS.tell('WORDS', { field: 'types', words: KNOWN_TYPES }));
  const narrowed = {
    ...(types && { types }),
    ...(actors && { actors: possibleTexts(actors) }),
    ...(from && { from: inCalendar(from) }),
    ...(to && { to: inCalendar(to) }),
  };
  if (runId === undefined) {
    if (withOutcomes === true || kinds?.includes('CHUNK') === true) throw badInput('filter', BAD_INPUTS.tell('RUN_UNNAMED'));
    return { ...narrowed, kinds: kinds ?? ACROSS };
  }
  const run = await loaders.run.load(runId.toLowerCase());
  if (run === undefined) return undefined;
  return { ...narrowed, kinds: kinds ?? OF_A_RUN, run: { runId: run.runId, month: run.runMonth }, withOutcomes: withOutcomes ?? false };
}
