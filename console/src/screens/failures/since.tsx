import { Plural, Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { OpenRetry } from '../../orders/open-retry.js';
import { RunState } from '../../parts/state.js';
import { hasEnded } from '../../runs/run-line.js';
import { withoutAdviceIn } from '../../runs/without-advice.js';
import type { FailedRun, Night } from './failures-query.js';

/** Whether a run is one of a night. */
export const isOf = (night: Night, run: FailedRun): boolean => night.program === run.program && night.recordDate === run.recordDate;

/**
 * What has come of those that failed: how many of the day are still without advice, and the retry or the button for it. Where all have advice only a run that was
 * to replace it is worth one.
 */
export function Since(props: {
  readonly run: FailedRun;
  readonly code: string;
  readonly users: number;
  readonly night: Night | undefined;
}): ReactElement {
  const { run, code, users, night } = props;
  const without = withoutAdviceIn(night) ?? users;
  const last = run.retries.at(0);
  // A retry may have been of other failures, or have failed in its turn.
  const isRetriable =
    hasEnded(run.status) && (last === undefined ? without > 0 || run.onExisting === 'REGENERATE' : hasEnded(last.status) && without > 0);
  return (
    <>
      {without === 0 && (
        <span className="soft">
          <Trans>All of that day have advice by now.</Trans>
        </span>
      )}
      {without > 0 && (last !== undefined || without !== users) && <StillWithout patients={without} />}
      {isRetriable && <OpenRetry runId={run.id} failed={users} reasons={[code]} quiet />}
      {last !== undefined && (
        <span>
          <Link to="/runs/$runId" params={{ runId: last.id }}>
            {hasEnded(last.status) ? <Trans>Retried</Trans> : <Trans>being retried</Trans>}
          </Link>{' '}
          <RunState status={last.status} />
        </span>
      )}
    </>
  );
}

function StillWithout({ patients }: { readonly patients: number }): ReactElement {
  return (
    <b className="wrong">
      <Plural value={patients} one="# of that day is still without advice" other="# of that day are still without advice" />
    </b>
  );
}
