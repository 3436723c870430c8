import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { Opener } from './opener.js';

const RetryDialog = lazy(() => import('./retry-dialog.js'));

/** Opens the dialog that repeats users of a run: those who failed, or those that the reasons name. */
export function OpenRetry(props: { readonly runId: string; readonly failed: number; readonly reasons?: readonly string[] }): ReactElement {
  return (
    <Opener icon="retry" look="primary" dialog={(close) => <RetryDialog {...props} onClose={close} />}>
      <Trans>Retry these</Trans>
    </Opener>
  );
}
