import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { filterSigning, signingRows, tallySigning, type SigningRow } from '../application/reviews/list-signable.js';
import { signRows, withdrawSignatures, type SignaturesChanged as Changed } from '../application/reviews/sign-rows.js';
import { pageOf } from '../database/keyset.js';
import { isRejection, type Rejection } from '../domain/rejection.js';
import type { Role } from '../identity/role.js';
import type { NotedSignature } from '../projections/queries/review-queries.js';
import { type CountedConnection, PageArgs } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { Weight } from '../schema/list-size.js';
import { SignaturesChanged, SignatureResult, SignInput } from '../schema/signing-results.js';
import { type SignableRow, SignableRowConnection, SignableRowFilterInput, SigningCount, SigningProgress } from '../schema/signing-type.js';
import { badInput } from './bad-input.js';
import { BAD_INPUTS } from './bad-input-words.js';
import type { Context } from './context.js';
import { filterOf } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { refusedNode } from './refused-node.js';
import { signableNode } from './signing-nodes.js';

/** By place in the list: the rows are those of the files, which do not change while a service runs. */
const ROWS: ListKey = { list: 'signableRows', form: ['int'] };
const SEARCH_LENGTH = 100;

/** What a dietitian signs. */
@Resolver()
export class SigningResolver {
  @Authorized<Role>('reviewer')
  @Weight(20)
  @Query(() => SignableRowConnection, {
    description:
      'Points, wordings, dishes and ingredients as they are now, to be signed: each point with its wordings, dishes, ingredients.',
  })
  async signableRows(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Arg('filter', () => SignableRowFilterInput, { nullable: true }) filter?: SignableRowFilterInput | null,
  ): Promise<CountedConnection<SignableRow>> {
    const { first, after } = pageRequest(page, ROWS);
    const wanted = filterOf(filter);
    if ((wanted.search?.length ?? 0) > SEARCH_LENGTH) throw badInput('filter', BAD_INPUTS.tell('SEARCH', { most: SEARCH_LENGTH }));
    const all = await rowsOf(context);
    const places = new Map(all.map((each, place) => [each, place]));
    const placeOf = (row: (typeof all)[number]): number => places.get(row) ?? 0;
    const found = filterSigning(all, wanted);
    const rest = after === undefined ? found : found.filter((row) => placeOf(row) > Number(after[0]));
    const connection = connect(pageOf(rest.slice(0, first + 1), first), ROWS, { node: signableNode, key: (row) => [placeOf(row)] });
    return { ...connection, count: () => Promise.resolve(found.length) };
  }

  @Authorized<Role>('reviewer')
  @Query(() => SigningProgress, { description: 'How much of what advice is made of is signed.' })
  async signingProgress(@Ctx() context: Context): Promise<SigningProgress> {
    const counts = tallySigning(await rowsOf(context)).map((tally) => nodeOf(SigningCount, tally));
    return nodeOf(SigningProgress, { counts, onlySigned: context.deps.words.onlySigned });
  }

  @Authorized<Role>('reviewer')
  @Mutation(() => SignatureResult, {
    description:
      'Signs rows as they were shown, 1 to 100, all of them or none. A row that changed since has another hash, and is not signed. What is signed already stays as it is.',
  })
  async signRows(@Arg('rows', () => [SignInput]) rows: SignInput[], @Ctx() context: Context): Promise<SignaturesChanged | Refused> {
    const answer = await signRows(context.deps, rows, context.actor);
    return changedNode(answer, rows.map(({ id }) => id), context); // prettier-ignore
  }

  @Authorized<Role>('reviewer')
  @Mutation(() => SignatureResult, {
    description:
      'Withdraws signatures of rows, 1 to 100, all of them or none. Where advice is made of what is signed alone, none is written with them from now on; saved advice stays as it is.',
  })
  async withdrawSignatures(
    @Arg('ids', () => [ID], { description: '`SignableRow.id`.' }) ids: string[],
    @Ctx() context: Context,
    @Arg('reason', () => String, {
      nullable: true,
      description: 'Why, at most 500 characters on one line, and nothing personal: it is kept.',
    })
    reason?: string | null,
  ): Promise<SignaturesChanged | Refused> {
    const answer = await withdrawSignatures(context.deps, { ids, ...(reason != null && { reason }) }, context.actor);
    return changedNode(answer, ids, context);
  }
}

async function rowsOf({ deps, views }: Context): Promise<SigningRow<NotedSignature>[]> {
  return signingRows(deps.words.signable, await views.reviews.signatures());
}

async function changedNode(answer: Changed | Rejection, ids: readonly string[], context: Context): Promise<SignaturesChanged | Refused> {
  if (isRejection(answer)) return refusedNode(answer);
  const named = new Set(ids);
  const rows = (await rowsOf(context)).filter(({ row }) => named.has(row.id)).map(signableNode);
  return nodeOf(SignaturesChanged, { rows, changed: answer.changed.length });
}
