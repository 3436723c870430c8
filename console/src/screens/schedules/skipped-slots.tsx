import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { RunState } from '../../parts/state.js';
import { dayIn, Time } from '../../parts/time.js';
import type { CalendarSlot } from './calendar-slots.js';
import { recordDateOf } from '../../parts/programs.js';

/** The times of the calendar that were skipped, newest first: why, what that means, and the runs of their day, in which it was made up for or not. */
export function SkippedSlots({ slots }: { readonly slots: readonly CalendarSlot[] }): ReactElement | null {
  const { t } = useLingui();
  const skipped = slots.filter(({ state }) => state === 'SKIPPED').toReversed();
  if (skipped.length === 0) return null;
  return (
    <ul className="lines sessions" aria-label={t`Skipped times`}>
      {skipped.map((slot) => (
        <Skipped key={slot.schedule.id + slot.scheduledFor} slot={slot} />
      ))}
    </ul>
  );
}

function Skipped({ slot: { scheduledFor, schedule, reason, madeUpBy } }: { readonly slot: CalendarSlot }): ReactElement {
  const { words } = useWords();
  const said = words('SlotSkipReason', reason ?? '');
  const day = dayIn(schedule.timeZone, 0, Date.parse(scheduledFor));
  const records = recordDateOf(schedule.program, day);
  return (
    <li>
      <div>
        <p>
          <b>
            <Time at={scheduledFor} zone={schedule.timeZone} />
          </b>{' '}
          {schedule.name}: <b>{said.name}.</b>
        </p>
        <p className="soft">
          {said.means}{' '}
          {madeUpBy === null ? (
            said.todo
          ) : (
            <>
              <Trans>
                That day was run since, <Time at={madeUpBy.requestedAt} zone={schedule.timeZone} />.
              </Trans>{' '}
              <Link to="/runs/$runId" params={{ runId: madeUpBy.id }}>
                <Trans>To the run</Trans>
              </Link>{' '}
              <RunState status={madeUpBy.status} />
            </>
          )}
        </p>
      </div>
      <Link to="/runs" search={{ from: records, to: records }} className="button">
        <Trans>Runs of that day</Trans>
      </Link>
    </li>
  );
}
