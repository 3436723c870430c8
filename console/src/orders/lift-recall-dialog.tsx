import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const LIFT = graphql(`
  mutation LiftRecall($id: UUID!, $reason: String) {
    liftRecall(id: $id, reason: $reason) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Lifts a recall, after saying what may be in advice again, and with why. @param what the name of what was recalled */
export default function LiftRecallDialog(props: {
  readonly recall: { readonly id: string; readonly allergen: boolean };
  readonly what: string;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { recall, what, onClose } = props;
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(LIFT);
  const send = async (): Promise<void> => {
    if ((await give({ id: recall.id, reason })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Lift the recall: ${what}`}
      lead={
        <>
          <p>
            <Trans>
              Advice that is written from then on may hold <b>{what}</b> again, for any patient. Rows that were written anew stay as they
              are. It can be recalled again.
            </Trans>
          </p>
          {recall.allergen && (
            <p className="notice warn">
              <Trans>It was recalled for an allergen. Lift it only once its ingredients were looked at.</Trans>
            </p>
          )}
        </>
      }
      submit={t`Lift the recall`}
      disabled={reason.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} required most={500} />
    </FormDialog>
  );
}
