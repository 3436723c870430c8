import { Plural, Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords, type Words } from '../../language/use-words.js';
import { ResumeRun } from '../../orders/resume-run.js';
import { Actor } from '../../parts/actor.js';
import { Icon } from '../../parts/icons.js';
import { Time } from '../../parts/time.js';
import { causeOfFailure, withCausesNamed } from '../../runs/run-failure.js';
import type { Progress } from '../../runs/run-line.js';
import { WaitsFor } from '../../runs/waits-for.js';
import type { RunDetail } from './run-query.js';

/** Why a run stands still, waits for its model's provider, is being cancelled or failed as a whole; nothing while all goes well. */
export function Halt({ run, progress }: { readonly run: RunDetail; readonly progress: Progress }): ReactElement | null {
  const { name, words } = useWords();
  if (progress.status === 'PAUSED') {
    const cause = words('PauseCause', progress.pausedCause ?? run.pausedCause ?? 'OPERATOR');
    const isOperators = run.pausedCause === 'OPERATOR';
    const reason = isOperators && run.pausedReason !== null ? `“${run.pausedReason}”` : reasonTold(run, { name, words });
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
  if (progress.status === 'REQUESTED' && run.waitsFor !== null && run.cancelRequestedAt === null) {
    return (
      <div className="notice halt" role="status">
        <Icon name="clock" />
        <p>
          <WaitsFor run={run.waitsFor} />
        </p>
        <Link to="/runs/$runId" params={{ runId: run.waitsFor.id }} className="button">
          <Trans>To that run</Trans>
        </Link>
      </div>
    );
  }
  if (progress.status === 'FAILED') {
    return (
      <div className="notice bad halt" role="status">
        <Icon name="cross" />
        <FailedAsWhole code={run.failureCode} />
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

/** Why the service paused a run, in the reader’s language, with names where its sentence has codes. */
function reasonTold({ pausedCause, pausedReason }: RunDetail, { name, words }: Pick<Words, 'name' | 'words'>): string | undefined {
  if (pausedReason === null) return undefined;
  if (pausedCause === 'FAULT') return withCausesNamed(words, pausedReason);
  return pausedReason.replaceAll(/ ?\([A-Z]+_[A-Z_]+\)/g, '').replaceAll(/\b[A-Z]+_[A-Z_]+\b/g, (code) => name('FailureCode', code));
}

function FailedAsWhole({ code }: { readonly code: string | null }): ReactElement {
  const { words } = useWords();
  const cause = causeOfFailure(words, code ?? '');
  return (
    <div>
      <p>
        <b>
          <Trans>The run failed as a whole before the first patient’s turn: {cause.name}.</Trans>
        </b>{' '}
        {cause.means}
      </p>
      <p>{cause.todo}</p>
      {code !== null && (
        <p className="soft">
          <Trans>
            Code for the developers: <span className="mono">{code}</span>
          </Trans>
        </p>
      )}
    </div>
  );
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
