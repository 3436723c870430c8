import { createUnionType, Field, Int } from 'type-graphql';
import { Refused } from './error-type.js';
import { ASKED, Most } from './list-size.js';
import { ObjectOfNobody, ObjectOfPerson, ShowsPersons } from './of-person.js';
import { UuidScalar } from './scalars.js';

/** Words of operators that a preview shows at most. */
export const MAX_TEXTS = 100;
/** Most months that are listed: a hundred years. */
const MAX_MONTHS = 1_200;

/** What an erasure would take away. */
@ObjectOfPerson<ErasurePreview>(({ userId }) => userId, {
  description: 'What the service knows of a person, which an erasure takes away, and what stays.',
})
export class ErasurePreview {
  @Field(() => Int)
  userId!: number;

  @Field({ description: 'To be typed to confirm: the name of the account; of an account that IBSafe deleted, its number.' })
  name!: string;

  @Field({ description: 'False where IBSafe deleted the account.' })
  hasAccount!: boolean;

  @Field({ description: 'Whether anything but reads and words of operators leads to the person.' })
  isKnown!: boolean;

  @Field(() => Int, { description: 'Outcomes in the log that lead to the person.' })
  outcomes!: number;

  @Field(() => Int, { description: 'Runs that these are in.' })
  runs!: number;

  @Field(() => Int, { description: 'Entries of the audit of reads.' })
  reads!: number;

  @Field(() => Int, { description: 'How many words of operators name the person.' })
  textCount!: number;

  @Most(MAX_TEXTS)
  @Field(() => [String], { description: 'The first 100 of them. They are erased too.' })
  texts!: readonly string[];

  @Field(() => UuidScalar, { nullable: true, description: 'A run that covers the person and has not ended: nothing is erased until then.' })
  activeRunId!: string | null;

  @Field(() => Int, { description: 'Rows of advice in IBSafe’s own table. They stay.' })
  interventions!: number;

  @Most(MAX_MONTHS)
  @Field(() => [String], {
    description: 'Months, `YYYY-MM`, whose archives name the person still: they were written before persons left the log.',
  })
  monthsNotCovered!: readonly string[];
}

/** What was erased. */
@ObjectOfNobody({ description: 'What was erased: counts, and nothing that leads to the person.' })
export class PersonErased {
  @Field(() => Int, { description: '1, or 0 where the log knew nothing of the person.' })
  known!: number;

  @Field(() => Int, { description: 'Entries of the audit of reads.' })
  reads!: number;

  @Field(() => Int, { description: 'Runs that were asked for this person by name.' })
  runs!: number;

  @Field(() => Int, { description: 'Reasons by operators that named the person.' })
  reasons!: number;
}

/** Persons whose account is gone. */
@ObjectOfNobody({ description: 'Persons that the service still knows although IBSafe deleted their account.' })
export class PersonsToErase {
  @Field(() => Int, { description: 'How many there are.' })
  total!: number;

  @ShowsPersons(({ value }) => value as readonly number[])
  @Most(ASKED)
  @Field(() => [Int], { description: 'The first of them, by id.' })
  userIds!: readonly number[];
}

/** What `erasePerson` answers. */
export const ErasePersonResult = createUnionType({
  name: 'ErasePersonResult',
  description: 'What was erased, or why nothing was.',
  types: () => [PersonErased, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
