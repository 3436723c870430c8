import type { Language } from '../language/language.js';

/** Something that advice is made of, as the service names it. */
export interface Subject {
  readonly subject: string;
  readonly nameKo: string;
  readonly nameEn: string;
}

/** Its name in the reader's language. */
export function subjectName({ nameKo, nameEn }: Subject, language: Language): string {
  return language === 'ko' ? nameKo : nameEn;
}
