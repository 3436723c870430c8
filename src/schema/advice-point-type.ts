import { Field, ID, Int } from 'type-graphql';
import { MAX_FACTS, MAX_POINTS } from '../domain/advice/points/said-text.js';
import { POINT_FAMILIES, POINT_FIELDS, type PointFamily, type PointField } from '../domain/advice/points/point.js';
import { enumOf } from './enums.js';
import { Most } from './list-size.js';
import { DateScalar } from './scalars.js';
import { PartOfPerson } from './of-person.js';

const AdviceFieldEnum = enumOf(POINT_FIELDS, {
  name: 'AdviceField',
  description: 'A text of an intervention.',
  values: {
    DIET_EVALUATION: 'What is said of the record date’s food: `dietEvaluation`.',
    SUMMARY: 'The sentences under the dishes: `dietTarget.Summary`.',
    EXERCISE_EVALUATION: 'What is said of the steps: `exerciseEvaluation`.',
    SLEEP_EVALUATION: 'What is said of the sleep: `sleepEvaluation`.',
  },
});

const AdviceFamilyEnum = enumOf(POINT_FAMILIES, {
  name: 'AdviceFamily',
  description: 'What a sentence is about.',
  values: {
    EATEN: 'What was eaten on the record date.',
    FIBRE: 'Fibre.',
    PORTIONS: 'How much of something.',
    TOMORROW: 'The dishes of the target date.',
    COOKING: 'How dishes are cooked.',
    MEALS: 'When and how meals are eaten.',
    WALKING: 'Steps.',
    SLEEP: 'Sleep.',
    NEXT_STEPS: 'What comes after: reintroduction, a dietitian, a doctor.',
  },
});

/** Something that made a sentence true. */
@PartOfPerson({ description: 'A figure or a word that made a sentence true, as it was when the advice was written.' })
export class AdviceFact {
  @Field({ description: 'Such as `day.high`.' })
  name!: string;

  @Field({ description: 'A number or a word, such as `2` or `HIGH`; of what holds or not, `1` or `0`.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'What it is, with its unit; null where the sentence is none of today’s vocabulary.' })
  meaning!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in Korean.' })
  meaningKo!: string | null;
}

/** Where a sentence comes from. */
@PartOfPerson({ description: 'What a sentence rests on.' })
export class AdviceSource {
  @Field()
  title!: string;

  @Field()
  publisher!: string;

  @Field(() => String, { nullable: true, description: 'Null where it has none.' })
  year!: string | null;

  @Field({ description: 'Where it can be read.' })
  address!: string;

  @Field(() => String, { nullable: true, description: 'Where in it.' })
  section!: string | null;

  @Field({
    description:
      'All of it in one line in Korean: title, publisher, year and where in it. What has no Korean name stands as its publisher wrote it.',
  })
  citationKo!: string;
}

/** A sentence of an intervention, explained. */
@PartOfPerson({ description: 'A sentence of an intervention: what is said, of what, why it was true, and on whose word.' })
export class AdvicePoint {
  @Field({ description: 'Its name in the vocabulary, such as `SWAP`.' })
  point!: string;

  @Field(() => AdviceFieldEnum, {
    nullable: true,
    description: 'The text that it stands in; null where today’s vocabulary has it no more.',
  })
  field!: PointField | null;

  @Field(() => AdviceFamilyEnum, { nullable: true })
  family!: PointFamily | null;

  @Field(() => ID, { nullable: true, description: 'Id in IBSafe’s table of the eaten food that it speaks of.' })
  eatenFoodId!: number | null;

  @Field(() => String, { nullable: true, description: 'Code of the offered dish that it speaks of.' })
  dishCode!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The dish’s name in today’s catalogue, in the language of the advice of this service.',
  })
  dishName!: string | null;

  @Field({ description: 'Version of the vocabulary that it was said with.' })
  vocabulary!: string;

  @Field({ description: 'Whether that is the vocabulary of this service now. Meanings, source and review are always those of now.' })
  isCurrent!: boolean;

  @Field(() => Int, { nullable: true, description: 'Which of its wordings was said, from 0.' })
  wording!: number | null;

  @Most(MAX_FACTS)
  @Field(() => [AdviceFact], { description: 'What made it true then.' })
  facts!: readonly AdviceFact[];

  @Field(() => AdviceSource, { nullable: true, description: 'Null where today’s vocabulary has it no more.' })
  source!: AdviceSource | null;

  @Field(() => String, {
    nullable: true,
    description: 'The actor that signed the sentence as it is now, in its file or in the log; null while it is not signed.',
  })
  reviewedBy!: string | null;

  @Field(() => DateScalar, { nullable: true })
  reviewedOn!: string | null;
}

/** How many points the list of an intervention may hold. */
export const MAX_WHY = MAX_POINTS;
