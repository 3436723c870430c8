import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';
import { OutcomeBar, OutcomeFigures } from '../parts/outcome-bar.js';
import { RunState } from '../parts/state.js';
import { Day, Time } from '../parts/time.js';
import { existedOf, hasEnded, type RunLine } from './run-line.js';
import { useProgress } from './use-progress.js';
import { WaitsFor } from './waits-for.js';

/** A run in a few lines: what it is, how it stands, what it came to so far. Live while it goes on. */
export function RunCard({ run }: { readonly run: RunLine }): ReactElement {
  const { name, count, duration } = useWords();
  const progress = useProgress(run.id, run.progress);
  const { status } = progress;
  return (
    <article className="card run-card">
      <header>
        <h3>
          <Link to="/runs/$runId" params={{ runId: run.id }} className="cover">
            {name('ProgramName', run.program)} · <Day date={run.recordDate} />
          </Link>
        </h3>
        <RunState status={status} />
      </header>
      <p className="soft">
        {run.schedule !== null && run.trigger === 'SCHEDULE' ? run.schedule.name : name('Trigger', run.trigger)}
        {' · '}
        <Time at={run.startedAt ?? run.requestedAt} />
        {run.endedAt !== null && run.startedAt !== null && <> · {duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</>}
      </p>
      <OutcomeBar tally={progress} />
      <OutcomeFigures tally={progress} existed={existedOf(progress)} />
      {status === 'REQUESTED' && run.waitsFor !== null && (
        <p className="soft">
          <WaitsFor run={run.waitsFor} />
        </p>
      )}
      {!hasEnded(status) && (
        <p className="soft">
          {progress.percent}%
          {status !== 'PAUSED' && progress.usersPerSecond !== null && (
            <>
              {' '}
              · <Trans>{count(Math.round(progress.usersPerSecond))} a second</Trans>
            </>
          )}
          {progress.secondsLeft !== null && (
            <>
              {' '}
              · <Trans>{duration(progress.secondsLeft * 1_000)} left</Trans>
            </>
          )}
        </p>
      )}
    </article>
  );
}
