/** A time as Python's `isoformat` writes one of Django's: in UTC, with six digits of a second and the offset, such as `2026-11-25T00:00:00.123000+00:00`. */
export function pythonTime(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, -1)}000+00:00`;
}
