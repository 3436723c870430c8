import { createUnionType, Field, ID, InputType } from 'type-graphql';
import type { MarkVerdict } from '../domain/review/mark-events.js';
import { Refused } from './error-type.js';
import { ObjectOfNobody } from './of-person.js';
import { MarkVerdictEnum } from './review-enums.js';
import { AdviceMark, PointSwitch } from './review-mark-type.js';

/** What a reviewer says of a row. */
@InputType({ description: 'What a reviewer says of a row of the sample, and what is to follow.' })
export class MarkInput {
  @Field(() => ID, { description: '`ReviewRow.id`.' })
  row!: string;

  @Field(() => MarkVerdictEnum)
  verdict!: MarkVerdict;

  @Field(() => [String], { nullable: true, description: 'Points of the row that the verdict is about.' })
  points?: string[];

  @Field(() => [String], { nullable: true, description: 'Codes of dishes of the row that the verdict is about.' })
  dishes?: string[];

  @Field(() => String, { nullable: true, description: 'At most 500 characters on one line, and nothing personal: it is kept.' })
  note?: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Turns the points off: no advice is written with them from now on.' })
  turnOff!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Recalls the one point or the one dish: advice for today and later that holds it is written anew.',
  })
  recall!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'With `recall`: whether it is for an allergen. Operators are alerted then.' })
  allergen!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The same key from the same caller is answered with the same mark. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;
}

/** The mark that was made. */
@ObjectOfNobody({ description: 'The mark, and what came of it.' })
export class MarkAccepted {
  @Field(() => AdviceMark)
  mark!: AdviceMark;

  @Field({ description: 'True when an earlier request with this key had made the mark.' })
  repeated!: boolean;
}

/** What `markAdvice` answers. */
export const MarkResult = createUnionType({
  name: 'MarkResult',
  description: 'The mark, or why nothing was done.',
  types: () => [MarkAccepted, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});

/** The point that was turned. */
@ObjectOfNobody({ description: 'The point as it stands now.' })
export class PointTurned {
  @Field(() => PointSwitch)
  point!: PointSwitch;
}

/** What `turnPointOff` and `turnPointOn` answer. */
export const PointResult = createUnionType({
  name: 'PointResult',
  description: 'The point, or why nothing was done.',
  types: () => [PointTurned, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
