import { ZONE_LINKS } from './zone-links.js';

/** An area and place, or a legacy name such as `UTC`; `+09:00` is an offset, which Node takes for a zone but which knows no daylight saving. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

const LINKS = new Map(
  Object.entries(ZONE_LINKS).flatMap(([area, places]) =>
    places.split(' ').map((place) => [`${area}${place}`.toLowerCase(), `${area}${place}`]),
  ),
);

/**
 * An IANA time zone name in its usual capitals, whatever capitals were given; undefined for anything else. An alias stays one (Asia/Kolkata). So there
 * are no more names than IANA has, and what is kept by name cannot grow with the ways to write one.
 */
export function timeZoneName(value: unknown): string | undefined {
  if (typeof value !== 'string' || !NAME.test(value)) return undefined;
  try {
    return LINKS.get(value.toLowerCase()) ?? new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
