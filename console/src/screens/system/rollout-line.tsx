import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement, useState } from 'react';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Icon } from '../../parts/icons.js';
import { StateTag, type Tone } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { type Measure, MEASURES } from './rollout-measures.js';
import type { Rollout } from './rollout-query.js';
import { RolloutSides } from './rollout-sides.js';
import { useFigures } from './use-figures.js';

const PromoteRolloutDialog = lazy(withTexts(() => import('../../orders/promote-rollout-dialog.js')));
const ShareRolloutDialog = lazy(withTexts(() => import('../../orders/share-rollout-dialog.js')));
const StopRolloutDialog = lazy(withTexts(() => import('../../orders/stop-rollout-dialog.js')));

/** A rollout: how it stands, who began and ended it and why, and both sides. Those of one that goes on, and of the newest, stand open. */
export function RolloutLine({ rollout, isFirst }: { readonly rollout: Rollout; readonly isFirst: boolean }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { program, status, sharePercent, isConfigured } = rollout;
  const [open, setOpen] = useState(isFirst || status !== 'STOPPED');
  const what = name('ProgramName', program);
  return (
    <li>
      <header>
        <h3>
          {what}: <Trans>{sharePercent} % of the patients</Trans>
        </h3>
        <StateTag tone={toneOf(rollout)}>{name('RolloutStatus', status)}</StateTag>
        <span className="spring" />
        <Opener
          offered={status === 'RUNNING'}
          label={t`Change the share: ${what}`}
          dialog={(close) => <ShareRolloutDialog rollout={rollout} onClose={close} />}
        >
          <Trans>Change the share</Trans>
        </Opener>
        <Opener
          offered={status === 'RUNNING'}
          label={t`Give it to all patients: ${what}`}
          dialog={(close) => <PromoteRolloutDialog rollout={rollout} onClose={close} />}
        >
          <Trans>Give it to all</Trans>
        </Opener>
        <Opener
          look="danger"
          offered={status !== 'STOPPED'}
          label={t`Stop the rollout: ${what}`}
          dialog={(close) => <StopRolloutDialog rollout={rollout} onClose={close} />}
        >
          <Trans>Stop</Trans>
        </Opener>
      </header>
      <WhyStopped {...rollout} />
      {status !== 'STOPPED' && !isConfigured && (
        <p className="notice warn">
          <Icon name="failures" size={18} />
          <span>
            <Trans>This process is configured for another candidate, or for none: here all patients get the version in force.</Trans>
          </span>
        </p>
      )}
      <History rollout={rollout} />
      <details className="chart-table" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Trans>Both sides</Trans>
        </summary>
        {open && <RolloutSides rollout={rollout} label={t`Both sides of the rollout: ${what}`} />}
      </details>
    </li>
  );
}

function toneOf({ status, stopCause }: Rollout): Tone {
  if (status === 'RUNNING') return 'live';
  if (status === 'PROMOTED') return 'good';
  return stopCause === 'OPERATOR' ? 'idle' : 'bad';
}

const isMeasure = (cause: string): cause is Measure => MEASURES.some((measure) => measure === cause);

/** Why a rollout stopped by itself: the figure that passed its limit, as it was then. */
function WhyStopped({ stopCause, stopFigure }: Pick<Rollout, 'stopCause' | 'stopFigure'>): ReactElement | null {
  const { name, count } = useWords();
  const { figure } = useFigures();
  if (stopCause === null || stopCause === 'OPERATOR') return null;
  const of = (value: number): string =>
    isMeasure(stopCause) ? figure(stopCause, stopCause === 'PRICE' ? value : value / 100) : String(value);
  return (
    <p className="notice bad">
      <Icon name="cross" size={18} />
      <span>
        <Trans>It stopped by itself: {name('RolloutStopCause', stopCause)}.</Trans>{' '}
        {stopFigure !== null && (
          <Trans>
            Candidate {of(stopFigure.candidate)} of {count(stopFigure.users)}, in force {of(stopFigure.inForce)}, limit{' '}
            {of(stopFigure.limit)}.
          </Trans>
        )}
      </span>
    </p>
  );
}

/** The history of a rollout: actor, what was done, when and why. */
function History({ rollout }: { readonly rollout: Rollout }): ReactElement {
  const { actor, seed, startedAt, reason, promotedAt, stoppedAt, endedBy, endReason, judgedAt } = rollout;
  return (
    <>
      <p className="soft">
        <Trans>
          started <Time at={startedAt} /> by <Actor actor={actor} />
        </Trans>
        {reason !== null && <> · “{reason}”</>}
        {' · '}
        <Trans>
          seed <span className="mono">{seed}</span>
        </Trans>
        {judgedAt !== null && (
          <>
            {' · '}
            <Trans>
              rows judged <Time at={judgedAt} />
            </Trans>
          </>
        )}
      </p>
      {promotedAt !== null && (
        <p className="soft">
          <Trans>
            given to all patients <Time at={promotedAt} />
          </Trans>
          {stoppedAt === null && <By endedBy={endedBy} endReason={endReason} />}
        </p>
      )}
      {stoppedAt !== null && (
        <p className="soft">
          <Trans>
            stopped <Time at={stoppedAt} />
          </Trans>
          <By endedBy={endedBy} endReason={endReason} />
        </p>
      )}
    </>
  );
}

function By({ endedBy, endReason }: Pick<Rollout, 'endedBy' | 'endReason'>): ReactElement {
  return (
    <>
      {endedBy !== null && (
        <>
          {' · '}
          <Actor actor={endedBy} />
        </>
      )}
      {endReason !== null && <> · “{endReason}”</>}
    </>
  );
}
