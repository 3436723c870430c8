import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Card, Empty } from '../../parts/page.js';
import { RunState } from '../../parts/state.js';
import { Day, Time } from '../../parts/time.js';
import type { LateRun } from './backfill-query.js';

/** The latest runs that the service made by itself for patients whose records came after their night: how many, and how many of them have advice now. */
export function LateRuns({ runs }: { readonly runs: readonly LateRun[] }): ReactElement {
  const { count, name } = useWords();
  return (
    <Card
      title={<Trans>Records that came late</Trans>}
      aside={
        <Link to="/runs" search={{ actor: 'late data' }}>
          <Trans>All of them</Trans>
        </Link>
      }
    >
      {runs.length === 0 ? (
        <Empty title={<Trans>No run has been made for late records yet.</Trans>} />
      ) : (
        <ul className="lines failure-runs">
          {runs.map(({ id, program, recordDate, status, requestedAt, progress: { roster, generated } }) => (
            <li key={id}>
              <Link to="/runs/$runId" params={{ runId: id }}>
                {name('ProgramName', program)} · <Day date={recordDate} />
              </Link>
              <span>
                <Trans>
                  Have advice now: {count(generated)} of {count(roster ?? 0)}
                </Trans>
              </span>
              <RunState status={status} />
              <span className="spring" />
              <Time at={requestedAt} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
