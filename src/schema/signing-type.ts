import { Field, ID, InputType, Int } from 'type-graphql';
import { SIGNABLE_KINDS, type SignableKind } from '../domain/signing/signable.js';
import { MAX_SHOWN_LINES, type ShownLineKind } from '../domain/signing/signable-row.js';
import type { SigningState } from '../domain/signing/signature.js';
import { countedConnectionOf } from './connection.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';
import { DateTimeScalar } from './scalars.js';
import { ShownLineEnum, SignableKindEnum, SigningStateEnum } from './signing-enums.js';

/** A line of a row. */
@ObjectOfNobody({ description: 'A line of a row, in both languages.' })
export class SignableLine {
  @Field(() => ShownLineEnum)
  what!: ShownLineKind;

  @Field({ description: 'In Korean.' })
  ko!: string;

  @Field({ description: 'In English.' })
  en!: string;

  @Field(() => String, { nullable: true, description: 'Of a source, where it can be read; null where it has no address.' })
  address!: string | null;
}

/** Something that can be signed. */
@ObjectOfNobody({ description: 'Something that a dietitian signs, as it is now, and its signature.' })
export class SignableRow {
  @Field(() => ID, { description: '`POINT.SWAP`, `WORDING.SWAP.ko.0` (wordings from 0), `DISH.IBS-0001`, `INGREDIENT.garlic`.' })
  id!: string;

  @Field(() => SignableKindEnum)
  kind!: SignableKind;

  @Field({ description: 'What it is called in Korean.' })
  nameKo!: string;

  @Field({ description: 'What it is called in English.' })
  nameEn!: string;

  @Most(MAX_SHOWN_LINES)
  @Field(() => [SignableLine], { description: 'All that its signature is for.' })
  lines!: readonly SignableLine[];

  @Field({ description: 'Of all that is shown (SHA-256). Pass it to `signRows`: what changed meanwhile is not signed.' })
  hash!: string;

  @Field(() => SigningStateEnum)
  state!: SigningState;

  @Field({ description: 'Whether it is signed in its file under data/, and not in the log.' })
  inFile!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The actor that signed it last, also where the signature stands no more; null where it was never signed.',
  })
  signedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  signedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The actor that withdrew the signature; null while it was not withdrawn.' })
  withdrawnBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  withdrawnAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn, in the reviewer’s words.' })
  reason!: string | null;
}

/** A page of rows. */
export const SignableRowConnection = countedConnectionOf('SignableRow', () => SignableRow);

/** Which rows to show. */
@InputType({ description: 'Which rows to show. What is left out does not narrow the list.' })
export class SignableRowFilterInput {
  @Field(() => [SignableKindEnum], { nullable: true })
  kinds?: SignableKind[];

  @Field(() => [SigningStateEnum], { nullable: true })
  states?: SigningState[];

  @Field(() => String, {
    nullable: true,
    description: 'A text that the row holds, in either language, whatever its case: at most 100 characters.',
  })
  search?: string;
}

/** How much of one kind is signed. */
@ObjectOfNobody({ description: 'How much of one kind is signed.' })
export class SigningCount {
  @Field(() => SignableKindEnum)
  kind!: SignableKind;

  @Field(() => Int, { description: 'How many there are.' })
  all!: number;

  @Field(() => Int, { description: 'How many are signed as they are now.' })
  signed!: number;

  @Field(() => Int, { description: 'How many changed since they were signed.' })
  changed!: number;
}

/** How much is signed. */
@ObjectOfNobody({ description: 'How much of what advice is made of is signed.' })
export class SigningProgress {
  @Most(SIGNABLE_KINDS.length)
  @Field(() => [SigningCount])
  counts!: readonly SigningCount[];

  @Field({ description: 'Whether this service makes advice of what is signed alone (ADVICE_ONLY_REVIEWED).' })
  onlySigned!: boolean;
}
