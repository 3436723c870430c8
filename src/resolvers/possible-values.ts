/** Of some texts those that a text of the database can be: the others are in no row, and the database would answer them with an error of its own. */
export function possibleTexts(texts: readonly string[]): string[] {
  return texts.filter((text) => text.isWellFormed() && !text.includes('\u0000'));
}

/** JavaScript has years that PostgreSQL has not. Beyond these ends nothing of ours was recorded. */
export function inCalendar(at: Date): Date {
  return new Date(Math.min(Date.UTC(9999, 0, 1), Math.max(Date.UTC(1970, 0, 1), at.getTime())));
}
