import { Field, ObjectType } from 'type-graphql';
import { enumOf } from './enums.js';
import { Most } from './list-size.js';
import { DateTimeScalar } from './scalars.js';

/** How bad a finding is, the worst last. */
export const FINDING_LEVELS = ['OK', 'WARNING', 'PROBLEM'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

export const FindingLevelEnum = enumOf(FINDING_LEVELS, {
  name: 'FindingLevel',
  description: 'How bad it is.',
  values: {
    OK: 'All is well.',
    WARNING: 'It works, and will not for ever or not well.',
    PROBLEM: 'It does not work.',
  },
});

/** What the doctor says of one thing. */
@ObjectType({ description: 'What the doctor says of one thing it looked at.' })
export class DoctorFinding {
  @Field(() => FindingLevelEnum)
  level!: FindingLevel;

  @Field({ description: 'What was looked at, as a word that stays: `MIGRATIONS`, `RIGHTS_ON_SCHEMA_BATCH`.' })
  code!: string;

  @Field({ description: 'What was looked at, for people.' })
  check!: string;

  @Field({ description: 'What is there.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'What to do; null where there is nothing to do.' })
  advice!: string | null;
}

/** What the doctor says. */
@ObjectType({ description: 'What the doctor says: the same as the command `doctor` on the service’s host.' })
export class DoctorReport {
  @Field(() => FindingLevelEnum, { description: 'That of the worst finding.' })
  level!: FindingLevel;

  @Field(() => DateTimeScalar, { description: 'When it was told.' })
  at!: Date;

  @Most(60)
  @Field(() => [DoctorFinding], { description: 'In the order in which they are to be seen to.' })
  findings!: DoctorFinding[];
}
