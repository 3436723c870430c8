import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Failed, Loading } from '../../parts/page.js';
import { addDays, dayIn } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { useKept } from '../../parts/use-pages.js';
import { type CalendarSlot, SLOTS, useLater } from './calendar-slots.js';
import { SkippedSlots } from './skipped-slots.js';

const DAY_MS = 86_400_000;

/** Four weeks of times: fired, skipped with the reason, and coming. Weeks go back and forth. */
export function Calendar(): ReactElement {
  const { t } = useLingui();
  const today = useToday();
  const [weeks, setWeeks] = useKept('weeks', 0);
  const first = addDays(mondayOf(today), 7 * (weeks - 2));
  // A day more on each side: the days of a zone begin at other instants than those of UTC.
  const span = { from: new Date(Date.parse(first) - DAY_MS).toISOString(), to: new Date(Date.parse(first) + 29 * DAY_MS).toISOString() };
  const answer = useLive(SLOTS, span, { runs: true });
  const later = useLater(answer.data?.slots, span);
  return (
    <>
      <Answer of={answer} lines={8}>
        {({ slots }) => (
          <>
            <Weeks first={first} today={today} slots={[...slots.slots, ...later.slots]} />
            {later.error !== undefined ? <Failed error={later.error} again={answer.refresh} /> : !later.isWhole && <Loading lines={1} />}
            <SkippedSlots slots={[...slots.slots, ...later.slots]} />
          </>
        )}
      </Answer>
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

function Weeks({
  first,
  today,
  slots,
}: {
  readonly first: string;
  readonly today: string;
  readonly slots: readonly CalendarSlot[];
}): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const days = Array.from({ length: 28 }, (_, at) => addDays(first, at));
  const byDay = Map.groupBy(slots, (slot) => dayIn(slot.schedule.timeZone, 0, Date.parse(slot.scheduledFor)));
  return (
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
            <CalendarDay key={day} day={day} today={today} isFirst={day === first} slots={byDay.get(day) ?? []} />
          ))}
        </div>
      ))}
    </div>
  );
}

function CalendarDay({
  day,
  today,
  isFirst,
  slots,
}: {
  readonly day: string;
  readonly today: string;
  /** Of the weeks that are shown: it says which month they begin in. */
  readonly isFirst: boolean;
  readonly slots: readonly CalendarSlot[];
}): ReactElement {
  return (
    <div className={`calendar-day${day === today ? ' today' : ''}${day < today ? ' past' : ''}`} role="cell">
      <span className="calendar-date">
        {isFirst || day.endsWith('-01') ? `${Number(day.slice(5, 7))}/${Number(day.slice(8))}` : Number(day.slice(8))}
      </span>
      <ul>
        {slots.slice(0, 4).map((slot) => (
          <li key={slot.schedule.id + slot.scheduledFor}>
            <Mark slot={slot} />
          </li>
        ))}
        {slots.length > 4 && <li className="soft">+{slots.length - 4}</li>}
      </ul>
    </div>
  );
}

const LOOKS = { FIRED: ['fired', 'check'], SKIPPED: ['skipped', 'cross'], COMING: ['coming', 'clock'] } as const;

function Mark({ slot }: { readonly slot: CalendarSlot }): ReactElement {
  const { t } = useLingui();
  const { name, count } = useWords();
  const { state, reason, run, schedule, scheduledFor } = slot;
  const [look, icon] = LOOKS[state];
  const words = { FIRED: t`ran`, SKIPPED: t`skipped: ${name('SlotSkipReason', reason ?? '')}`, COMING: t`coming` }[state];
  const title = `${schedule.name}: ${words}`;
  const inside = (
    <>
      <Icon name={icon} size={13} />
      <span>{timeIn(schedule.timeZone, scheduledFor)}</span>
      <span className="mark-name">
        {slot.count !== null && slot.count > 1 ? `×${count(slot.count)}` : name('ProgramName', schedule.program)}
      </span>
      <span className="unseen">{title}</span>
    </>
  );
  if (run !== null)
    return (
      <Link to="/runs/$runId" params={{ runId: run.id }} className={`mark ${look}`} title={title}>
        {inside}
      </Link>
    );
  return (
    <Link to="/schedules/$id" params={{ id: schedule.id }} className={`mark ${look}`} title={title}>
      {inside}
    </Link>
  );
}

const timeIn = (timeZone: string, at: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
