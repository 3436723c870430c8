import type { AdviceTexts } from './advice-texts.js';
import { TEXTS_EN } from './texts.en.js';
import { TEXTS_KO } from './texts.ko.js';

/** Languages that advice can be written in. */
export type AdviceLanguage = 'ko' | 'en';

/** The texts of a language. */
export function adviceTexts(language: AdviceLanguage): AdviceTexts {
  return language === 'ko' ? TEXTS_KO : TEXTS_EN;
}
