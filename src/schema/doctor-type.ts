import { Arg, Field } from 'type-graphql';
import type { Language } from '../domain/said.js';
import { enumOf } from './enums.js';
import { LanguageEnum } from './language-type.js';
import { Most } from './list-size.js';
import { DateTimeScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** How bad a finding is, the worst last. */
export const FINDING_LEVELS = ['OK', 'WARNING', 'PROBLEM'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

const FindingLevelEnum = enumOf(FINDING_LEVELS, {
  name: 'FindingLevel',
  description: 'How bad it is.',
  values: {
    OK: 'All is well.',
    WARNING: 'It works, and will not for ever or not well.',
    PROBLEM: 'It does not work.',
  },
});

/** The sentences of a finding by language. */
export interface FindingIn {
  readonly in: (language: Language) => { readonly check: string; readonly found: string; readonly advice: string | null };
}

/** What the doctor says of one thing. */
@ObjectOfNobody({ description: 'What the doctor says of one thing it looked at.' })
export class DoctorFinding {
  @Field(() => FindingLevelEnum)
  level!: FindingLevel;

  @Field({ description: 'What was looked at, as a word that stays: `MIGRATIONS`, `RIGHTS_ON_SCHEMA_BATCH`.' })
  code!: string;

  /** What is told in a language. */
  told!: FindingIn;

  @Field(() => String, { description: 'What was looked at, for people.' })
  check(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string {
    return this.told.in(language).check;
  }

  @Field(() => String, { description: 'What is there.' })
  message(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string {
    return this.told.in(language).found;
  }

  @Field(() => String, { nullable: true, description: 'What to do; null where there is nothing to do.' })
  advice(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.told.in(language).advice;
  }
}

/** What the doctor says. */
@ObjectOfNobody({ description: 'What the doctor says: the same as the command `doctor` on the service’s host.' })
export class DoctorReport {
  @Field(() => FindingLevelEnum, { description: 'That of the worst finding.' })
  level!: FindingLevel;

  @Field(() => DateTimeScalar, { description: 'When it was told.' })
  at!: Date;

  @Most(60)
  @Field(() => [DoctorFinding], { description: 'In the order in which they are to be seen to.' })
  findings!: DoctorFinding[];
}
