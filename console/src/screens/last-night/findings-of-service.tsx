import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { ResumeSchedule } from '../../orders/resume-schedule.js';
import { AlertLink } from '../../parts/alert-link.js';
import { dayIn, Time } from '../../parts/time.js';
import { Row } from './finding-frame.js';
import type { Finding } from './finding.js';
import type { NightAlert, NightSchedule } from './night-query.js';
import { useFinding } from './use-finding.js';
import { recordDateOf } from '../../parts/programs.js';

const CHECKS = { database: 'CONNECTION', jobs: 'JOB_STORE', log: 'LOG', model: 'LANGUAGE_MODEL' } as const;

/** A store, the log or the model that is not as it should be. */
export function SystemRow({ finding }: { readonly finding: Finding & { kind: 'system' } }): ReactElement {
  const { words } = useWords();
  return (
    <Row tone={finding.tone} icon="system" title={<SystemTitle what={finding.what} />} action={<ToSystem />}>
      {/* Of the job store the title says what the problem does. */}
      {finding.what === 'jobs' ? '' : `${finding.problem} `}
      {words('DoctorCheck', CHECKS[finding.what]).todo}
    </Row>
  );
}

/** Something that a run needs and that is not as it should be. */
export function ReadinessRow({ finding: { amiss, tone } }: { readonly finding: Finding & { kind: 'readiness' } }): ReactElement {
  const { words } = useWords();
  const { name, todo } = words('DoctorCheck', amiss.code);
  const found = useFinding(amiss.code);
  return (
    <Row
      tone={tone}
      icon="system"
      title={<Trans>Not as it should be: {name}.</Trans>}
      action={amiss.code === 'SCHEDULES' ? <ToSchedules /> : <ToSystem />}
    >
      {found === undefined ? todo : `${found.message}. ${found.advice ?? ''}`}
    </Row>
  );
}

/** An alert that fires. */
export function AlertRow({ alert: { kind, text, path } }: { readonly alert: NightAlert }): ReactElement {
  const { words } = useWords();
  const { means, todo } = words('AlertKind', kind);
  return (
    <Row tone="warn" icon="alerts" title={text} action={<AlertLink path={path} />}>
      {means} {todo}
    </Row>
  );
}

function ToSystem(): ReactElement {
  return (
    <Link to="/system" className="button">
      <Trans>To the system</Trans>
    </Link>
  );
}

/** A schedule that did not run at its time, or is paused. */
export function ScheduleRow({
  finding,
  today,
}: {
  readonly finding: Finding & { kind: 'slot-skipped' | 'no-run' | 'schedule-paused' };
  readonly today: string;
}): ReactElement {
  const { words } = useWords();
  const { schedule, tone } = finding;
  if (finding.kind === 'schedule-paused') {
    return (
      <Row
        tone={tone}
        icon="pause"
        title={<Trans>The schedule “{schedule.name}” is paused: nothing runs by itself.</Trans>}
        action={<ResumeSchedule id={schedule.id} name={schedule.name} />}
      >
        {schedule.pausedReason === null ? '' : `“${schedule.pausedReason}”`}
      </Row>
    );
  }
  if (finding.kind === 'no-run') return <OverdueRow schedule={schedule} tone={tone} />;
  const reason = words('SlotSkipReason', schedule.lastSlot?.reason ?? '');
  return (
    <Row
      tone={tone}
      icon="clock"
      title={
        <>
          <Trans>
            “{schedule.name}” did not run at its time: {reason.name}.
          </Trans>{' '}
          {schedule.lastSlot !== null && <Time at={schedule.lastSlot.scheduledFor} zone={schedule.timeZone} />}
        </>
      }
      action={<OpenRunNow program={schedule.program} recordDate={recordDateOf(schedule.program, today)} label="day" />}
    >
      {reason.means} {reason.todo}
    </Row>
  );
}

/** A schedule whose time has come and that no process took up. */
function OverdueRow({ schedule, tone }: { readonly schedule: NightSchedule; readonly tone: string }): ReactElement {
  const { name, overdueSlot, program, timeZone } = schedule;
  const at = overdueSlot ?? '';
  return (
    <Row
      tone={tone}
      icon="clock"
      title={
        <>
          <Trans>“{name}” is late: its time came, and nothing has run.</Trans> <Time at={at} zone={timeZone} />
        </>
      }
      action={
        <>
          <ToSystem />
          <OpenRunNow program={program} recordDate={recordDateOf(program, dayIn(timeZone, 0, Date.parse(at)))} label="day" />
        </>
      }
    >
      <Trans>
        No process with the role of a scheduler is at work. Start one: it makes up for the time, as the schedule says. Or run the day by
        hand.
      </Trans>
    </Row>
  );
}

/** What is missing for anything to run. */
export function NobodyRow({ kind, tone }: { readonly kind: 'no-schedule' | 'no-worker'; readonly tone: string }): ReactElement {
  const { t } = useLingui();
  const titles = {
    'no-schedule': t`No schedule is active: nothing runs by itself.`,
    'no-worker': t`No worker is alive: runs wait until one is started.`,
  };
  return <Row tone={tone} icon="failures" title={titles[kind]} action={kind === 'no-schedule' ? <ToSchedules /> : <ToSystem />} />;
}

function ToSchedules(): ReactElement {
  return (
    <Link to="/schedules" className="button">
      <Trans>To the schedules</Trans>
    </Link>
  );
}

function SystemTitle({ what }: { readonly what: 'database' | 'jobs' | 'log' | 'model' }): ReactElement {
  const { t } = useLingui();
  const titles = {
    database: t`The database does not answer.`,
    jobs: t`The job store does not answer. Runs go on.`,
    log: t`The log stands still: progress may look older than it is.`,
    model: t`The language model cannot be used.`,
  };
  return <>{titles[what]}</>;
}
