import { Plural, Trans } from '@lingui/react/macro';
import { type ReactElement, useEffect, useState } from 'react';
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

type Status = ResultOf<typeof SCHEDULES>['scheduleStatus'];

/** How long drift may last before it is told: the jobs follow each change of a schedule within a moment, and that is nothing to look at. It is asked for again meanwhile. */
export const SOON_MS = 3_000;

/** How many jobs are not as the schedules say. */
export function driftOf({ drift }: Status): number {
  return [drift?.missing, drift?.extra, drift?.different].reduce((sum, names) => sum + (names?.length ?? 0), 0);
}

/** Says where the job store does not hold what the schedules say, and puts it right. */
export function Drift({ status }: { readonly status: Status }): ReactElement | null {
  const { jobStore } = status;
  const wrong = driftOf(status);
  const isWrong = wrong > 0;
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isWrong) return undefined;
    const timer = setTimeout(() => setLasting(true), 2 * SOON_MS);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [isWrong]);
  if (!jobStore.ok)
    return (
      <p className="notice warn">
        <Icon name="failures" size={18} />
        <Trans>The job store does not answer. Times still come due, some seconds late; it is put right when it is back.</Trans>
      </p>
    );
  if (!isWrong || !isLasting) return null;
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
