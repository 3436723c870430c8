import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { OrderButton } from '../../orders/order-button.js';
import { Icon } from '../../parts/icons.js';
import type { SCHEDULES } from './schedule-query.js';

const SYNC = graphql(`
  mutation Sync {
    syncSchedules {
      __typename
      ... on SchedulesSynced {
        added
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Says where the job store does not hold what the schedules say, and puts it right. */
export function Drift({ status }: { readonly status: ResultOf<typeof SCHEDULES>['scheduleStatus'] }): ReactElement | null {
  const { jobStore, drift } = status;
  if (!jobStore.ok)
    return (
      <p className="notice warn">
        <Icon name="failures" size={18} />
        <Trans>The job store does not answer. Times still come due, some seconds late; it is put right when it is back.</Trans>
      </p>
    );
  const wrong = [drift?.missing, drift?.extra, drift?.different].reduce((sum, names) => sum + (names?.length ?? 0), 0);
  if (wrong === 0) return null;
  return (
    <div className="notice warn halt">
      <Icon name="failures" size={18} />
      <div>
        <Trans>
          <Plural value={wrong} one="# job is" other="# jobs are" /> not as the schedules say. The service puts that right within minutes;
          so does the button.
        </Trans>
      </div>
      <OrderButton mutation={SYNC} variables={{}} icon="retry">
        <Trans>Put it right now</Trans>
      </OrderButton>
    </div>
  );
}
