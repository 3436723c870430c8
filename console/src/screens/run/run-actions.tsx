import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { OpenRetry } from '../../orders/open-retry.js';
import { Opener } from '../../orders/opener.js';
import { hasEnded } from '../../runs/run-line.js';
import type { RunDetail } from './run-query.js';

const PauseRunDialog = lazy(withTexts(() => import('../../orders/pause-run-dialog.js')));
const CancelRunDialog = lazy(withTexts(() => import('../../orders/cancel-run-dialog.js')));

/** What can be done with a run as it stands. Resuming stands beside why it is paused. */
export function RunActions({
  run,
  status,
  retriable,
}: {
  readonly run: RunDetail;
  readonly status: string;
  /** How many failed and can be helped by a retry. */
  readonly retriable: number;
}): ReactElement {
  const going = !hasEnded(status) && run.cancelRequestedAt === null;
  return (
    <>
      <Opener icon="pause" offered={going && status !== 'PAUSED'} dialog={(close) => <PauseRunDialog runId={run.id} onClose={close} />}>
        <Trans>Pause</Trans>
      </Opener>
      <Opener icon="cross" look="danger" offered={going} dialog={(close) => <CancelRunDialog run={run} onClose={close} />}>
        <Trans>Cancel</Trans>
      </Opener>
      {retriable > 0 && <OpenRetry runId={run.id} failed={retriable} whole />}
    </>
  );
}
