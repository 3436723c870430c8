/**
 * The order of a user's outcomes of a night, the one first that says most: the newest, and before any of a cancelled run, in which the user's turn did not come: what an earlier run found still holds.
 * @param event the prefix of the event's columns, as `o.`
 */
export function mostTelling(event = ''): string {
  return `${event}type = 'UserCancelled', ${event}xid desc, ${event}position desc`;
}
