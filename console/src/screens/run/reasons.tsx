import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { OpenRetry } from '../../orders/open-retry.js';
import { Card } from '../../parts/page.js';
import { hasEnded, type Progress } from '../../runs/run-line.js';
import type { Chosen } from './chosen.js';
import type { RunDetail } from './run-query.js';

/** Why patients were skipped or failed, as bars; each shows its patients, what it means and what to do. */
export function Reasons(props: {
  readonly run: RunDetail;
  /** How many of so many that failed a retry can help. */
  readonly retriable: (failed: number) => number;
  readonly progress: Progress;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}): ReactElement | null {
  const { run, progress, retriable, chosen, choose } = props;
  const { t } = useLingui();
  const { count, words } = useWords();
  const reasons = progress.reasons
    .map(({ reason, users }) => ({ reason, users, failure: words('FailureCode', reason).todo !== undefined }))
    .toSorted((a, b) => Number(b.failure) - Number(a.failure) || b.users - a.users);
  if (reasons.length === 0) return null;
  const most = Math.max(...reasons.map(({ users }) => users));
  const shown = reasons.find(({ reason }) => reason === chosen.reason);
  const said = shown && words(shown.failure ? 'FailureCode' : 'SkipReason', shown.reason);
  return (
    <Card
      title={<Trans>Why</Trans>}
      aside={
        <span className="soft">
          {run.letGo === null ? <Trans>Choose a bar to see whom it stands for</Trans> : <Trans>Choose a bar to see what it means</Trans>}
        </span>
      }
    >
      <ul className="bars">
        {reasons.map(({ reason, users, failure }) => (
          <li key={reason}>
            <button
              type="button"
              aria-pressed={chosen.reason === reason}
              onClick={() => choose(chosen.reason === reason ? {} : { outcome: failure ? 'FAILED' : 'SKIPPED', reason })}
            >
              <span className="bar-name">{words(failure ? 'FailureCode' : 'SkipReason', reason).name}</span>
              <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect className={failure ? 'fill-failed' : 'fill-skipped'} width={Math.max(1, (100 * users) / most)} height="1" />
              </svg>
              <b>{count(users)}</b>
            </button>
          </li>
        ))}
      </ul>
      {shown !== undefined && said !== undefined && (
        <div className={`notice ${shown.failure ? 'bad' : 'live'} reason-words`}>
          <div>
            <p>{said.means}</p>
            <p>
              <b>{said.todo}</b>
            </p>
          </div>
          {shown.failure && retriable(shown.users) > 0 && (
            <OpenRetry runId={run.id} failed={retriable(shown.users)} reasons={[shown.reason]} />
          )}
          {shown.failure && hasEnded(progress.status) && !run.dryRun && retriable(shown.users) === 0 && (
            <p className="soft">
              <Trans>All of that day have advice by now.</Trans>
            </p>
          )}
        </div>
      )}
      <p className="unseen" role="status">
        {shown === undefined || run.letGo !== null
          ? ''
          : t`The list below shows ${plural(shown.users, { one: '# patient', other: '# patients' })}.`}
      </p>
    </Card>
  );
}
