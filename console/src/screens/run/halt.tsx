import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { ResumeRun } from '../../orders/resume-run.js';
import { Actor } from '../../parts/actor.js';
import { Icon } from '../../parts/icons.js';
import { Time } from '../../parts/time.js';
import type { Progress } from '../../runs/run-line.js';
import type { RunDetail } from './run-query.js';

/** Why a run stands still, waits for its model's provider, is being cancelled or failed as a whole; nothing while all goes well. */
export function Halt({ run, progress }: { readonly run: RunDetail; readonly progress: Progress }): ReactElement | null {
  const { name, words } = useWords();
  if (progress.status === 'PAUSED') {
    const cause = words('PauseCause', progress.pausedCause ?? run.pausedCause ?? 'OPERATOR');
    const isOperators = run.pausedCause === 'OPERATOR';
    const reason =
      isOperators && run.pausedReason !== null
        ? `“${run.pausedReason}”`
        : run.pausedReason?.replaceAll(/ ?\([A-Z]+_[A-Z_]+\)/g, '').replaceAll(/\b[A-Z]+_[A-Z_]+\b/g, (code) => name('FailureCode', code));
    return (
      <div className="notice warn halt" role="status">
        <Icon name="pause" />
        <div>
          <p>
            <b>{cause.name}.</b> {cause.means}
          </p>
          <p className="soft">
            {reason} {isOperators && run.pausedBy !== null && <Actor actor={run.pausedBy} />}{' '}
            {run.pausedAt !== null && <Time at={run.pausedAt} />}
          </p>
          <p>{cause.todo}</p>
        </div>
        <ResumeRun runId={run.id} />
      </div>
    );
  }
  if (progress.status === 'FAILED') {
    return (
      <div className="notice bad halt" role="status">
        <Icon name="cross" />
        <p>
          <Trans>The run failed as a whole before the first patient’s turn. See the system for what is missing, then run it again.</Trans>{' '}
          <span className="mono">{run.failureCode}</span>
        </p>
      </div>
    );
  }
  if (run.awaitedBatches !== null && run.cancelRequestedAt === null) return <AwaitsBatches {...run.awaitedBatches} />;
  if (run.cancelRequestedAt !== null && run.endedAt === null) {
    return (
      <p className="notice warn halt" role="status">
        <Icon name="clock" />
        <Trans>It is being cancelled: what was begun is finished, and the rest is left out.</Trans>
      </p>
    );
  }
  return null;
}

function AwaitsBatches({ batches, requests, until }: NonNullable<RunDetail['awaitedBatches']>): ReactElement {
  return (
    <div className="notice halt" role="status">
      <Icon name="clock" />
      <div>
        <p>
          <Trans>
            It waits for the model’s provider: <Plural value={requests} one="# patient" other="# patients" /> in{' '}
            <Plural value={batches} one="# batch" other="# batches" />, until <Time at={until} /> at the latest.
          </Trans>
        </p>
        <p className="soft">
          <Trans>Patients who have no answer by then are asked for one by one. Nothing needs to be done.</Trans>
        </p>
      </div>
    </div>
  );
}
