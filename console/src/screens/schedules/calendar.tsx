import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useContext, useState } from 'react';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { addDays, dayIn, Zone } from '../../parts/time.js';
import type { Schedule } from './schedule-query.js';

/** A time of a schedule on the calendar. */
interface Mark {
  readonly key: string;
  readonly day: string;
  readonly time: string;
  readonly schedule: Pick<Schedule, 'id' | 'name' | 'program'>;
  readonly state: 'fired' | 'skipped' | 'coming';
  readonly reason: string | null;
  readonly run: { readonly id: string; readonly status: string } | null;
}

/** Four weeks of times: fired, skipped with the reason, and coming. Weeks go back and forth. */
export function Calendar({ schedules }: { readonly schedules: readonly Schedule[] }): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const today = dayIn(useContext(Zone));
  const [weeks, setWeeks] = useState(0);
  const first = addDays(mondayOf(today), 7 * (weeks - 2));
  const marks = schedules.flatMap(marksOf).toSorted((a, b) => (a.time < b.time ? -1 : 1));
  const days = Array.from({ length: 28 }, (_, at) => addDays(first, at));
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <>
      <div className="calendar" role="table" aria-label={t`Calendar of times`}>
        <div className="calendar-head" role="row">
          {days.slice(0, 7).map((day) => (
            <span key={day} role="columnheader">
              {weekday.format(new Date(day))}
            </span>
          ))}
        </div>
        {[0, 7, 14, 21].map((from) => (
          <div className="calendar-week" role="row" key={from}>
            {days.slice(from, from + 7).map((day) => (
              <CalendarDay key={day} day={day} today={today} marks={marks.filter((mark) => mark.day === day)} />
            ))}
          </div>
        ))}
      </div>
      <nav className="pager" aria-label={t`Other weeks`}>
        <button type="button" className="button quiet" onClick={() => setWeeks(weeks - 4)}>
          <Icon name="left" size={16} />
          <Trans>Earlier</Trans>
        </button>
        {weeks !== 0 && (
          <button type="button" className="button quiet" onClick={() => setWeeks(0)}>
            <Trans>Today</Trans>
          </button>
        )}
        <button type="button" className="button quiet" onClick={() => setWeeks(weeks + 4)}>
          <Trans>Later</Trans>
          <Icon name="right" size={16} />
        </button>
      </nav>
    </>
  );
}

function CalendarDay({ day, today, marks }: { readonly day: string; readonly today: string; readonly marks: readonly Mark[] }): ReactElement {
  return (
    <div className={`calendar-day${day === today ? ' today' : ''}${day < today ? ' past' : ''}`} role="cell">
      <span className="calendar-date">{day.endsWith('-01') ? `${Number(day.slice(5, 7))}/1` : Number(day.slice(8))}</span>
      <ul>
        {marks.slice(0, 4).map((mark) => (
          <li key={mark.key}>
            <MarkLink mark={mark} />
          </li>
        ))}
        {marks.length > 4 && <li className="soft">+{marks.length - 4}</li>}
      </ul>
    </div>
  );
}

function MarkLink({ mark }: { readonly mark: Mark }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { state, reason, run, schedule, time } = mark;
  const words = { fired: t`ran`, skipped: t`skipped: ${name('SlotSkipReason', reason ?? '')}`, coming: t`coming` }[state];
  const title = `${schedule.name}: ${words}`;
  const inside = (
    <>
      <Icon name={({ fired: 'check', skipped: 'cross', coming: 'clock' } as const)[state]} size={13} />
      <span>{time}</span>
      <span className="mark-name">{name('ProgramName', schedule.program)}</span>
      <span className="unseen">{title}</span>
    </>
  );
  if (run !== null)
    return (
      <Link to="/runs/$runId" params={{ runId: run.id }} className={`mark ${state}`} title={title}>
        {inside}
      </Link>
    );
  return (
    <Link to="/schedules/$id" params={{ id: schedule.id }} className={`mark ${state}`} title={title}>
      {inside}
    </Link>
  );
}

function marksOf(schedule: Schedule): Mark[] {
  const mark = (at: string, rest: Pick<Mark, 'state' | 'reason' | 'run'>): Mark => ({
    ...{ key: schedule.id + at + rest.state, day: dayIn(schedule.timeZone, 0, Date.parse(at)), time: timeIn(schedule.timeZone, at), schedule },
    ...rest,
  });
  return [
    ...schedule.slots.nodes.map(({ scheduledFor, fired, reason, run }) => mark(scheduledFor, { state: fired ? 'fired' : 'skipped', reason, run })),
    ...schedule.nextSlots.map(({ at }) => mark(at, { state: 'coming', reason: null, run: null })),
  ];
}

const timeIn = (timeZone: string, at: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
