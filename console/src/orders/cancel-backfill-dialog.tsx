import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const CANCEL = graphql(`
  mutation CancelBackfill($id: UUID!, $reason: String) {
    cancelBackfill(id: $id, reason: $reason) {
      __typename
      ... on BackfillAccepted {
        backfill {
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

/** Cancels a backfill; says which days will not be run. */
export default function CancelBackfillDialog(props: {
  readonly backfill: { readonly id: string; readonly dates: readonly { readonly status: string }[] };
  readonly onClose: () => void;
}): ReactElement {
  const { backfill, onClose } = props;
  const { t } = useLingui();
  const { count } = useWords();
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(CANCEL);
  const waiting = backfill.dates.filter(({ status }) => status === 'WAITING').length;
  const running = backfill.dates.filter(({ status }) => status === 'RUNNING').length;
  const send = async (): Promise<void> => {
    if ((await give({ id: backfill.id, ...(reason && { reason }) })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Cancel the backfill`}
      lead={
        <Trans>
          <b>
            <Plural value={waiting} one="# day is" other="# days are" />
          </b>{' '}
          not run, and {count(running)} that are running are cancelled. What was written stays. It cannot be taken back; a new backfill can
          be made.
        </Trans>
      }
      submit={t`Cancel the backfill`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
