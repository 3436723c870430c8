import { createContext, type ReactElement, useContext } from 'react';
import { serviceNow } from '../graphql/clock.js';
import { type Language } from '../language/language.js';
import { useWords } from '../language/use-words.js';

export { addDays, dayIn } from './days.js';

/** The time zone that times are shown in: that of the schedules. */
export const Zone = createContext('Asia/Seoul');

type Style = 'time' | 'moment' | 'full';

const STYLES: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** A moment in the schedules' zone; the reader's own time stands on hover where it is another one. */
export function Time({
  at,
  style = 'moment',
  zone,
}: {
  readonly at: string;
  readonly style?: Style;
  readonly zone?: string;
}): ReactElement {
  const { language } = useWords();
  const shared = useContext(Zone);
  const shown = zone ?? shared;
  return (
    <time dateTime={at} title={hover(at, shown, language)}>
      {format(at, shown, language, style)}
    </time>
  );
}

function format(at: string, timeZone: string, language: Language, style: Style): string {
  return new Intl.DateTimeFormat(language, { ...STYLES[style], timeZone }).format(new Date(at));
}

function hover(at: string, zone: string, language: Language): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const there = `${format(at, zone, language, 'full')} (${zone})`;
  return own === zone ? there : `${there}\n${format(at, own, language, 'full')} (${own})`;
}

/** A calendar day (`YYYY-MM-DD`) with its weekday. Days have no zone. */
export function Day({ date, weekday = true }: { readonly date: string; readonly weekday?: boolean }): ReactElement {
  const { language } = useWords();
  return <time dateTime={date}>{dayText(date, language, weekday)}</time>;
}

/** A calendar day in words. */
export function dayText(date: string, language: Language, weekday = true): string {
  const options: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', timeZone: 'UTC', ...(weekday && { weekday: 'short' }) };
  const thisYear = date.startsWith(String(new Date(serviceNow()).getUTCFullYear()));
  return new Intl.DateTimeFormat(language, thisYear ? options : { ...options, year: 'numeric' }).format(new Date(`${date}T00:00:00Z`));
}
