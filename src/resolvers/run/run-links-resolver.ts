import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Tally } from '../../domain/outcome.js';
import { Backfill } from '../../schema/backfill-type.js';
import { Recall } from '../../schema/recall-type.js';
import { RetrySelection, RunReport } from '../../schema/run-control-type.js';
import { LetGoMonth } from '../../schema/retention-type.js';
import { Run } from '../../schema/run-type.js';
import { Schedule } from '../../schema/schedule-type.js';
import { nodeOf } from '../node-of.js';
import { recallNode } from '../recall-resolver.js';
import { backfillNode } from '../backfill-resolver.js';
import type { Context } from '../context.js';
import { letGoNode, letGoOf } from '../let-go.js';
import type { Loaders } from '../loaders.js';
import { scheduleNode } from '../schedule-nodes.js';
import { reasonCounts, runNode } from './run-nodes.js';
import { Most, Weight } from '../../schema/list-size.js';
import { ShowsPersons } from '../../schema/of-person.js';

/** From a run to what it belongs to, to what repeats it, and to what it came to. */
@Resolver(() => Run)
export class RunLinksResolver {
  @Most(10_000)
  @ShowsPersons(({ value }) => value as number[] | null)
  @FieldResolver(() => [Int], { nullable: true, description: 'The users it was asked for; null for all users.' })
  async userIds(@Root() { id, readUserIds }: Run, @Ctx() { loaders }: Context): Promise<number[] | null> {
    return readUserIds === undefined ? ((await loaders.userIds.load(id))?.userIds ?? null) : readUserIds;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many users it was asked for, which tells nothing of them as `userIds` does; null for all users.',
  })
  async usersChosen(@Root() { id, readUserIds }: Run, @Ctx() { loaders }: Context): Promise<number | null> {
    return readUserIds === undefined ? ((await loaders.chosen.load(id))?.users ?? null) : (readUserIds?.length ?? null);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run whose users it repeats; null for any other.' })
  async parent(@Root() { parentRunId }: Run, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = parentRunId === null ? undefined : await loaders.run.load(parentRunId);
    return row === undefined ? null : runNode(row);
  }

  @FieldResolver(() => RetrySelection, {
    nullable: true,
    name: 'retry',
    description: 'The users of its parent that it covers; null for any other run.',
  })
  retrySelection(@Root() { retry }: Run): RetrySelection | null {
    return retry === null ? null : nodeOf(RetrySelection, { outcomes: retry.outcomes, reasons: retry.reasons ?? null });
  }

  @Most(100)
  @FieldResolver(() => [Run], { description: 'Runs that repeat users of it, oldest first; the first 100.' })
  async retries(@Root() { id }: Run, @Ctx() { loaders }: Context): Promise<Run[]> {
    return (await loaders.retries.load(id)).map(runNode);
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description:
      'The run that has to end before it begins: an earlier one for its record date, or of its schedule where it `waits`. Null once it has begun, and where it waits for none.',
  })
  async waitsFor(@Root() { id, status }: Run, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = status === 'REQUESTED' ? await loaders.waitsFor.load(id) : undefined;
    return row === undefined ? null : runNode(row);
  }

  @FieldResolver(() => Schedule, {
    nullable: true,
    description: 'The schedule whose slot asked for it, even if that was deleted since; null for any other trigger.',
  })
  async schedule(@Root() { scheduleId }: Run, @Ctx() { loaders }: Context): Promise<Schedule | null> {
    const found = scheduleId === null ? undefined : await loaders.schedule.load(scheduleId);
    return found === undefined ? null : scheduleNode(found);
  }

  @FieldResolver(() => Backfill, { nullable: true, description: 'The backfill that it belongs to.' })
  async backfill(@Root() { backfillId }: Run, @Ctx() { loaders }: Context): Promise<Backfill | null> {
    const row = backfillId === null ? undefined : await loaders.backfill.load(backfillId);
    return row === undefined ? null : backfillNode(row);
  }

  @FieldResolver(() => Recall, { nullable: true, description: 'The recall whose rows it writes anew.' })
  async recall(@Root() { recallId }: Run, @Ctx() { loaders, advice }: Context): Promise<Recall | null> {
    const recall = recallId === null ? undefined : await loaders.recall.load(recallId);
    return recall === undefined ? null : recallNode(recall, advice);
  }

  @FieldResolver(() => LetGoMonth, {
    nullable: true,
    description:
      'Its month, where that was let go: what the run came to is still known; `outcomes` and `events` are empty, and `usage` and `shadowReport` null, because its events stand in an archive alone. Null while the log has them.',
  })
  async letGo(@Root() run: Run, @Ctx() { loaders }: Context): Promise<LetGoMonth | null> {
    const month = await letGoOf(run, loaders);
    return month === undefined ? null : letGoNode(month);
  }

  @Weight(50)
  @FieldResolver(() => RunReport, {
    description: 'What it came to, or in a dry run would have come to. Of a run that regenerates, `replacing` looks at every outcome.',
  })
  async report(@Root() run: Run, @Ctx() { loaders }: Context): Promise<RunReport> {
    const { id, dryRun, onExisting, tally } = run;
    const { generated, skipped, failed, cancelled, reasons } = tally ?? (await talliedNow(id, loaders));
    const isGone = onExisting !== 'SKIP' && (await letGoOf(run, loaders)) !== undefined;
    const replacing = onExisting === 'SKIP' ? 0 : isGone ? null : await loaders.replaced.load(id);
    const figures = { interventions: generated, replacing, keeping: reasons['INTERVENTION_EXISTS'] ?? 0, skipped, failed, cancelled };
    return nodeOf(RunReport, { dryRun, ...figures, reasons: reasonCounts(reasons) });
  }
}

async function talliedNow(runId: string, loaders: Loaders): Promise<Tally> {
  const [tally, reasons] = await Promise.all([loaders.tally.load(runId), loaders.reasons.load(runId)]);
  return { ...NOBODY, ...tally, ...reasons };
}

const NOBODY: Tally = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} };
