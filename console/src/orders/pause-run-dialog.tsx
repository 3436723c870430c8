import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const PAUSE = graphql(`
  mutation PauseRun($runId: UUID!, $reason: String!) {
    pauseRun(runId: $runId, reason: $reason) {
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

/** Pauses a run, with why. */
export default function PauseRunDialog({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(PAUSE);
  const send = async (): Promise<void> => {
    if ((await give({ runId, reason })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`Pause the run`}
      lead={<Trans>What is being written is finished; nothing more begins until an operator resumes it. Nothing is lost.</Trans>}
      submit={t`Pause`}
      disabled={reason.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} required />
    </FormDialog>
  );
}
