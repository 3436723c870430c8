import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import { Most } from '../schema/list-size.js';
import { ShowsPersons } from '../schema/of-person.js';
import { PersonRead, PersonReadConnection, PersonReadFilterInput, ReadGap } from '../schema/person-read-type.js';
import type { Context } from './context.js';
import { filterOf } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { inCalendar, possibleTexts } from './possible-values.js';

const READS: ListKey = { list: 'person-reads', form: ['uuid'] };

/** The audit of reads. */
@Resolver()
export class PersonReadResolver {
  @Authorized<Role>('admin')
  @ShowsPersons(({ args }) => personAsked(args))
  @Query(() => PersonReadConnection, {
    description:
      'Reads of persons’ data, newest first: of a person, by a caller, in a time. A read is listed within a second of its answer. A question about a person is recorded too.',
  })
  async personReads(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: Context,
    @Arg('filter', () => PersonReadFilterInput, { nullable: true }) filter?: PersonReadFilterInput,
  ): Promise<Connection<PersonRead>> {
    const { caller, from, to, ...rest } = filterOf<PersonReadFilterInput>(filter);
    const [name] = caller === undefined ? [undefined] : possibleTexts([caller]);
    const wanted = {
      ...rest,
      ...(name !== undefined && { caller: name }),
      ...(from && { from: inCalendar(from) }),
      ...(to && { to: inCalendar(to) }),
    };
    if (caller !== undefined && name === undefined) return connect({ rows: [], hasNext: false }, READS, { node: readNode, key: () => [] });
    const found = await reads.list(wanted, pageRequest(page, READS));
    return connect(found, READS, { node: readNode, key: ({ id }) => [id] });
  }

  @Authorized<Role>('admin')
  @Most(100)
  @Query(() => [ReadGap], { description: 'The last 100 times in which reads were answered and not recorded; mostly none.' })
  async readGaps(@Ctx() { reads }: Context): Promise<ReadGap[]> {
    return (await reads.gaps({})).map((gap) => nodeOf(ReadGap, gap));
  }
}

function readNode(row: Awaited<ReturnType<Context['reads']['list']>>['rows'][number]): PersonRead {
  return nodeOf(PersonRead, row);
}

function personAsked(args: unknown): readonly number[] {
  const userId = (args as { readonly filter?: { readonly userId?: number | null } | null }).filter?.userId;
  return userId === undefined || userId === null ? [] : [userId];
}
