import { i18n, type Messages } from '@lingui/core';
import { fetchPart } from './fetch-part.js';

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

/** A language's texts and codes, or a part of them. */
interface Said {
  readonly texts: Messages;
  readonly codes: Codes;
}

async function firstOf(language: Language): Promise<Said> {
  const [{ messages: texts }, words] = await (language === 'ko'
    ? Promise.all([import('../texts/ko.po'), import('codes:ko:first')])
    : Promise.all([import('../texts/en.po'), import('codes:en:first')]));
  return { texts, codes: words.codes };
}

async function laterOf(language: Language): Promise<Said> {
  const [{ messages: texts }, words] = await (language === 'ko'
    ? Promise.all([import('../texts/ko.po?lingui'), import('codes:ko:later')])
    : Promise.all([import('../texts/en.po?lingui'), import('codes:en:later')]));
  return { texts, codes: words.codes };
}

let later: Promise<void> | undefined;

/** Fetches what a language says on the first screen, and shows it; what the others say comes right after it. */
export async function load(language: Language): Promise<void> {
  const first = await fetchPart(() => firstOf(language));
  codes = first.codes;
  document.documentElement.lang = language;
  i18n.loadAndActivate({ locale: language, messages: first.texts });
  void haveLater().catch(() => undefined); // a screen that needs it asks again
}

/** What screens beside the first say. It is fetched once; where that failed, the next that needs it tries again. */
function haveLater(): Promise<void> {
  const fetched = (later ??= addLater());
  fetched.catch(() => (later = undefined));
  return fetched;
}

async function addLater(): Promise<void> {
  const language = current();
  const said = await laterOf(language);
  if (current() !== language) return; // another was chosen meanwhile, with all that it says
  codes = { ...codes, ...said.codes };
  i18n.load(language, said.texts);
  i18n.activate(language); // what stands already is drawn anew
}

/** Makes a fetch of a screen or dialog bring what it says, too: without that it would show the names of its texts. It waits for a service that is away. */
export function withTexts<Module>(fetch: () => Promise<Module>): () => Promise<Module> {
  return () => fetchPart(async () => (await Promise.all([fetch(), haveLater()]))[0]);
}

let choices = 0;

/** Shows another language from now on, here and on the next visit: the one that was chosen last, whichever comes first. */
export async function choose(language: Language): Promise<void> {
  const choice = (choices += 1);
  const [first, rest] = await fetchPart(() => Promise.all([firstOf(language), laterOf(language)]));
  if (choice !== choices) return;
  codes = { ...first.codes, ...rest.codes };
  document.documentElement.lang = language;
  i18n.loadAndActivate({ locale: language, messages: { ...first.texts, ...rest.texts } });
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

/** The parts of the service that act, as the log has them. */
export function ownActors(): readonly string[] {
  return Object.keys(codes['Caller'] ?? {});
}
