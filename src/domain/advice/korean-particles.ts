const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Endings a syllable can have, none included. */
const FINALS = 28;

/** The word with 을 or 를; with 을(를) when it does not end in a Hangul syllable, apart from brackets. */
export function asObject(word: string): string {
  return withParticle(word, word, ['을', '를', '을(를)']);
}

/** The word in quotation marks with 을 or 를 after them. */
export function quotedAsObject(word: string): string {
  return withParticle(word, `‘${word}’`, ['을', '를', '을(를)']);
}

/** The word with 이 or 가; with 이(가) when it does not end in a Hangul syllable, apart from brackets. */
export function asSubject(word: string): string {
  return withParticle(word, word, ['이', '가', '이(가)']);
}

function withParticle(word: string, written: string, [afterConsonant, afterVowel, unsure]: readonly [string, string, string]): string {
  const code = spokenEnd(word);
  if (!(code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE)) return written + unsure; // so written because NaN is on neither side
  return written + ((code - FIRST_SYLLABLE) % FINALS === 0 ? afterVowel : afterConsonant);
}

/** Code of the last character that is read aloud: what stands in brackets at the end is not, as in 두유(무가당). NaN for an empty word. */
function spokenEnd(word: string): number {
  const open = word.endsWith(')') ? word.lastIndexOf('(') : -1;
  return (open > 0 ? word.slice(0, open).trimEnd() : word).normalize('NFC').slice(-1).charCodeAt(0);
}
