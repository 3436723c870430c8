/**
 * A food's name in the form in which two spellings of it are equal: composed Hangul (NFC), no white space, small Latin letters.
 * IBSafe's names are typed by people and imported from tables, so "두부 조림" and "두부조림" are one dish.
 */
export function matchName(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, '').toLowerCase();
}
