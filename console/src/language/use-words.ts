import { useLingui } from '@lingui/react';
import type { Refusal } from '../graphql/use-order.js';
import { type CodeWords, type Language, wordsOf } from './language.js';
import { toldBy } from './told.js';

/** What is said by language: codes, figures, durations. */
export interface Words {
  readonly language: Language;
  /** The same as the service calls it. */
  readonly inService: 'KO' | 'EN';
  /** The name of a code. */
  readonly name: (group: string, code: string) => string;
  readonly words: (group: string, code: string) => CodeWords;
  /** Why the service refused, in this language where its sentence is known; else its own English. */
  readonly told: (refusal: Refusal) => string;
  /** A whole number with its separators. */
  readonly count: (value: number) => string;
  readonly percent: (share: number) => string;
  /** A duration in the two largest units that say something. */
  readonly duration: (ms: number) => string;
}

/** Words and figures in the language that is shown; a component that uses them is drawn anew when it changes. */
export function useWords(): Words {
  const { i18n } = useLingui();
  const language: Language = i18n.locale === 'en' ? 'en' : 'ko';
  return {
    language,
    inService: language === 'ko' ? 'KO' : 'EN',
    name: (group, code) => wordsOf(group, code).name,
    words: wordsOf,
    told: (refusal) => toldBy(wordsOf, refusal),
    count: (value) => new Intl.NumberFormat(language).format(value),
    percent: (share) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share > 0.995 && share < 1 ? 1 : 0 }).format(share),
    duration: (ms) => duration(ms, language),
  };
}

const UNITS = [
  ['d', 86_400, '일', 'd'],
  ['h', 3_600, '시간', 'h'],
  ['m', 60, '분', 'min'],
  ['s', 1, '초', 's'],
] as const;

function duration(ms: number, language: Language): string {
  if (ms < 9_950)
    return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / 1_000)}${language === 'ko' ? '초' : ' s'}`;
  let left = Math.round(ms / 1_000);
  const parts: string[] = [];
  for (const [, seconds, ko, en] of UNITS) {
    const whole = Math.floor(left / seconds);
    if (whole > 0 && parts.length < 2) parts.push(language === 'ko' ? `${whole}${ko}` : `${whole} ${en}`);
    else if (parts.length > 0) break;
    left -= whole * seconds;
  }
  return parts.join(' ');
}
