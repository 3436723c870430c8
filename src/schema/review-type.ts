import { Field, Float, ID, Int } from 'type-graphql';
import type { FallbackReason, GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { RiskReason } from '../domain/review/risk.js';
import { AdvicePoint, MAX_WHY } from './advice-point-type.js';
import { GeneratorEnum, ProgramEnum } from './enums.js';
import { FallbackReasonEnum } from './generation-enums.js';
import { ASKED, Most } from './list-size.js';
import { ObjectOfNobody, ObjectOfPerson, PartOfPerson } from './of-person.js';
import { RiskReasonEnum } from './review-enums.js';
import { DateScalar, JsonScalar } from './scalars.js';

/** Why a row is shown. */
@PartOfPerson({ description: 'Why a row is shown, and what of the row that is about.' })
export class ReviewReason {
  @Field(() => RiskReasonEnum)
  reason!: RiskReason;

  @Most(60)
  @Field(() => [String], { description: 'Ids of points, codes of dishes, versions or a reason of a fallback.' })
  items!: readonly string[];
}

/** A dish of a row. */
@PartOfPerson({ description: 'A dish that a row offers.' })
export class ReviewDish {
  @Field()
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'In the language of the advice of this service; null where the catalogue has it no more.',
  })
  name!: string | null;
}

/** Advice as a reviewer sees it: the patient is not named. */
@ObjectOfPerson(({ userId }: ReviewRow) => userId, {
  description:
    'Advice as a reviewer sees it: what it says, why, and what of the patient is needed to judge it. It does not say whose it is.',
})
export class ReviewRow {
  @Field(() => ID, { description: 'For `markAdvice`. It names an outcome of a run, and no person.' })
  id!: string;

  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day that it is for; null where the row holds none that is in the calendar.',
  })
  targetDate!: string | null;

  @Most(10)
  @Field(() => [ReviewReason], { description: 'Why it is shown, the greater risk first.' })
  reasons!: ReviewReason[];

  @Field(() => Int, { description: 'What the reasons come to: rows are shown by it, the greatest first.' })
  score!: number;

  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => FallbackReasonEnum, { nullable: true, description: 'Why the rules stood in for the model.' })
  fallbackReason!: FallbackReason | null;

  @Field(() => String, {
    nullable: true,
    description: 'Version of the vocabulary that it was said with; `+recalls-3` is its third state of what was taken out.',
  })
  vocabulary!: string | null;

  @Field(() => String, { nullable: true })
  promptVersion!: string | null;

  @Field()
  dietEvaluation!: string;

  @Field(() => JsonScalar, { nullable: true, description: '`{Breakfast: [names], Lunch: [names], Dinner: [names], Summary}`.' })
  dietTarget!: unknown;

  @Field()
  exerciseEvaluation!: string;

  @Field(() => Int, { nullable: true })
  exerciseTarget!: number | null;

  @Field(() => String, { nullable: true })
  sleepEvaluation!: string | null;

  @Field(() => Float, { nullable: true })
  sleepTarget!: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The patient’s allergies when it was written, by name.' })
  allergies!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'Other restrictions, by name.' })
  restrictions!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'What the patient ate on the record date, by name.' })
  eaten!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'Steps of the week before.' })
  steps!: unknown;

  @Most(MAX_WHY)
  @Field(() => [AdvicePoint], { description: 'Each sentence, what made it true, and its source.' })
  why!: AdvicePoint[];

  @Most(60)
  @Field(() => [ReviewDish], { description: 'The dishes that it offers or speaks of.' })
  dishes!: ReviewDish[];

  userId!: number;
}

/** Rows for a reviewer. */
@ObjectOfNobody({ description: 'Advice of the last nights that a reviewer should look at. No advice waits for it.' })
export class ReviewSample {
  @Most(ASKED)
  @Field(() => [ReviewRow], { description: 'The greatest risk first. A row that was marked is shown no more.' })
  rows!: ReviewRow[];

  @Field(() => Int, {
    description: 'Rows that they were chosen from: a part of each of the last nights by chance, and those in which something was found.',
  })
  chosenFrom!: number;
}
