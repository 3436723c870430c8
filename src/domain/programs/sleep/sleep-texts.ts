import type { AdviceLanguage } from '../../advice/texts.js';
import type { SleepPlan } from './sleep-plan.js';
import { SLEEP_EN } from './texts.en.js';
import { SLEEP_KO } from './texts.ko.js';

/** The sentences of one language on a user's nights: what was recorded, and what to aim at. They promise no effect on health. */
export type SleepTexts = (plan: SleepPlan) => string;

/** The texts of a language. */
export function sleepTexts(language: AdviceLanguage): SleepTexts {
  return language === 'ko' ? SLEEP_KO : SLEEP_EN;
}
