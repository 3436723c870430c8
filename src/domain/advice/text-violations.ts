import { CLAIM_WORDS } from './claim-words.js';
import type { AdviceLanguage } from './texts.js';
import type { TextViolation } from './violation-codes.js';

/** Most characters (UTF-16 code units) of one text of an advice. What is longer nobody reads on a phone. */
export const MOST_TEXT = 600;

/**
 * What is wrong with a text that a patient is to read, each code once; empty when nothing is. Holds for the texts of any generator and program.
 * A text that is too long is judged by its length alone, so that a megabyte costs no more than a sentence.
 */
export function textViolations(text: string, language: AdviceLanguage): readonly TextViolation[] {
  if (text.length > MOST_TEXT) return TOO_LONG;
  const found = characterViolations(text, language);
  if (!makesClaim(text)) return found;
  const plain = plainForm(text);
  return [...found, ...CLAIMS.filter(([, words]) => words.test(plain)).map(([code]) => code)];
}

/** Whether a text speaks of medicine, a diagnosis or a cure (`CLAIM_WORDS`). */
export function makesClaim(text: string): boolean {
  return ANY_CLAIM.test(plainForm(text));
}

/** Composed, in plain letters, and without the invisible characters that split a word in two. */
function plainForm(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFKC').replace(/\p{Cf}/gu, '');
}

/**
 * The part of `textViolations` that our own sentences need for each user: they are known, and the names they quote were read when the food book was
 * (`quotableName`), so what is left to catch is a broken or misplaced character. The full check would cost a run more than the rules do.
 */
export function ownTextViolations(text: string, language: AdviceLanguage): readonly TextViolation[] {
  if (text.length > MOST_TEXT) return TOO_LONG;
  return language === 'ko' && isPlainlyKorean(text) ? NOTHING : characterViolations(text, language);
}

/**
 * Nearly every sentence of ours in Korean: begins with Hangul, and holds Hangul, figures, the word FODMAP and punctuation that no markup and no address
 * has, with full stops only where a sentence ends. What it lets pass has no violation; what it does not is read letter by letter. A loop over a table
 * takes a third of the time that a pattern took.
 */
function isPlainlyKorean(text: string): boolean {
  if (!isHangul(text.charCodeAt(0))) return false;
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isHangul(unit) || PLAIN_UNITS[unit] === 1) continue;
    if (unit !== FULL_STOP || (at + 1 < text.length && text.charCodeAt(at + 1) !== SPACE)) return false;
  }
  return true;
}

function isHangul(unit: number): boolean {
  return unit >= 0xac00 && unit <= 0xd7a3;
}

const [SPACE, FULL_STOP] = [0x20, 0x2e];
const PLAIN_UNITS = new Uint8Array(0x10000);
for (const unit of '0123456789FODMAP ,%()~!?\'"“”‘’·…+-') PLAIN_UNITS[unit.charCodeAt(0)] = 1;

const TOO_LONG: readonly TextViolation[] = ['TEXT_TOO_LONG'];
const NOTHING: readonly TextViolation[] = [];

// Without the u flag: with it and i, V8 folds the case of every Korean letter, and a text took 130 µs instead of 4.
const CLAIMS = (Object.keys(CLAIM_WORDS) as (keyof typeof CLAIM_WORDS)[]).map(
  (code) => [code, new RegExp(CLAIM_WORDS[code].join('|'), 'i')] as const,
);
const ANY_CLAIM = new RegExp(Object.values(CLAIM_WORDS).flat().join('|'), 'i');
/** Texts that no normalisation changes, which is nearly all: composed Hangul, ASCII and a few quotation marks. */
const PLAIN = /^[\uAC00-\uD7A3\u0020-\u007E“”‘’·…]*$/u;

/** Shares of letters that a text must have in its language's script, and may have in scripts of neither language. */
const LEAST_SHARE = { ko: 0.3, en: 0.5 };
const MOST_FOREIGN = 0.1;

/** Letters by script; `other` is a script of neither language. */
interface Letters {
  readonly hangul: number;
  readonly latin: number;
  readonly other: number;
}

