/**
 * Gives this process another clock: `base` at the instant `since` of the machine's clock, running `factor` times as fast, `skewMs` ahead of that.
 * Only `Date` changes; timers keep the machine's pace.
 */
export function setNodeClock({ base, since, factor, skewMs = 0 }) {
  const RealDate = Date;
  const [from, origin] = [RealDate.parse(base), RealDate.parse(since)];
  const now = () => Math.floor(from + (RealDate.now() - origin) * factor + skewMs);
  globalThis.Date = class extends RealDate {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }

    static now() {
      return now();
    }
  };
}
