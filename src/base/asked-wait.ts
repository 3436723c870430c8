/** For how long, in ms, a stranger asks to be left alone by `Retry-After`, in seconds or as a date; undefined where it says nothing that makes sense. Any size: the caller bounds it. */
export function askedWaitMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/u.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return ms >= 0 ? ms : undefined;
}
