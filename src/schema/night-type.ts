import { ArgsType, Field, Float, Int } from 'type-graphql';
import { FAILURE_CODES, FALLBACK_REASONS, SKIP_REASONS } from '../domain/outcome.js';
import { daysBetween, type LocalDate } from '../domain/local-date.js';
import { PROGRAMS, type ProgramName } from '../domain/program.js';
import { ProgramEnum } from './enums.js';
import { Most } from './list-size.js';
import { ReasonCount } from './progress-type.js';
import { DateScalar, DateTimeScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** Most days that nights may be asked for at once: three years. */
export const MAX_NIGHT_DAYS = 1_100;

/** Which nights. */
@ArgsType()
export class NightArgs {
  @Field(() => DateScalar, { description: 'First record date.' })
  from!: LocalDate;

  @Field(() => DateScalar, { description: 'Last record date.' })
  to!: LocalDate;

  @Field(() => ProgramEnum, { nullable: true, description: 'Default: every program, each with nights of its own.' })
  program?: ProgramName | null;
}

/** How many nights arguments can come to. */
export function nightsAsked({ from, to, program }: Partial<NightArgs>): number {
  if (from === undefined || to === undefined) return 0;
  const days = Math.min(MAX_NIGHT_DAYS, Math.max(0, daysBetween(from, to) + 1));
  return days * (program === undefined || program === null ? PROGRAMS.length : 1);
}

/** What the runs of a program for one record date came to. */
@ObjectOfNobody({
  description:
    'What the runs of a program for one record date came to. Each user counts once, however often a run was repeated: by the advice that a run wrote, else by the newest outcome. Runs that go on count when they end, dry and shadow runs never.',
})
export class Night {
  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => DateScalar, { description: 'The day the advice is for.' })
  targetDate!: string;

  @Field(() => Int, { description: 'Runs, dry ones apart.' })
  runs!: number;

  @Field(() => Int, { description: 'Of them, those that have not ended.' })
  openRuns!: number;

  @Field(() => Int, { description: 'Of them, those that are paused.' })
  pausedRuns!: number;

  @Field(() => Int, { description: 'Of them, those that failed as a whole, before the first user’s turn.' })
  failedRuns!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first run started.' })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last run ended; null while one goes on.' })
  endedAt!: Date | null;

  @Field(() => Float, { description: 'Seconds that its runs took from start to end, added up; pauses count.' })
  seconds!: number;

  @Field(() => Int, { description: 'Users whose advice a run wrote.' })
  generated!: number;

  @Field(() => Int, { description: 'Users with advice that no run of these wrote.' })
  existed!: number;

  @Field(() => Int, { description: 'Skipped users without advice.' })
  skipped!: number;

  @Field(() => Int, { description: 'Users without advice whose generation failed.' })
  failed!: number;

  @Field(() => Int, { description: 'Users whose turn did not come, since the run was cancelled.' })
  cancelled!: number;

  @Most(SKIP_REASONS.length)
  @Field(() => [ReasonCount], { description: 'Why users were skipped, most frequent first. A user may have several reasons.' })
  skipReasons!: ReasonCount[];

  @Most(FAILURE_CODES.length)
  @Field(() => [ReasonCount], { description: 'Why generation failed, by code, most frequent first.' })
  failures!: ReasonCount[];

  @Field(() => Float, { description: 'Tokens sent to a language model; a whole number.' })
  tokensIn!: number;

  @Field(() => Float, { description: 'Tokens that a language model answered with; a whole number.' })
  tokensOut!: number;

  @Field(() => Float, { description: 'In US$, by the prices that were configured then.' })
  costUsd!: number;

  @Field(() => Int, { description: 'Users whose tokens are estimates.' })
  usersEstimated!: number;

  @Most(FALLBACK_REASONS.length)
  @Field(() => [ReasonCount], { description: 'Users whose advice the rules wrote in place of the model, by reason, most frequent first.' })
  fallbacks!: ReasonCount[];

  @Field(() => Int, {
    description: 'Users that were to have advice: all but the skipped. Cancelled users count, since no run judged them.',
  })
  eligible!: number;

  @Field(() => Float, { nullable: true, description: 'Share of the eligible users with advice, 0 to 1; null while no user is eligible.' })
  coverage!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'By when the advice was to be there; null where the schedule says nothing.' })
  readyBy!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Users with advice by `readyBy`; null without it, and until a run has ended.' })
  ready!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of the eligible users with advice by `readyBy`, 0 to 1.' })
  readyCoverage!: number | null;

  @Field({
    description: 'Whether a run of it was let go with its month: its figures stay as they were then, and no later run changes them.',
  })
  isBeforeRetention!: boolean;
}
