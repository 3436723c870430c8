import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { OUTCOMES, OutcomeBar } from '../../parts/outcome-bar.js';
import { Card } from '../../parts/page.js';
import { hasEnded, type Progress as RunProgress } from '../../runs/run-line.js';
import type { Chosen } from './chosen.js';
import type { RunDetail } from './run-query.js';

/** How far a run is, as it goes, and its outcomes: each is a button that shows its patients. */
export function Progress(props: {
  readonly run: RunDetail;
  readonly progress: RunProgress;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}): ReactElement {
  const { progress, chosen, choose } = props;
  const { t } = useLingui();
  const { count, duration, name } = useWords();
  const { roster, done, status, usersPerSecond, secondsLeft } = progress;
  const running = !hasEnded(status);
  const shown = OUTCOMES.filter((each) => each !== 'cancelled' || progress.cancelled > 0);
  return (
    <Card className="run-progress">
      <div className="big-figures">
        <p>
          <b>{roster === null ? '–' : `${progress.percent}%`}</b>
          <span>
            {roster === null
              ? t`The patients are not fixed yet`
              : t`${count(done)} of ${plural(roster, { one: '# patient', other: '# patients' })}`}
          </span>
        </p>
        {running && status !== 'PAUSED' && usersPerSecond !== null && (
          <p>
            <b>{count(Math.round(usersPerSecond))}</b>
            <span>
              <Trans>patients a second</Trans>
            </span>
          </p>
        )}
        {running && secondsLeft !== null && (
          <p>
            <b>{duration(secondsLeft * 1_000)}</b>
            <span>
              <Trans>left</Trans>
            </span>
          </p>
        )}
      </div>
      <div role="progressbar" aria-label={t`Progress`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={progress.percent}>
        <OutcomeBar tally={progress} tall />
      </div>
      <div className="outcome-buttons" role="group" aria-label={t`Outcomes: choose one to see whom it stands for`}>
        {shown.map((each) => {
          const outcome = each.toUpperCase() as NonNullable<Chosen['outcome']>;
          const pressed = chosen.outcome === outcome && chosen.reason === undefined;
          return (
            <button
              key={each}
              type="button"
              aria-pressed={pressed}
              className={each}
              disabled={progress[each] === 0}
              onClick={() => choose(pressed ? {} : { outcome })}
            >
              <span>
                <span className={`dot bg-${each}`} aria-hidden="true" />
                {name('OutcomeKind', outcome)}
              </span>
              <b>{count(progress[each])}</b>
            </button>
          );
        })}
      </div>
    </Card>
  );
}
