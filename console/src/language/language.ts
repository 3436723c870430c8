import { i18n } from '@lingui/core';

/** The console's languages. */
export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the catalogue of codes says of one: its name, and for reasons what it means and what to do. */
export interface CodeWords {
  readonly name: string;
  readonly means?: string;
  readonly todo?: string;
}
/** Words by group and code. */
export type Codes = Readonly<Record<string, Readonly<Record<string, CodeWords>>>>;

const STORED = 'console:language';
let codes: Codes = {};

/** What was chosen here last, else the first of the browser's languages that we have, else Korean. */
export function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((tag): tag is Language => LANGUAGES.some((own) => own === tag)) ?? 'ko';
}

/** Fetches a language's texts and codes, and shows them; the codes that the first screen does not speak of come right after it. */
export async function load(language: Language): Promise<void> {
  const [texts, first] = await (language === 'ko'
    ? Promise.all([import('../texts/ko.po'), import('codes:ko:first')])
    : Promise.all([import('../texts/en.po'), import('codes:en:first')]));
  codes = first.codes;
  document.documentElement.lang = language;
  i18n.loadAndActivate({ locale: language, messages: texts.messages });
  void loadLater(language);
}

async function loadLater(language: Language): Promise<void> {
  const later = await (language === 'ko' ? import('codes:ko:later') : import('codes:en:later'));
  if (i18n.locale !== language) return;
  codes = { ...codes, ...later.codes };
  i18n.activate(language); // what stands already is drawn anew
}

/** Shows another language from now on, here and on the next visit. */
export async function choose(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORED, language);
}

/** The language that is shown. */
export function current(): Language {
  return i18n.locale === 'en' ? 'en' : 'ko';
}

/** The catalogue's words for a code; the code itself where a later release knows more than this page. */
export function wordsOf(group: string, code: string): CodeWords {
  return codes[group]?.[code] ?? { name: code };
}
