/** Particles by how they look after a consonant and after a vowel. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['을', '를'],
  ['이', '가'],
  ['은', '는'],
  ['과', '와'],
  ['으로', '로'],
  ['이나', '나'],
  ['이라도', '라도'],
  ['이라', '라'],
  ['이에요', '예요'],
  ['이랑', '랑'],
];

/** Forms of one particle that may follow a word: one where it ends in a syllable of Hangul or in a figure (3 is 삼, 10 is 십), else the two at once as people write them, 을(를) or (으)로. */
export function particlesAfter(word: string, particle: string): readonly string[] {
  const pair = PAIRS.find((forms) => forms.includes(particle));
  if (pair === undefined) return [particle];
  const read = word.normalize('NFD').replace(/\s*\([^()]*\)$/u, '');
  const last = read.at(-1) ?? '';
  const [consonant, vowel] = pair;
  if (/[0-9]/u.test(last)) return ['2', '4', '5', '9'].includes(last) || (consonant === '으로' && ['1', '7', '8'].includes(last)) ? [vowel] : [consonant]; // prettier-ignore
  if (/[\u1161-\u1175]/u.test(last)) return [vowel];
  if (/[\u11a8-\u11c2]/u.test(last)) return [consonant === '으로' && last === '\u11af' ? vowel : consonant];
  const common = consonant.endsWith(vowel) ? consonant.slice(0, -vowel.length) : '';
  return common === '' ? [`${consonant}(${vowel})`, `${vowel}(${consonant})`, consonant] : [`(${common})${vowel}`, consonant];
}
