import { Field, Float, Int } from 'type-graphql';
import { INTERVENTION_FIELDS, type InterventionField } from '../domain/programs/intervention-difference.js';
import { enumOf } from './enums.js';
import { MEALS, type Meal } from '../domain/advice/catalogue/dish.js';
import { Most } from './list-size.js';
import { PartOfPerson } from './of-person.js';

export const InterventionFieldEnum = enumOf(INTERVENTION_FIELDS, {
  name: 'InterventionField',
  description: 'A part of an intervention in which two of them can differ.',
  values: {
    BREAKFAST: 'The dishes of breakfast.',
    LUNCH: 'The dishes of lunch.',
    DINNER: 'The dishes of dinner.',
    SUMMARY: 'The sentences under the dishes.',
    DIET_EVALUATION: 'What was said of the record date’s food.',
    EXERCISE_EVALUATION: 'What was said of the steps.',
    EXERCISE_TARGET: 'The steps to aim for.',
    SLEEP_EVALUATION: 'What was said of the sleep.',
    SLEEP_TARGET: 'The hours of sleep to aim for.',
  },
});

const MealEnum = enumOf(MEALS, {
  name: 'Meal',
  description: 'A meal of the day.',
  values: { BREAKFAST: 'Breakfast.', LUNCH: 'Lunch.', DINNER: 'Dinner.' },
});

/** Dishes of a meal that only one of the two has. */
@PartOfPerson({ description: 'Dishes of a meal that only one of the two has. Their order is no difference.' })
class MealDiff {
  @Field(() => MealEnum)
  meal!: Meal;

  @Most(50)
  @Field(() => [String], { description: 'Dishes that only the other has.' })
  added!: readonly string[];

  @Most(50)
  @Field(() => [String], { description: 'Dishes that only this one has.' })
  removed!: readonly string[];
}

/** A goal of this one and of the other. */
@PartOfPerson({ description: 'A goal of this one and of the other; null where there is none.' })
class GoalDiff {
  @Field(() => Float, { nullable: true })
  before!: number | null;

  @Field(() => Float, { nullable: true })
  after!: number | null;
}

/** A text that reads otherwise. */
@PartOfPerson({ description: 'A text that reads otherwise, by its length in characters: read both for the words.' })
class TextDiff {
  @Field(() => InterventionFieldEnum)
  field!: InterventionField;

  @Field(() => Int)
  lengthBefore!: number;

  @Field(() => Int)
  lengthAfter!: number;
}

/** What changes from one intervention to another. */
@PartOfPerson({ description: 'What changes from this intervention to the other.' })
export class InterventionDiff {
  @Most(10)
  @Field(() => [InterventionFieldEnum], { description: 'Everything that differs; empty when they say the same.' })
  fields!: readonly InterventionField[];

  @Most(3)
  @Field(() => [MealDiff], { description: 'Meals with other dishes.' })
  meals!: readonly MealDiff[];

  @Field(() => GoalDiff, { nullable: true, description: 'Steps; null when they are the same.' })
  exerciseTarget!: GoalDiff | null;

  @Field(() => GoalDiff, { nullable: true, description: 'Hours; null when they are the same.' })
  sleepTarget!: GoalDiff | null;

  @Most(10)
  @Field(() => [TextDiff], { description: 'Texts that read otherwise.' })
  texts!: readonly TextDiff[];

  /** Whose the other one is: not part of the API. */
  otherUserId!: number;
}
