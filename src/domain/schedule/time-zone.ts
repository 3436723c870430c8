/** An area and place, or a legacy name such as `UTC`; `+09:00` is an offset, which Node takes for a zone but which knows no daylight saving. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** An IANA time zone name in its usual capitals; undefined for anything else. An alias stays the name that was given (Asia/Kolkata). */
export function timeZoneName(value: unknown): string | undefined {
  if (typeof value !== 'string' || !NAME.test(value)) return undefined;
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    return resolved.toLowerCase() === value.toLowerCase() ? resolved : value;
  } catch {
    return undefined;
  }
}
