import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const WITHDRAW = graphql(`
  mutation WithdrawSignatures($ids: [ID!]!, $reason: String) {
    withdrawSignatures(ids: $ids, reason: $reason) {
      __typename
      ... on SignaturesChanged {
        changed
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Withdraws signatures, with why. */
export default function WithdrawDialog(props: {
  readonly ids: readonly string[];
  readonly onDone: (changed: number) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { ids, onDone, onClose } = props;
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(WITHDRAW);
  const send = async (): Promise<void> => {
    const done = await give({ ids: [...ids], ...(reason.trim() !== '' && { reason }) });
    if (done === undefined) return;
    onDone(done.changed);
    onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Withdraw these signatures?`}
      lead={
        <Trans>
          Where advice is made of signed words alone, none is written with these rows from that moment on. Saved advice stays as it is.
        </Trans>
      }
      submit={t`Withdraw`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <p className="mono">{ids.join(', ')}</p>
      <ReasonField value={reason} onChange={setReason} most={500} />
    </FormDialog>
  );
}
