import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog } from '../parts/dialog.js';

const INIT = graphql(`
  mutation Init($force: Boolean!) {
    initSchedules(force: $force) {
      __typename
      ... on SchedulesInitialized {
        created {
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

/** Makes the default schedule; where there are others it deletes them first, and says so. */
export default function InitDialog({ existing, onClose }: { readonly existing: number; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { busy, refusal, give } = useOrder(INIT);
  const send = async (): Promise<void> => {
    if ((await give({ force: existing > 0 })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger={existing > 0}
      title={t`The default schedule`}
      lead={
        <>
          <p>
            <Trans>“일일 중재 권고사항 생성”, daily at 09:00 in Seoul.</Trans>
          </p>
          {existing > 0 && (
            <p>
              <b>
                <Trans>
                  <Plural
                    value={existing}
                    one="The # schedule that is there is deleted for good."
                    other="The # schedules that are there are deleted for good."
                  />
                </Trans>
              </b>{' '}
              <Trans>Their runs and their history stay.</Trans>
            </p>
          )}
        </>
      }
      submit={existing > 0 ? t`Delete all and make it` : t`Make it`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
