import { BAD_INPUTS } from './bad-input-words.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import { Intervention, InterventionConnection } from '../schema/intervention-type.js';
import { Outcome } from '../schema/outcome-type.js';
import { askedInVain, ShowsPersons } from '../schema/of-person.js';
import { InterventionFilterInput } from '../schema/run-inputs.js';
import { Run } from '../schema/run-type.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { interventionNode } from './outcome-nodes.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { runNode } from './run/run-nodes.js';
import { filterOf } from './filter-of.js';

const INTERVENTIONS: ListKey = { list: 'interventions', form: ['bigint'] };

/** What hangs on an outcome, and the list of interventions. */
@Resolver(() => Outcome)
export class OutcomeResolver {
  @Authorized<Role>('viewer')
  @ShowsPersons(askedInVain)
  @Query(() => InterventionConnection, { description: 'Interventions as IBSafe’s app reads them, newest first.' })
  async interventions(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { views }: Context,
    @Arg('filter', () => InterventionFilterInput, { nullable: true }) filter?: InterventionFilterInput,
  ): Promise<Connection<Intervention>> {
    const wanted = filterOf(filter);
    checkGubun(wanted.gubun);
    const found = await views.interventions.list(wanted, pageRequest(page, INTERVENTIONS));
    return connect(found, INTERVENTIONS, { node: interventionNode, key: (row) => [row.id] });
  }

  @FieldResolver(() => Intervention, {
    nullable: true,
    description: 'The advice that was written; null for any other outcome, and for a dry run.',
  })
  async intervention(@Root() { interventionId }: Outcome, @Ctx() { loaders }: Context): Promise<Intervention | null> {
    if (interventionId === null) return null;
    const row = await loaders.intervention.load(String(interventionId));
    return row === undefined ? null : interventionNode(row);
  }

  @FieldResolver(() => Run, { nullable: true })
  async run(@Root() { runId }: Outcome, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }
}

/** IBSafe's words for what an intervention is about (IBSAFE.md, 2). */
const GUBUN = ['all', 'sleep', 'food'];

function checkGubun(gubun: string | undefined): void {
  if (gubun === undefined || GUBUN.includes(gubun)) return;
  throw badInput('filter', BAD_INPUTS.tell('GUBUN', { words: GUBUN }));
}
