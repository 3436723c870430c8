import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { Opener } from '../../orders/opener.js';
import { ResumeSchedule } from '../../orders/resume-schedule.js';
import type { Schedule } from './schedule-query.js';

const ScheduleFormDialog = lazy(withTexts(() => import('../../orders/schedule-form-dialog.js')));
const PauseScheduleDialog = lazy(withTexts(() => import('../../orders/pause-schedule-dialog.js')));
const DeleteScheduleDialog = lazy(withTexts(() => import('../../orders/delete-schedule-dialog.js')));

/** What can be done with a schedule as it stands. */
export function ScheduleActions({ schedule, all = false }: { readonly schedule: Schedule; readonly all?: boolean }): ReactElement | null {
  if (schedule.status === 'DELETED') return null;
  return (
    <>
      {schedule.status === 'PAUSED' && <ResumeSchedule id={schedule.id} name={schedule.name} />}
      <Opener
        icon="pause"
        offered={schedule.status !== 'PAUSED'}
        dialog={(close) => <PauseScheduleDialog schedule={schedule} onClose={close} />}
      >
        <Trans>Pause</Trans>
      </Opener>
      <Opener dialog={(close) => <ScheduleFormDialog schedule={schedule} onClose={close} />}>
        <Trans>Change</Trans>
      </Opener>
      {all && (
        <Opener look="danger" role="admin" dialog={(close) => <DeleteScheduleDialog schedule={schedule} onClose={close} />}>
          <Trans>Delete</Trans>
        </Opener>
      )}
    </>
  );
}
