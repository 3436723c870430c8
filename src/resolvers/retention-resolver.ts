import { BAD_INPUTS } from './bad-input-words.js';
import { because } from '../domain/refusals.js';
import { refusedNode } from './refused-node.js';
import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { KEEP_RANGE } from '../domain/retention/retention.js';
import type { Role } from '../identity/role.js';
import type { PlannedMonth } from '../lifecycle/retention/plan-retention.js';
import { whyHeld } from '../lifecycle/retention/refusal-words.js';
import type { Refused } from '../schema/error-type.js';
import { Weight } from '../schema/list-size.js';
import { LetMonthsGoResult, LogMonth, MonthsLetGo, Retention } from '../schema/retention-type.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { letGoNode } from './let-go.js';
import { nodeOf } from './node-of.js';

/** ms for which another process that lets months go is waited for. */
const WAIT_MS = 2_000;

/** What is kept of the log. */
@Resolver()
export class RetentionResolver {
  @Authorized<Role>('viewer')
  @Weight(200)
  @Query(() => Retention, { description: 'What is kept of the log, what would be let go, and what was.' })
  async retention(
    @Ctx() { retention }: Context,
    @Arg('keep', () => Int, { nullable: true, description: 'Months to keep beside the one that goes on. Default: what is configured.' })
    keep?: number | null,
  ): Promise<Retention> {
    const { plan, letGo } = await retention.overview(keep == null ? undefined : checked(keep));
    return nodeOf(Retention, {
      keepMonths: plan.keep ?? null,
      keptFrom: plan.keptFrom ?? null,
      months: plan.months.map(monthNode).toReversed(),
      letGo: letGo.map(letGoNode).toReversed(),
    });
  }

  @Authorized<Role>('admin')
  @Mutation(() => LetMonthsGoResult, {
    description:
      'Archives each month that is older than the one that goes on and `keep` before it, reads the archive back, and lets the month go from the log. It goes on where the answer takes too long: `retention` tells what was done.',
  })
  async letMonthsGo(@Arg('keep', () => Int) keep: number, @Ctx() { retention, actor }: Context): Promise<MonthsLetGo | Refused> {
    const done = await retention.run(checked(keep), { actor, waitMs: WAIT_MS });
    if (done.status === 'NO_FOLDER') return refusedNode({ code: 'NO_ARCHIVE_FOLDER', ...because('NO_ARCHIVE_FOLDER') });
    if (done.status === 'BUSY') return refusedNode({ code: 'RETENTION_BUSY', ...because('RETENTION_BUSY') });
    const { plan } = await retention.overview(keep);
    const held = new Map(done.held.map((each) => [each.month, each.held]));
    const stays = plan.months.filter(({ month }) => held.has(month)).map((month) => monthNode({ ...month, held: held.get(month.month) }));
    return nodeOf(MonthsLetGo, { letGo: done.letGo.map(letGoNode), held: stays });
  }
}

function monthNode({ month, events, bytes, due, held }: PlannedMonth): LogMonth {
  const said = held === undefined ? null : whyHeld(month, held).said;
  return nodeOf(LogMonth, { month, events, bytes, due, heldBy: held?.code ?? null, said, runId: held?.runId ?? null });
}

function checked(keep: number): number {
  const { least, most } = KEEP_RANGE;
  if (keep < least || keep > most) throw badInput('keep', BAD_INPUTS.tell('MONTHS', { least, most, found: keep }));
  return keep;
}
