/** Days of the week as the service counts them, by a week that began on a Sunday. */
const SUNDAY = Date.UTC(2024, 0, 7);

/** A day of the week in words. @param day from 0, a Sunday, to 6 */
export function weekdayName(language: string, day: number): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(SUNDAY + day * 86_400_000);
}
