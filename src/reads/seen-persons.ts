import type { Seen } from './person-read.js';

interface Sheet {
  readonly what: string;
  readonly fields: readonly string[];
  readonly userIds: Set<number>;
}

/** The persons whose data one operation was given: each once for what was asked of them, however often they stand in the answer. */
export class SeenPersons {
  private sheets: Map<string, Sheet> | undefined;

  /** Notes persons. */
  saw(what: string, fields: readonly string[], userIds: readonly number[]): void {
    if (userIds.length === 0) return;
    const key = `${what} ${fields.join(' ')}`;
    const sheets = (this.sheets ??= new Map<string, Sheet>());
    const sheet = sheets.get(key);
    if (sheet === undefined) sheets.set(key, { what, fields, userIds: new Set(userIds) });
    else for (const userId of userIds) sheet.userIds.add(userId);
  }

  /** What was noted since it was last taken. */
  take(): readonly Seen[] {
    if (this.sheets === undefined) return [];
    const seen = [...this.sheets.values()].map(({ what, fields, userIds }) => ({ what, fields, userIds: [...userIds] }));
    this.sheets = undefined;
    return seen;
  }
}
