/** Most characters of a schedule's name (IBSafe's `ibsafe_batchschedule.name` holds as many). */
export const NAME_LENGTH = 100;
/** Most characters of an operator's reason. */
export const REASON_LENGTH = 500;

/**
 * Control characters, line breaks of any kind, halves of a surrogate pair, which PostgreSQL's jsonb refuses, and what is not seen, or turns words around where it is shown: all
 * formatting but the joiners that emoji and some scripts are made of.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u;

/** Characters as PostgreSQL counts them: an emoji is one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Whether a text is one line of whole characters that are seen. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** An operator's words without the space around them; undefined unless they are 1 to `most` characters on one line. */
export function operatorText(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const length = lengthOf(text);
  return length >= 1 && length <= most && isPrintable(text) ? text : undefined;
}
