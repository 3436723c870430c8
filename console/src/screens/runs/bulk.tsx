import { Plural, Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { Opener } from '../../orders/opener.js';
import { hasEnded, type RunLine } from '../../runs/run-line.js';

const BulkDialog = lazy(withTexts(() => import('../../orders/bulk-dialog.js')));

/** What can be done with the runs that were chosen, each where it can be done; nothing while none is. A dialog stands, and tells how it went, when its runs have left the list. */
export function Bulk({ runs, onDone }: { readonly runs: readonly RunLine[]; readonly onDone: () => void }): ReactElement {
  const open = runs.filter((run) => !hasEnded(run.status) && run.cancelRequestedAt === null);
  const failed = runs.filter((run) => hasEnded(run.status) && run.progress.failed > 0 && !run.dryRun);
  return (
    <div className={runs.length === 0 ? undefined : 'bulk'} role="status">
      {runs.length > 0 && (
        <b>
          <Trans>
            <Plural value={runs.length} one="# run" other="# runs" /> chosen
          </Trans>
        </b>
      )}
      <Opener
        icon="retry"
        offered={failed.length > 0}
        dialog={(close) => <BulkDialog what="retry" runs={failed} onClose={close} onDone={onDone} />}
      >
        <Trans>
          Retry the failed of <Plural value={failed.length} one="# run" other="# runs" />
        </Trans>
      </Opener>
      <Opener
        icon="cross"
        look="danger"
        offered={open.length > 0}
        dialog={(close) => <BulkDialog what="cancel" runs={open} onClose={close} onDone={onDone} />}
      >
        <Trans>
          Cancel <Plural value={open.length} one="# run" other="# runs" />
        </Trans>
      </Opener>
      {runs.length > 0 && failed.length + open.length === 0 && (
        <span className="soft">
          <Trans>Nothing can be retried or cancelled among these.</Trans>
        </span>
      )}
    </div>
  );
}
