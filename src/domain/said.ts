import { PARTICLES, withParticle } from './advice/korean-particles.js';

/** Languages in which people are told something. */
export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence before it is in a language: its code in the catalogue (`data/codes`), and what stands in its places. */
export interface Said {
  readonly group: string;
  readonly code: string;
  readonly values: Values;
}

/** Whether something is a sentence before it is in a language. */
export function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'group' in value && 'code' in value && 'values' in value;
}

/** What stands in a place: a name or figure, a sentence, or several of them, which a comma parts. */
export type Value = string | number | Said | readonly (string | Said)[];
export type Values = Readonly<Record<string, Value>>;

/** The codes of a group, each with its places. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** The sentences of one group. A code that it has not, and a place that is left empty, do not compile; a test asks the catalogue for each, in each language. */
export interface Vocabulary<Own extends Places> {
  readonly group: string;
  readonly places: Own;
  readonly tell: <Code extends keyof Own & string>(code: Code, ...values: ValuesFor<Own[Code][number]>) => Said;
}
type ValuesFor<Name extends string> = [Name] extends [never] ? [] : [Readonly<Record<Name, Value>>];

/** The sentences of a group in the catalogue, by their places. */
export function vocabularyOf<const Own extends Places>(group: string, places: Own): Vocabulary<Own> {
  return { group, places, tell: (code, ...[values = {}]) => ({ group, code, values }) };
}

/** A place, and a Korean particle of which one form is to be chosen by what stands in it: `{slot}을(를)`. */
const PLACE = /\{(\w+)\}((?:을\(를\)|이\(가\)|은\(는\)|와\(과\)|\(으\)로|\(이\)라)?)/gu;

/** A word in two forms, of which what stands in a place chooses: of one, or of any other number: `{runs} {runs:run|runs}`. */
const FORMS = /\{(\w+):([^{}|]*)\|([^{}|]*)\}/gu;

/** A sentence of the catalogue with its places filled in, and its words in the form for their number. A place that nothing stands for stays as it is. */
export function filled(sentence: string, values: Readonly<Record<string, string | number>>): string {
  const inNumber = sentence.replaceAll(FORMS, (_whole, name: string, one: string, many: string) =>
    String(values[name]) === '1' ? one : many,
  );
  return inNumber.replaceAll(PLACE, (whole, name: string, particle: string) => {
    const value = values[name];
    return value === undefined ? whole : withChosen(String(value), particle);
  });
}

/** How the last figure of a number is read: 영, 일, 이, … 구. */
const READ = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

function withChosen(value: string, particle: string): string {
  const pair = PARTICLES.find((each) => each.includes(particle));
  if (particle === '' || pair === undefined) return value + particle;
  const figure = /\d$/u.test(value) ? READ[Number(value.at(-1))] : undefined;
  return withParticle(figure ?? value, value, pair);
}

/** A sentence in a language. Pure: the catalogue's sentence for a code is asked of `sentenceOf`. */
export function spoken({ group, code, values }: Said, sentenceOf: (group: string, code: string) => string): string {
  const inWords = (value: Value): string | number => {
    if (typeof value === 'string' || typeof value === 'number') return value;
    return 'code' in value ? spoken(value, sentenceOf) : value.map(inWords).join(', ');
  };
  return filled(sentenceOf(group, code), Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inWords(value)])));
}

/** A sentence with its English, for rooms that read no file. */
export interface Told {
  readonly text: string;
  readonly said: Said;
}
type PlacesOf<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | PlacesOf<Rest> : never;

/** The English of each group that has its own in the source: a sentence of one may stand within that of another. */
const IN_SOURCE = new Map<string, Readonly<Record<string, string>>>();

/** Sentences whose English stands in the source: `tell` fills them in. A test holds that the catalogue says the same, and has them in the other languages. */
export function sentencesOf<const Own extends Readonly<Record<string, string>>>(group: string, english: Own) {
  IN_SOURCE.set(group, english);
  const tell = <Code extends keyof Own & string>(code: Code, ...values: ValuesFor<PlacesOf<Own[Code]>>): Told => {
    const said: Said = { group, code, values: values[0] ?? {} };
    return { said, text: spoken(said, (of, each) => IN_SOURCE.get(of)?.[each] ?? each) };
  };
  return { group, english, tell };
}
