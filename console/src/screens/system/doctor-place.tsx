import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

const SCHEDULES = ['SCHEDULES', 'AFTER_RESTORE_JOBS', 'AFTER_RESTORE_SLOTS'];
const RUNS = ['RUNS', 'WORKERS_AND_RUNS', 'AFTER_RESTORE_RUNS', 'AFTER_RESTORE_IBSAFE_AND_LOG'];
const ALERTS = ['ALERTS', 'AFTER_RESTORE_ALERTS'];

/** Where the console has a button for what the doctor advises: its command is for a terminal. Nothing where it has none. */
export function DoctorPlace({ code }: { readonly code: string }): ReactElement | null {
  if (SCHEDULES.includes(code))
    return (
      <p className="soft">
        <Trans>
          In the console: <Link to="/schedules">Schedules</Link>, where they are made, resumed and brought in step with the job store.
        </Trans>
      </p>
    );
  if (RUNS.includes(code))
    return (
      <p className="soft">
        <Trans>
          In the console: <Link to="/runs">Runs</Link>, where they are resumed, cancelled and retried.
        </Trans>
      </p>
    );
  if (ALERTS.includes(code))
    return (
      <p className="soft">
        <Trans>
          In the console: <Link to="/alerts">Alerts</Link>, where channels are tested and alerts silenced.
        </Trans>
      </p>
    );
  if (code === 'WORDS_OF_THE_ADVICE')
    return (
      <p className="soft">
        <Trans>In the console a reviewer signs, under “Review”, “Signing”.</Trans>
      </p>
    );
  if (code === 'RETENTION')
    return (
      <p className="soft">
        <Trans>On this page: the part “Retention” lets months go.</Trans>
      </p>
    );
  if (code === 'DELETED_ACCOUNTS')
    return (
      <p className="soft">
        <Trans>On this page: the part “Deleted accounts” leads to each person’s erasure.</Trans>
      </p>
    );
  return null;
}
