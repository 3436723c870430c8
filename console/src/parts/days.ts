/** Today in a zone, or the day some days from it, as `YYYY-MM-DD`. */
export function dayIn(zone: string, days = 0, now = Date.now()): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  return addDays(today, days);
}

/** A calendar day some days later (or earlier). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
