import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { newKey, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const RETRY = graphql(`
  mutation Retry($input: RetryRunInput!) {
    retryRun(input: $input) {
      __typename
      ... on RunBatchAccepted {
        run {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Repeats users of a run that has ended: those who failed, or those whose reasons are named. Leads to the new run. */
export default function RetryDialog(props: {
  readonly runId: string;
  readonly failed: number;
  readonly reasons?: readonly string[];
  readonly onClose: () => void;
}): ReactElement {
  const { runId, failed, reasons, onClose } = props;
  const { t } = useLingui();
  const { words } = useWords();
  const navigate = useNavigate();
  const [idempotencyKey] = useState(newKey);
  const [reason, setReason] = useState('');
  const [withoutSchedule, setWithoutSchedule] = useState('');
  const { busy, refusal, give } = useOrder(RETRY);
  const send = async (): Promise<void> => {
    const input = {
      runId,
      idempotencyKey,
      ...(reasons && { reasons: [...reasons] }),
      ...(reason && { reason }),
      ...(withoutSchedule && { withoutSchedule }),
    };
    const done = await give({ input });
    if (done === undefined) return;
    onClose();
    await navigate({ to: '/runs/$runId', params: { runId: done.run.id } });
  };
  const names = reasons?.map(
    (each) => [words('FailureCode', each), words('SkipReason', each)].find(({ name }) => name !== each)?.name ?? each,
  );
  return (
    <FormDialog
      title={t`Retry ${plural(failed, { one: '# patient', other: '# patients' })}`}
      lead={
        names === undefined ? (
          <Trans>A new run is made for the failed patients, for the same program and day. No other patient is touched.</Trans>
        ) : (
          <Trans>A new run is made for those with “{names.join(', ')}”, for the same program and day. No other patient is touched.</Trans>
        )
      }
      submit={t`Retry`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <ReasonField value={reason} onChange={setReason} />
      {refusal?.code === 'NO_ACTIVE_SCHEDULE' && (
        <ReasonField
          value={withoutSchedule}
          onChange={setWithoutSchedule}
          required
          label={t`Why it shall run without an active schedule`}
        />
      )}
    </FormDialog>
  );
}
