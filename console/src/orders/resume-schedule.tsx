import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { OrderButton } from './order-button.js';

const RESUME = graphql(`
  mutation ResumeSchedule($id: UUID!) {
    resumeSchedule(id: $id) {
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

/** Lets a paused schedule run by itself again. */
export function ResumeSchedule({ id, name }: { readonly id: string; readonly name: string }): ReactElement {
  const { t } = useLingui();
  return (
    <OrderButton mutation={RESUME} variables={{ id }} icon="play" primary label={t`Resume the schedule ${name}`}>
      <Trans>Resume</Trans>
    </OrderButton>
  );
}
