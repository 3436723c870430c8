import { Arg, Args, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { drawSample } from '../application/reviews/draw-sample.js';
import { markAdvice } from '../application/reviews/mark-advice.js';
import { turnPointOff, turnPointOn } from '../application/reviews/turn-point.js';
import { keptReason } from '../domain/operator-reason.js';
import { isRejection, type Rejection } from '../domain/rejection.js';
import type { PointSwitch as SwitchState } from '../domain/review/point-switch.js';
import { rowKey } from '../domain/review/row-key.js';
import type { Role } from '../identity/role.js';
import { type Connection, PageArgs } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { Most, Weight } from '../schema/list-size.js';
import { MarkAccepted, MarkInput, MarkResult, PointResult, PointTurned } from '../schema/review-results.js';
import { type AdviceMark, AdviceMarkConnection, PointSwitch } from '../schema/review-mark-type.js';
import { ReviewSample } from '../schema/review-type.js';
import { advicePoints } from './advice-point-node.js';
import { badInput } from './bad-input.js';
import { BAD_INPUTS } from './bad-input-words.js';
import type { Context } from './context.js';
import { withoutNulls } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { checkFirst, connect, pageRequest, type ListKey } from './paging.js';
import { refusedNode } from './refused-node.js';
import { markNode, pointNode, reviewRow } from './review-nodes.js';

/** ms for which an answer waits for the count of a recall's rows. */
const PATIENCE_MS = 3_000;

const MARKS: ListKey = { list: 'adviceMarks', form: ['time', 'uuid'] };
const WHY = 'Why, at most 500 characters on one line, and nothing personal: it is kept.';

/** What a clinician looks at after advice was written, and says of it. */
@Resolver()
export class ReviewResolver {
  @Authorized<Role>('reviewer')
  @Weight(500)
  @Query(() => ReviewSample, { description: 'Advice of the last nights that a reviewer should look at, the greatest risk first.' })
  async reviewSample(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many rows, 1 to 100.' }) first: number,
    @Ctx() context: Context,
  ): Promise<ReviewSample> {
    const { deps, loaders, advice } = context;
    const { rows, from } = await drawSample(deps, advice.explainer, checkFirst(first));
    const texts = await loaders.intervention.loadMany(rows.map(({ row }) => String(row.interventionId)));
    const whys = await Promise.all(rows.map(({ why }) => advicePoints(why, context)));
    const shown = rows.flatMap((drawn, at) => {
      const found = texts[at];
      return found === undefined || found instanceof Error ? [] : [reviewRow(drawn, { texts: found, why: whys[at] ?? [] }, advice)];
    });
    return nodeOf(ReviewSample, { rows: shown, chosenFrom: from });
  }

  @Authorized<Role>('reviewer')
  @Query(() => AdviceMarkConnection, { description: 'What reviewers said of advice, newest first.' })
  async adviceMarks(@Args(() => PageArgs) page: PageArgs, @Ctx() { views, loaders, advice }: Context): Promise<Connection<AdviceMark>> {
    const found = await views.reviews.marks(pageRequest(page, MARKS));
    const recalls = await Promise.all(
      found.rows.map(async ({ recallId }) => (recallId === null ? undefined : loaders.recall.load(recallId))),
    );
    const rows = found.rows.map((mark, at) => ({ mark, recall: recalls[at] }));
    return connect({ ...found, rows }, MARKS, {
      node: ({ mark, recall }) => markNode(mark, recall, advice),
      key: ({ mark }) => [mark.markedAt, mark.markId],
    });
  }

  @Authorized<Role>('reviewer')
  @Most(1_000)
  @Query(() => [PointSwitch], { description: 'Points that were ever turned off, by their ids.' })
  async pointSwitches(@Ctx() { views }: Context): Promise<PointSwitch[]> {
    return (await views.reviews.points()).map(pointNode);
  }

  @Authorized<Role>('reviewer')
  @Mutation(() => MarkResult, {
    description:
      'Notes what a reviewer says of a row of the sample. Points that it turns off and the recall that it starts are made with it, or nothing is.',
  })
  async markAdvice(@Arg('input', () => MarkInput) input: MarkInput, @Ctx() context: Context): Promise<MarkAccepted | Refused> {
    const { deps, actor, advice } = context;
    const { idempotencyKey, row: text, points = [], dishes = [], ...said } = withoutNulls(input);
    const row = rowKey(text);
    if (row === undefined) throw badInput('input', BAD_INPUTS.tell('ROW'));
    const order = { ...said, row, points, dishes };
    const caller = { actor, patienceMs: PATIENCE_MS, ...(idempotencyKey && { idempotencyKey }) };
    const answer = await markAdvice(deps, { order, explainer: advice.explainer }, caller);
    if (isRejection(answer)) return refusedNode(answer);
    const { mark, recall, repeated } = answer;
    const note = keptReason(said.note).reason ?? null; // of a request that is repeated it is the same, by its key
    return nodeOf(MarkAccepted, { mark: markNode({ ...mark, note }, recall, advice), repeated });
  }

  @Authorized<Role>('reviewer')
  @Mutation(() => PointResult, {
    description:
      'Turns a point off: no advice is written with it from now on. Saved advice stays as it is: `markAdvice` and `recall` replace it.',
  })
  async turnPointOff(
    @Arg('point', () => String) point: string,
    @Ctx() { deps, actor }: Context,
    @Arg('reason', () => String, { nullable: true, description: WHY }) reason?: string | null,
  ): Promise<PointTurned | Refused> {
    const order = { point, ...(reason != null && { reason }) };
    return turned(await turnPointOff(deps, order, actor), order);
  }

  @Authorized<Role>('reviewer')
  @Mutation(() => PointResult, { description: 'Turns a point on again: advice that is written from now on may say it.' })
  async turnPointOn(
    @Arg('point', () => String) point: string,
    @Ctx() { deps, actor }: Context,
    @Arg('reason', () => String, { nullable: true, description: WHY }) reason?: string | null,
  ): Promise<PointTurned | Refused> {
    const order = { point, ...(reason != null && { reason }) };
    return turned(await turnPointOn(deps, order, actor), order);
  }
}

function turned(answer: SwitchState | Rejection, { reason }: { readonly reason?: string }): PointTurned | Refused {
  if (isRejection(answer)) return refusedNode(answer);
  return nodeOf(PointTurned, { point: pointNode({ ...answer, reason: keptReason(reason).reason ?? null }) });
}
