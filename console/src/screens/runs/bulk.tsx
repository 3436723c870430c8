import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { hasEnded, type RunLine } from '../../runs/run-line.js';

const BulkDialog = lazy(withTexts(() => import('../../orders/bulk-dialog.js')));

/** What can be done with the runs that were chosen, each where it can be done; nothing while none is. */
export function Bulk({ runs, onDone }: { readonly runs: readonly RunLine[]; readonly onDone: () => void }): ReactElement | null {
  const { count } = useWords();
  if (runs.length === 0) return null;
  const open = runs.filter((run) => !hasEnded(run.status) && run.cancelRequestedAt === null);
  const failed = runs.filter((run) => hasEnded(run.status) && run.progress.failed > 0 && !run.dryRun);
  return (
    <div className="bulk" role="status">
      <b>
        <Trans>{count(runs.length)} runs chosen</Trans>
      </b>
      {failed.length > 0 && (
        <Opener icon="retry" dialog={(close) => <BulkDialog what="retry" runs={failed} onClose={close} onDone={onDone} />}>
          <Trans>Retry the failed of {count(failed.length)} runs</Trans>
        </Opener>
      )}
      {open.length > 0 && (
        <Opener icon="cross" look="danger" dialog={(close) => <BulkDialog what="cancel" runs={open} onClose={close} onDone={onDone} />}>
          <Trans>Cancel {count(open.length)} runs</Trans>
        </Opener>
      )}
      {failed.length + open.length === 0 && (
        <span className="soft">
          <Trans>Nothing can be retried or cancelled among these.</Trans>
        </span>
      )}
    </div>
  );
}
