import { createUnionType, Field, ID, InputType, Int } from 'type-graphql';
import { MAX_SIGNED } from '../domain/signing/decide-signing.js';
import { Refused } from './error-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';
import { SignableRow } from './signing-type.js';

/** A row that is to be signed. */
@InputType({ description: 'A row that is to be signed, and what of it was shown.' })
export class SignInput {
  @Field(() => ID, { description: '`SignableRow.id`.' })
  id!: string;

  @Field({ description: '`SignableRow.hash`, as it was shown.' })
  hash!: string;
}

/** Signatures as they stand now. */
@ObjectOfNobody({ description: 'The rows that were named, as they stand now.' })
export class SignaturesChanged {
  @Most(MAX_SIGNED)
  @Field(() => [SignableRow], { description: 'Without those that the service has no more.' })
  rows!: readonly SignableRow[];

  @Field(() => Int, { description: 'How many signatures changed: the others stood as asked for already.' })
  changed!: number;
}

/** What `signRows` and `withdrawSignatures` answer. */
export const SignatureResult = createUnionType({
  name: 'SignatureResult',
  description: 'The rows, or why nothing was done.',
  types: () => [SignaturesChanged, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
