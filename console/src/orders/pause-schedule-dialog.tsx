import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { Time } from '../parts/time.js';

const PAUSE = graphql(`
  mutation PauseSchedule($id: UUID!, $reason: String!, $expectedVersion: Int) {
    pauseSchedule(id: $id, reason: $reason, expectedVersion: $expectedVersion) {
      __typename
      ... on ScheduleAccepted {
        schedule {
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

/** Pauses a schedule, with why; says which times will not run. */
export default function PauseScheduleDialog(props: {
  readonly schedule: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly timeZone: string;
    readonly nextSlots: readonly { readonly at: string }[];
  };
  readonly onClose: () => void;
}): ReactElement {
  const { onClose } = props;
  const [schedule] = useState(props.schedule); // as it was looked at: what another operator changed meanwhile is looked at first
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(PAUSE);
  const [next] = schedule.nextSlots;
  const send = async (): Promise<void> => {
    if ((await give({ id: schedule.id, reason, expectedVersion: schedule.version })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`Pause “${schedule.name}”`}
      lead={
        <>
          <p>
            <Trans>
              Nothing comes due until an operator resumes it. Times of the pause are never made up for; those days can be run by hand or as
              a backfill. A run that has begun goes on.
            </Trans>
          </p>
          {next !== undefined && (
            <p>
              <Trans>
                The first time that will not run: <Time at={next.at} zone={schedule.timeZone} />.
              </Trans>
            </p>
          )}
        </>
      }
      submit={t`Pause`}
      disabled={reason.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} required most={500} />
    </FormDialog>
  );
}
