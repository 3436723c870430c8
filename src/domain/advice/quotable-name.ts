import { makesClaim } from './text-violations.js';

/** Most characters of a food's name that a text repeats. */
const MOST = 40;

/** Not a letter of Korean or English, a digit, a space or one of the few marks that dishes are written with. */
const OTHER = /[^\p{Script=Hangul}\p{Script=Latin}\p{Nd} (),·%+'-]+/gu;

/**
 * A food's name as a text may repeat it: on one line, at most 40 characters, without markup, addresses, control characters or broken
 * Unicode. IBSafe's names are typed by people, so to us they are data of unknown intent; empty when nothing is left or when it speaks of medicine,
 * diagnoses or cures.
 */
export function quotableName(name: string): string {
  const plain = name.slice(0, 400).normalize('NFC').replace(OTHER, ' ').replace(/ +/gu, ' ').trim();
  const short = plain.length <= MOST ? plain : plain.slice(0, MOST).trim();
  return makesClaim(short) ? '' : short;
}
