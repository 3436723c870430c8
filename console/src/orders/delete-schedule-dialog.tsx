import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog } from '../parts/dialog.js';

const DELETE = graphql(`
  mutation DeleteSchedule($id: UUID!, $expectedVersion: Int!) {
    deleteSchedule(id: $id, expectedVersion: $expectedVersion) {
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

/** Deletes a schedule for good, after saying what that means. */
export default function DeleteScheduleDialog(props: {
  readonly schedule: { readonly id: string; readonly name: string; readonly version: number };
  readonly onClose: () => void;
}): ReactElement {
  const { onClose } = props;
  const [schedule] = useState(props.schedule); // as it was looked at: what another operator changed meanwhile is looked at first
  const { t } = useLingui();
  const navigate = useNavigate();
  const { busy, refusal, give } = useOrder(DELETE);
  const send = async (): Promise<void> => {
    if ((await give({ id: schedule.id, expectedVersion: schedule.version })) === undefined) return;
    onClose();
    await navigate({ to: '/schedules' });
  };
  return (
    <FormDialog
      danger
      title={t`Delete “${schedule.name}”`}
      lead={
        <Trans>
          It never runs again, and cannot be brought back. Its runs, its times and who did what stay. To stop it for a while, pause it
          instead.
        </Trans>
      }
      submit={t`Delete for good`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
