import { Field } from 'type-graphql';
import { ObjectOfNobody } from './of-person.js';

/** Something that advice is made of. */
@ObjectOfNobody({ description: 'Something that advice is made of, by its code and its names.' })
export class AdviceSubject {
  @Field({
    description:
      'Its code, as `Recall.subject` has it: `IBS-0001`, `SWAP`, `SWAP/ko/1` (wordings from 0), a version of the prompt; of an ingredient its id.',
  })
  subject!: string;

  @Field({ description: 'What it is called in Korean; of a wording its point and its text.' })
  nameKo!: string;

  @Field({ description: 'What it is called in English; of a wording its point and its text.' })
  nameEn!: string;
}
