import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { stir } from '../graphql/live.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Actor } from '../parts/actor.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { Icon } from '../parts/icons.js';
import { Time } from '../parts/time.js';
import type { Rollout } from '../screens/system/rollout-query.js';

const STOP = graphql(`
  mutation StopRollout($id: UUID!, $reason: String!) {
    stopRollout(id: $id, reason: $reason) {
      __typename
      ... on RolloutAccepted {
        rollout {
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

/** Stops a rollout, after saying whose advice changes with it. Says so where it was stopped meanwhile. */
export default function StopRolloutDialog({ rollout, onClose }: { readonly rollout: Rollout; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(STOP);
  const { id, program, status, sharePercent, inForce } = rollout;
  const what = name('ProgramName', program);
  const isOver = status === 'STOPPED';
  const send = async (): Promise<void> => {
    if ((await give({ id, reason })) !== undefined) onClose();
    else stir('order'); // what is shown of it may be old
  };
  return (
    <FormDialog
      danger
      title={t`Stop the rollout: ${what}`}
      lead={
        <>
          <p>
            <Trans>
              From the next part of any run on, the {sharePercent} % of the patients who have the candidate get the version in force again:{' '}
              <b>{inForce.model ?? name('GeneratorName', inForce.generator)}</b>, {inForce.promptVersion ?? ''} {inForce.vocabulary}. What
              was written stays. A stopped rollout does not go on; another one can be started.
            </Trans>
          </p>
          {status === 'PROMOTED' && (
            <p>
              <Trans>It was given to all patients: move the settings of the candidate to the usual names first, or all lose it.</Trans>
            </p>
          )}
        </>
      }
      submit={t`Stop the rollout`}
      disabled={isOver || reason.trim() === ''}
      onSubmit={() => void send()}
      refusal={isOver ? undefined : refusal}
      {...{ onClose, busy }}
    >
      {isOver ? <Over rollout={rollout} /> : <ReasonField value={reason} onChange={setReason} most={500} required />}
    </FormDialog>
  );
}

/** That nothing is left to do, and who did it. */
function Over({ rollout: { stoppedAt, endedBy } }: { readonly rollout: Rollout }): ReactElement {
  return (
    <p className="notice live" role="status">
      <Icon name="check" size={18} />
      <span>
        <Trans>It was stopped meanwhile. Nothing is left to do.</Trans> {stoppedAt !== null && <Time at={stoppedAt} />}{' '}
        {endedBy !== null && <Actor actor={endedBy} />}
      </span>
    </p>
  );
}
