/** Most characters of a food's name that a text repeats: no dish of ours is called longer. */
const MAX_NAME = 20;

/** A plain short name: Hangul, Latin letters and digits, words parted by a space, a short note in brackets. No sentence, markup, address or instruction is one. */
const PLAIN = /^[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+){0,3}(?:\([가-힣A-Za-z0-9 ,]{1,12}\))?$/u;

/** A number of four digits or more, as of a telephone: no food has one. */
const LONG_NUMBER = /\d(?:[ -]?\d){3}/u;

/** Endings of Korean sentences: a name says what something is and asks for nothing. */
const SENTENCE = /(?:요|다|시오|세요|하라|해라|까|죠|해)\)?$/u;

/**
 * A food's name as a text may repeat it; empty where it is not a plain short name. IBSafe's names are typed by people, so to us they are data of unknown intent: what is not plainly a name
 * is called "그 음식". Whatever the name, it stands in quotation marks in a sentence of ours.
 */
export function quotableName(name: string): string {
  const plain = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return plain.length <= MAX_NAME && PLAIN.test(plain) && !LONG_NUMBER.test(plain) && !SENTENCE.test(plain) ? plain : '';
}
