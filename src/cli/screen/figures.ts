const WHOLE = new Intl.NumberFormat('en-US');
const ONE_DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A count for people: `1,250`. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A rate for people: `1,250/s`, and below ten one decimal more, because `0/s` would look like a halt. */
export function rate(perSecond: number): string {
  return `${perSecond < 10 ? ONE_DECIMAL.format(perSecond) : WHOLE.format(Math.round(perSecond))}/s`;
}

/** A duration in seconds for people: `0.4 s`, `18 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${ONE_DECIMAL.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.floor(whole / 60);
  return `${WHOLE.format(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}
