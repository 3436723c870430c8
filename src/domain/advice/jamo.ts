/** The letters that keyboards type one by one, in the order in which syllables are made of them. */
const LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const TAILS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
const FIRST_SYLLABLE = 0xac_00;

/** Letters that stand apart and make a syllable. A consonant closes it only where no vowel follows: `ㅅㅐㅇㅜ` is 새우. */
const LOOSE = new RegExp(`([${LEADS}])([${VOWELS}])(?:([${TAILS.trim()}])(?![${VOWELS}]))?`, 'gu');

/** A text with the syllables that its loose letters make: `알러ㅈㅣ`, `ㅅㅐ우`. */
export function composed(text: string): string {
  return text.replaceAll(LOOSE, (_, lead: string, vowel: string, tail?: string) =>
    String.fromCodePoint(
      FIRST_SYLLABLE +
        (LEADS.indexOf(lead) * VOWELS.length + VOWELS.indexOf(vowel)) * TAILS.length +
        (tail === undefined ? 0 : TAILS.indexOf(tail)),
    ),
  );
}

/** Letters that a name must have so that one that is wrong leaves it to be known: two syllables. */
const LEAST_LETTERS = 4;

/** Whether two words differ in one letter, that is wrong, missing or too many: `게란` and `계란`, `달갈` and `달걀`. */
export function isNearly(word: string, name: string): boolean {
  const [typed, known] = [word.normalize('NFD'), name.normalize('NFD')];
  if (known.length < LEAST_LETTERS || Math.abs(typed.length - known.length) > 1 || typed === known) return false;
  let same = 0;
  while (same < typed.length && typed[same] === known[same]) same += 1;
  const more = typed.length - known.length;
  return typed.slice(same + (more >= 0 ? 1 : 0)) === known.slice(same + (more <= 0 ? 1 : 0));
}
