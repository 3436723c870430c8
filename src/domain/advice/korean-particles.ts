const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const ZERO = 0x30;
const NINE = 0x39;
/** How the last figure of a number is read; that of 10, 100 and 10,000 ends as that of 0 does, in a consonant other than ㄹ. */
const READ_FIGURES = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
/** Endings a syllable can have, none included. */
const FINALS = 28;
/** The ending ㄹ, after which 으로 is 로. */
const RIEUL = 8;

/** A particle after a consonant, after a vowel, and how it is written where the end of the word is not known to be either. */
export type ParticlePair = readonly [afterConsonant: string, afterVowel: string, unsure: string];

/** The particles that change with the end of the word before them. */
export const PARTICLES: readonly ParticlePair[] = [
  ['을', '를', '을(를)'],
  ['이', '가', '이(가)'],
  ['은', '는', '은(는)'],
  ['과', '와', '와(과)'],
  ['으로', '로', '(으)로'],
  ['이나', '나', '(이)나'],
  ['이에요', '예요', '이에요'],
  ['이라', '라', '(이)라'],
  ['이라도', '라도', '(이)라도'],
];

/** `written` with the particle that fits how `word` is read; the unsure form when the word ends neither in a Hangul syllable nor in a figure, apart from brackets. */
export function withParticle(word: string, written: string, pair: ParticlePair): string {
  const [afterConsonant, afterVowel, unsure] = pair;
  const code = spokenEnd(word);
  if (code >= ZERO && code <= NINE) return withParticle(READ_FIGURES[code - ZERO] as string, written, pair);
  if (!(code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE)) return written + unsure; // so written because NaN is on neither side
  const final = (code - FIRST_SYLLABLE) % FINALS;
  const isVowel = final === 0 || (final === RIEUL && afterConsonant === '으로');
  return written + (isVowel ? afterVowel : afterConsonant);
}

/** Code of the last character that is read aloud: what stands in brackets at the end is not, as in 두유(무가당). NaN for an empty word. */
function spokenEnd(word: string): number {
  const open = word.endsWith(')') ? word.lastIndexOf('(') : -1;
  const spoken = open > 0 ? word.slice(0, open).trimEnd() : word;
  const code = spoken.charCodeAt(spoken.length - 1);
  // Composing costs more than all the rest, and names of ours are composed.
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? code : spoken.normalize('NFC').slice(-1).charCodeAt(0);
}
