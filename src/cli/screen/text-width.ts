const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What terminals draw over two columns: the scripts of East Asia with their full-width forms, and emoji. Source: Unicode UAX #11 and UTS #51. */
const WIDE =
  /^(?:[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji}\uFE0F)/u;
/** What they draw over none. */
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

/** How many columns of a terminal a text takes: two for a Korean syllable. A letter with its accents, or an emoji of several parts, counts once. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += NOTHING.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return width;
}

/** A text filled up with spaces to a width in columns; a wider one as it is. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
