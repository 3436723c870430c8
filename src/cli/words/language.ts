import { type Language, LANGUAGES } from '../../domain/said.js';

/** Where a system keeps the language of its messages, the strongest first (POSIX). */
const LOCALES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** The language that was asked for, else that of the environment: Korean where its locale is Korean, English everywhere else. */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  if (asked !== undefined) return asked;
  const locale = LOCALES.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  return locale !== undefined && /^ko(?:[_.@-]|$)/iu.test(locale) ? 'ko' : 'en';
}

/** The language that a command line asks for; undefined for none, and for one that there is not, which the options refuse. */
export function askedLanguage(argv: readonly string[]): Language | undefined {
  const at = argv.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = argv[at]?.startsWith('--lang=') === true ? argv[at].slice('--lang='.length) : argv[at + 1];
  return at < 0 ? undefined : LANGUAGES.find((language) => language === asked);
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
