import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { ResumeRun } from '../../orders/resume-run.js';
import { ResumeSchedule } from '../../orders/resume-schedule.js';
import { OpenRetry } from '../../orders/open-retry.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { Day, Time } from '../../parts/time.js';
import type { RunLine } from '../../runs/run-line.js';
import { Row } from './finding-frame.js';
import { type Finding, nightDate } from './findings.js';

/** One thing that somebody should know: what happened, what it means, and the button that helps. */
export function FindingRow({ finding, today }: { readonly finding: Finding; readonly today: string }): ReactElement {
  switch (finding.kind) {
    case 'paused':
      return <PausedRow run={finding.run} tone={finding.tone} />;
    case 'failures':
      return <FailuresRow run={finding.run} />;
    case 'failed-run':
      return <FailedRunRow run={finding.run} />;
    case 'slot-skipped':
    case 'schedule-paused':
      return <ScheduleRow finding={finding} today={today} />;
    case 'system':
      return (
        <Row tone={finding.tone} icon="system" title={<SystemTitle what={finding.what} />} action={<ToSystem />}>
          <span lang="en">{finding.problem}</span>
        </Row>
      );
    default:
      return <NobodyRow kind={finding.kind} tone={finding.tone} />;
  }
}

const RunName = ({ run }: { readonly run: RunLine }): ReactElement => {
  const { name } = useWords();
  return (
    <>
      {name('ProgramName', run.program)} · <Day date={run.recordDate} />
    </>
  );
};

function ToRun({ run }: { readonly run: RunLine }): ReactElement {
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} className="button">
      <Trans>Look at it</Trans>
    </Link>
  );
}

function ToSystem(): ReactElement {
  return (
    <Link to="/system" className="button">
      <Trans>To the system</Trans>
    </Link>
  );
}

function PausedRow({ run, tone }: { readonly run: RunLine; readonly tone: string }): ReactElement {
  const { words } = useWords();
  const cause = words('PauseCause', run.pausedCause ?? 'OPERATOR');
  const isOurs = run.pausedCause === 'OPERATOR';
  return (
    <Row
      tone={tone}
      icon="pause"
      title={
        <>
          <Trans>A run is paused: {cause.name}.</Trans> <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <ResumeRun runId={run.id} />
        </>
      }
    >
      {isOurs && run.pausedReason !== null ? <>“{run.pausedReason}” </> : `${cause.means ?? ''} `}
      {cause.todo}
    </Row>
  );
}

function FailuresRow({ run }: { readonly run: RunLine }): ReactElement {
  const { words, count } = useWords();
  const { failed, reasons } = run.progress;
  const worst = reasons.filter(({ reason }) => words('FailureCode', reason).todo !== undefined).toSorted((a, b) => b.users - a.users)[0];
  const cause = worst === undefined ? undefined : words('FailureCode', worst.reason);
  return (
    <Row
      tone="warn"
      icon="failures"
      title={
        <>
          <Trans>{count(failed)} patients failed and are without advice.</Trans> <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <OpenRetry runId={run.id} failed={failed} />
        </>
      }
    >
      {cause === undefined ? (
        ''
      ) : (
        <Trans>
          Most often: {cause.name}. {cause.todo}
        </Trans>
      )}
    </Row>
  );
}

function FailedRunRow({ run }: { readonly run: RunLine }): ReactElement {
  return (
    <Row
      tone="bad"
      icon="cross"
      title={
        <>
          <Trans>A run failed as a whole.</Trans> <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <OpenRunNow program={run.program} recordDate={run.recordDate} label="again" />
        </>
      }
    >
      <Trans>Nobody’s turn came. See the system for what is missing, then run it again.</Trans>
    </Row>
  );
}

function ScheduleRow({
  finding,
  today,
}: {
  readonly finding: Finding & { kind: 'slot-skipped' | 'schedule-paused' };
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
      action={<OpenRunNow program={schedule.program} recordDate={nightDate(schedule.program, today)} label="day" />}
    >
      {reason.means} {reason.todo}
    </Row>
  );
}

function NobodyRow({ kind, tone }: { readonly kind: 'no-schedule' | 'no-run' | 'no-worker'; readonly tone: string }): ReactElement {
  const { t } = useLingui();
  const titles = {
    'no-schedule': t`No schedule is active: nothing runs by itself.`,
    'no-run': t`Nothing has run for last night.`,
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
