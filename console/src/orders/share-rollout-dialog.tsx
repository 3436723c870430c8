import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import type { Rollout } from '../screens/system/rollout-query.js';
import { isShare } from './rollout-fields.js';
import { ShareField } from './share-field.js';

const SHARE = graphql(`
  mutation ChangeRolloutShare($id: UUID!, $sharePercent: Int!, $reason: String) {
    changeRolloutShare(id: $id, sharePercent: $sharePercent, reason: $reason) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Gives a larger or smaller share of the patients the candidate, after saying whose advice changes. */
export default function ShareRolloutDialog({
  rollout,
  onClose,
}: {
  readonly rollout: Rollout;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { id, program, sharePercent } = rollout;
  const [share, setShare] = useState(String(sharePercent));
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(SHARE);
  const what = name('ProgramName', program);
  const send = async (): Promise<void> => {
    if ((await give({ id, sharePercent: Number(share), ...(reason.trim() !== '' && { reason }) })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`Change the share: ${what}`}
      lead={
        <Trans>
          It is {sharePercent} % of the patients now. A larger share adds patients, and those who have the candidate keep it. A smaller
          share gives some of them the version in force again. It holds from the next part of any run on.
        </Trans>
      }
      submit={t`Change the share`}
      disabled={!isShare(share) || Number(share) === sharePercent}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ShareField value={share} onChange={setShare} />
      <ReasonField value={reason} onChange={setReason} most={500} />
    </FormDialog>
  );
}
