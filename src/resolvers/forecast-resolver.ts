import { refusedNode } from './refused-node.js';
import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { forecastRun } from '../application/run/forecast-run.js';
import type { Role } from '../identity/role.js';
import type { Refused } from '../schema/error-type.js';
import { Forecast, ForecastResult } from '../schema/forecast-type.js';
import { RunBatchInput } from '../schema/run-inputs.js';
import { isRejection } from '../domain/rejection.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';
import { orderOf } from './run/run-batch-resolver.js';
import { forecastFields } from './run/run-nodes.js';
import { Weight } from '../schema/list-size.js';
import { ShowsPersons } from '../schema/of-person.js';

/** Says what a run would come to. */
@Resolver()
export class ForecastResolver {
  @Authorized<Role>('viewer')
  @Weight(2_000)
  @ShowsPersons(({ args }) => (args as { input?: RunBatchInput | null }).input?.userIds)
  @Query(() => ForecastResult, {
    description:
      'What such a run would come to: users, tokens, cost and time. Looks every user’s records up, which takes seconds for 100,000 of them.',
  })
  async forecast(
    @Ctx() { deps }: Context,
    @Arg('input', () => RunBatchInput, { nullable: true }) input?: RunBatchInput,
  ): Promise<Forecast | Refused> {
    const made = await forecastRun(deps, orderOf(input));
    if (isRejection(made)) return refusedNode(made);
    const { program, generator, recordDate, users, forecast, finishAt, finishByBatchAt } = made;
    return nodeOf(Forecast, { ...forecastFields(forecast), program, generator, recordDate, users, finishAt, finishByBatchAt });
  }
}
