import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import type { Progress } from '../runs/run-line.js';
import { useProgress } from '../runs/use-progress.js';

const CANCEL = graphql(`
  mutation CancelRun($runId: UUID!, $reason: String) {
    cancelRun(runId: $runId, reason: $reason) {
      __typename
      ... on RunChanged {
        run {
          id
          status
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Cancels a run for good. Says who would be left without advice. */
export default function CancelRunDialog({
  run,
  onClose,
}: {
  readonly run: { readonly id: string; readonly progress: Progress };
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { count } = useWords();
  const { roster, done, generated } = useProgress(run.id, run.progress);
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(CANCEL);
  const send = async (): Promise<void> => {
    if ((await give({ runId: run.id, ...(reason && { reason }) })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Cancel the run`}
      lead={
        roster === null ? (
          <Trans>No patient will get advice from this run. It cannot be taken back; a new run can be made.</Trans>
        ) : (
          <Trans>
            Patients whose turn has not come get no advice from this run: <b>{count(roster - done)}</b>. What was written stays:{' '}
            {count(generated)}. It cannot be taken back; a retry can cover the rest.
          </Trans>
        )
      }
      submit={t`Cancel the run`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
