import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { ResumeRun } from '../../orders/resume-run.js';
import { OpenRetry } from '../../orders/open-retry.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { causeOfFailure } from '../../runs/run-failure.js';
import type { RunLine } from '../../runs/run-line.js';
import { Row } from './finding-frame.js';
import { AlertRow, NobodyRow, ReadinessRow, ScheduleRow, SystemRow } from './findings-of-service.js';
import type { Finding } from './finding.js';
import { EmptyRow, FewRow, LateRow } from './findings-of-night.js';
import { RunName, ToRun } from './of-run.js';

/** One thing that an operator should know: what happened, what it means, and the button that helps. */
export function FindingRow({ finding, today }: { readonly finding: Finding; readonly today: string }): ReactElement {
  switch (finding.kind) {
    case 'paused':
      return <PausedRow run={finding.run} tone={finding.tone} />;
    case 'failures':
      return <FailuresRow run={finding.run} without={finding.without} />;
    case 'failed-run':
      return <FailedRunRow run={finding.run} />;
    case 'slot-skipped':
    case 'no-run':
    case 'schedule-paused':
      return <ScheduleRow finding={finding} today={today} />;
    case 'late':
      return <LateRow night={finding.night} />;
    case 'few':
      return <FewRow finding={finding} />;
    case 'noPatient':
      return <EmptyRow run={finding.run} />;
    case 'alert':
      return <AlertRow alert={finding.alert} />;
    case 'readiness':
      return <ReadinessRow finding={finding} />;
    case 'system':
      return <SystemRow finding={finding} />;
    default:
      return <NobodyRow kind={finding.kind} tone={finding.tone} />;
  }
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

function FailuresRow({ run, without }: { readonly run: RunLine; readonly without: number }): ReactElement {
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
          {without === failed ? (
            <Trans>
              <Plural value={failed} one="# patient failed and is without advice." other="# patients failed and are without advice." />
            </Trans>
          ) : without === 0 ? (
            <Trans>
              <Plural
                value={failed}
                one="# patient failed, and keeps the advice of an earlier run."
                other="# patients failed, and all of them keep the advice of an earlier run."
              />
            </Trans>
          ) : (
            <Trans>
              {count(failed)} patients failed, and <Plural value={without} one="# of them is" other="# of them are" /> without advice.
            </Trans>
          )}{' '}
          <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <OpenRetry runId={run.id} failed={without === 0 ? failed : without} />
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
  const { words } = useWords();
  const cause = causeOfFailure(words, run.failureCode ?? '');
  return (
    <Row
      tone="bad"
      icon="cross"
      title={
        <>
          <Trans>A run failed as a whole: {cause.name}.</Trans> <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <OpenRunNow program={run.program} recordDate={run.recordDate} label="again" />
        </>
      }
    >
      {cause.means} <Trans>No patient’s turn came.</Trans> {cause.todo}
    </Row>
  );
}
