/** Languages that commands speak. */
export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where a system keeps the language of its messages, the strongest first (POSIX). */
const LOCALES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** The language that was asked for, else that of the environment: Korean where its locale is Korean, English everywhere else. */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  if (asked !== undefined) return asked;
  const locale = LOCALES.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  return locale !== undefined && /^ko(?:[_.@-]|$)/iu.test(locale) ? 'ko' : 'en';
}

let spoken: Language = 'en';

/** Lets this process speak a language from here on. */
export function speak(language: Language): void {
  spoken = language;
}

/** The language that this process speaks. */
export function spokenLanguage(): Language {
  return spoken;
}