const CONTROL = 1;
const MARKUP = 2;
const BROKEN = 4;
const ADDRESS = 8;
/** A mark that an address may hold: worth a look with a pattern. */
const SUSPECT = 16;
const LATIN = 32;
const HANGUL = 64;
const OTHER = 128;

function characterViolations(text: string, language: AdviceLanguage): readonly TextViolation[] {
  // Counted in variables of its own: every user's texts pass here, and an object for the counts made it three times as dear.
  let [flags, hangul, latin, other] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xac00 && unit <= 0xd7a3) {
      hangul += 1;
      continue;
    }
    const pair = (unit & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    const kind = unit < 0x80 ? (ASCII[unit] ?? 0) : kindOf(text.slice(at, at + (pair ? 2 : 1)), unit);
    if (pair) at += 1;
    if (kind === 0) continue;
    if (kind === LATIN) latin += 1;
    else if (kind === HANGUL) hangul += 1;
    else if (kind === OTHER) other += 1;
    // A full stop or a colon before a space ends a sentence; only before more of a word may it belong to an address.
    else if (kind !== SUSPECT || text.charCodeAt(at + 1) > 0x20) flags |= kind;
  }
  if ((flags & SUSPECT) !== 0) flags = ADDRESS_FORM.test(text) ? (flags ^ SUSPECT) | ADDRESS : flags ^ SUSPECT;
  const letters = { hangul, latin, other };
  return flags === 0 && speaks(language, letters) ? NOTHING : codesOf(flags, speaks(language, letters), letters);
}

const ASCII = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/[a-z]/i.test(character)) return LATIN;
  if (unit < 0x20 || unit === 0x7f) return CONTROL;
  if ('<>[]{}`*_#|\\^=&$'.includes(character)) return MARKUP;
  if (character === '@') return ADDRESS;
  return '.:/'.includes(character) ? SUSPECT : 0;
});

const ADDRESS_FORM =
  /:\/\/|\/\/|(?:javascript|data|mailto|tel|file):|www\.|[a-z0-9-]\.(?:com|net|org|co|kr|io|me|info|biz|ru|cn|jp|app|dev|xyz|link|ly|gg|shop|site|top)(?![a-z])/iu;

/** Zero-width and bidirectional marks, soft hyphens, annotations, tags, the byte order mark. */
const FORMAT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Private use, the replacement character, and what is no character at all. */
const NONE = /[\p{Co}\p{Cn}\uFFFD]/u;
const HANGUL_LETTER = /\p{Script=Hangul}/u;
const LETTER = /\p{L}/u;

/** What a character beyond ASCII is, half a pair included. */
function kindOf(character: string, unit: number): number {
  if (unit === 0xb7 || (unit >= 0x2018 && unit <= 0x201d)) return 0; // · and quotation marks, which our own sentences use
  if (character.length === 1 && unit >= 0xd800 && unit <= 0xdfff) return BROKEN;
  if (FORMAT.test(character)) return CONTROL;
  if (NONE.test(character)) return BROKEN;
  if (HANGUL_LETTER.test(character)) return HANGUL; // letters that are not yet syllables
  return LETTER.test(character) ? OTHER : 0;
}

function speaks(language: AdviceLanguage, { hangul, latin, other }: Letters): boolean {
  const own = language === 'ko' ? hangul : latin;
  const all = hangul + latin + other;
  return all > 0 && own >= all * LEAST_SHARE[language] && other <= all * MOST_FOREIGN;
}

function codesOf(flags: number, inLanguage: boolean, { hangul, latin, other }: Letters): readonly TextViolation[] {
  const codes: TextViolation[] = [];
  if (hangul + latin + other === 0) codes.push('EMPTY_TEXT');
  else if (!inLanguage) codes.push('WRONG_LANGUAGE');
  if ((flags & MARKUP) !== 0) codes.push('MARKUP');
  if ((flags & ADDRESS) !== 0) codes.push('ADDRESS');
  if ((flags & CONTROL) !== 0) codes.push('CONTROL_CHARACTER');
  if ((flags & BROKEN) !== 0) codes.push('INVALID_UNICODE');
  return codes;
}
