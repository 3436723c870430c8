import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import { addDays } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { DayPanel } from './day-panel.js';
import { DayStrip } from './day-strip.js';
import { Erasure } from './erasure.js';
import { PatientSearch } from './find-patient.js';
import { PATIENT } from './patient-query.js';
import { Reads } from './reads.js';
import '../../style/screens.css';
import { PROGRAMS, FIRST_PROGRAM, isOfSameDay, programSearch, type ProgramName } from '../../parts/programs.js';

const DAYS = 30;

/** A patient: thirty days at a glance, why each came to what it came to, and what was advised. */
export function Patient(): ReactElement {
  const { t } = useLingui();
  const { userId } = useParams({ from: '/patients/$userId' });
  const { day, program = FIRST_PROGRAM } = useSearch({ from: '/patients/$userId' });
  const navigate = useNavigate({ from: '/patients/$userId' });
  const today = useToday();
  const last = day !== undefined && day < addDays(today, 1 - DAYS) ? addDays(day, 14) : today;
  const to = last > today ? today : last;
  const id = Number(userId);
  const look = (next: { day?: string; program?: ProgramName | undefined }): void =>
    void navigate({
      search: (now) => Object.fromEntries(Object.entries({ ...now, ...next }).filter(([, value]) => value !== undefined)),
      replace: true,
      resetScroll: false,
    });
  const answer = useLive(PATIENT, { userId: id, program, from: addDays(to, 1 - DAYS), to }, { runs: true });
  const timeline = answer.data?.userTimeline;
  return (
    <Page title={t`Patient ${userId}`} actions={<PatientSearch />}>
      {timeline === null ? (
        <Card>
          <Empty icon="search" title={<Trans>No account has this number.</Trans>} />
        </Card>
      ) : (
        // What is pressed stands while the answer is on its way: it keeps the focus.
        <>
          {timeline !== undefined && <Account active={timeline.active} staff={timeline.staff} />}
          <Card
            title={<Trans>Thirty days</Trans>}
            aside={<ProgramSwitch program={program} onChange={(next) => look({ program: undefined, ...programSearch(next) })} />}
          >
            <p className="soft">
              {isOfSameDay(program) ? (
                <Trans>By the day of the records. The advice is for the same day.</Trans>
              ) : (
                <Trans>By the day of the records. The advice is for the day after.</Trans>
              )}
            </p>
            <Answer of={{ ...answer, data: timeline }} lines={8}>
              {({ days }) => <DayStrip days={days} chosen={chosenOf(days, day)} onChoose={(next) => look({ day: next })} />}
            </Answer>
            <nav className="pager" aria-label={t`Other days`}>
              <Link to="." search={(now) => ({ ...now, day: addDays(to, -DAYS) })} resetScroll={false}>
                <Trans>Earlier days</Trans>
              </Link>
              {to !== today && (
                <Link to="." search={({ program: kept }) => (kept ? { program: kept } : {})} resetScroll={false}>
                  <Trans>Up to today</Trans>
                </Link>
              )}
            </nav>
          </Card>
          {timeline !== undefined && <ChosenDay days={timeline.days} day={chosenOf(timeline.days, day)} userId={id} program={program} />}
          <Reads key={id} userId={id} />
        </>
      )}
      <Erasure key={id} userId={id} />
    </Page>
  );
}

type Days = Parameters<typeof DayStrip>[0]['days'];

/** The day that is looked at: the one of the address, else the last one that came to something. */
function chosenOf(days: Days, day: string | undefined): string {
  if (day !== undefined && days.some(({ recordDate }) => recordDate === day)) return day;
  return (days.find(({ verdict }) => verdict !== 'NO_RUN' && verdict !== 'NOT_DUE') ?? days[0])?.recordDate ?? '';
}

function ChosenDay(props: {
  readonly days: Days;
  readonly day: string;
  readonly userId: number;
  readonly program: ProgramName;
}): ReactElement | null {
  const { days, day, userId, program } = props;
  const at = days.findIndex(({ recordDate }) => recordDate === day);
  const chosen = days[at];
  if (chosen === undefined) return null;
  const before = days.slice(at + 1).find(({ interventions }) => interventions.length > 0);
  return <DayPanel key={day + program} day={chosen} before={before?.interventions[0]?.id} userId={userId} program={program} />;
}

function Account({ active, staff }: { readonly active: boolean; readonly staff: boolean }): ReactElement | null {
  if (active && !staff) return null;
  return (
    <p className="account">
      <StateTag tone="idle">
        {staff ? <Trans>A staff account: runs leave it out</Trans> : <Trans>The account is closed: runs leave it out</Trans>}
      </StateTag>
    </p>
  );
}

function ProgramSwitch({
  program,
  onChange,
}: {
  readonly program: string;
  readonly onChange: (program: ProgramName) => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  return (
    <div className="language" role="group" aria-label={t`Program`}>
      {PROGRAMS.map((each) => (
        <button key={each} type="button" aria-pressed={each === program} onClick={() => onChange(each)}>
          {name('ProgramName', each)}
        </button>
      ))}
    </div>
  );
}
