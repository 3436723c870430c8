import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import type { Rollout } from '../screens/system/rollout-query.js';

const PROMOTE = graphql(`
  mutation PromoteRollout($id: UUID!, $reason: String) {
    promoteRollout(id: $id, reason: $reason) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Gives all patients the candidate, after saying what that is and what is left to do. */
export default function PromoteRolloutDialog({
  rollout,
  onClose,
}: {
  readonly rollout: Rollout;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(PROMOTE);
  const { id, program, candidate } = rollout;
  const what = name('ProgramName', program);
  const send = async (): Promise<void> => {
    if ((await give({ id, ...(reason.trim() !== '' && { reason }) })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`Give it to all patients: ${what}`}
      lead={
        <>
          <p>
            <Trans>
              From the next part of any run on, all patients get their advice from the candidate:{' '}
              <b>{candidate.model ?? name('GeneratorName', candidate.generator)}</b>, {candidate.promptVersion ?? ''} {candidate.vocabulary}
              . It is watched on, and can still be stopped.
            </Trans>
          </p>
          <p>
            <Trans>
              Afterwards move the settings of the candidate to the usual names, start all processes again, and stop the rollout here.
            </Trans>
          </p>
        </>
      }
      submit={t`Give it to all`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} most={500} />
    </FormDialog>
  );
}
