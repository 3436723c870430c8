import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { usePages } from '../../parts/use-pages.js';
import { Calendar } from './calendar.js';
import { Clashes } from './clashes.js';
import { Drift, driftOf, SOON_MS } from './drift.js';
import { ScheduleActions } from './schedule-actions.js';
import { BEAT_MS, type Schedule, SCHEDULES } from './schedule-query.js';
import '../../style/screens.css';

const ScheduleFormDialog = lazy(withTexts(() => import('../../orders/schedule-form-dialog.js')));
const InitDialog = lazy(withTexts(() => import('../../orders/init-dialog.js')));

/** When the batch runs by itself: a calendar of times, each schedule with what can be done, and whether the job store agrees. */
export function Schedules(): ReactElement {
  const { t } = useLingui();
  const language = useWords().language === 'ko' ? 'KO' : 'EN';
  const [pages, turn] = usePages('schedules');
  const after = pages.at(-1);
  const answer = useLive(
    SCHEDULES,
    { language, ...(after !== undefined && { after }) },
    { runs: true, everyMs: ({ scheduleStatus }) => (driftOf(scheduleStatus) > 0 ? SOON_MS : BEAT_MS) },
  );
  return (
    <Page
      title={t`Schedules`}
      lead={<Trans>When the batch runs by itself.</Trans>}
      actions={
        <Opener icon="plus" look="primary" dialog={(close) => <ScheduleFormDialog onClose={close} />}>
          <Trans>New schedule</Trans>
        </Opener>
      }
    >
      <Answer of={answer} lines={8}>
        {({ schedules, scheduleStatus }) => (
          <div className="stack">
            <Drift status={scheduleStatus} />
            <Clashes />
            {scheduleStatus.totalSchedules === 0 ? (
              <Card>
                <Empty icon="schedules" title={<Trans>There is no schedule: nothing runs by itself.</Trans>}>
                  <Opener icon="plus" dialog={(close) => <InitDialog existing={0} onClose={close} />}>
                    <Trans>Make the default one</Trans>
                  </Opener>
                </Empty>
              </Card>
            ) : (
              <>
                {schedules.nodes.map((schedule) => (
                  <ScheduleCard key={schedule.id} schedule={schedule} />
                ))}
                <Pager pages={pages} pageInfo={schedules.pageInfo} onPages={turn} label={t`Pages of schedules`} />
                <Card title={<Trans>Calendar</Trans>} aside={<Legend />}>
                  <Calendar />
                </Card>
                <p className="soft">
                  <Opener role="admin" dialog={(close) => <InitDialog existing={scheduleStatus.totalSchedules} onClose={close} />}>
                    <Trans>Back to the default schedule</Trans>
                  </Opener>
                </p>
              </>
            )}
          </div>
        )}
      </Answer>
    </Page>
  );
}

function ScheduleCard({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { language, name } = useWords();
  const [next] = schedule.nextSlots;
  return (
    <article className="card schedule-card">
      <div>
        <h2>
          <Link to="/schedules/$id" params={{ id: schedule.id }}>
            {schedule.name}
          </Link>
        </h2>
        <p>{language === 'ko' ? schedule.descriptionKo : schedule.description}</p>
        <p className="soft">
          {name('ProgramName', schedule.program)}
          {next !== undefined && (
            <>
              {' · '}
              <Trans>
                Next: <Time at={next.at} zone={schedule.timeZone} />.
              </Trans>
            </>
          )}
        </p>
        {schedule.status === 'PAUSED' && schedule.pausedReason !== null && <p className="warned">“{schedule.pausedReason}”</p>}
      </div>
      <ScheduleState schedule={schedule} />
      <div className="actions">
        <ScheduleActions schedule={schedule} />
      </div>
    </article>
  );
}

/** A schedule’s state in a word. */
export function ScheduleState({ schedule }: { readonly schedule: Pick<Schedule, 'status'> }): ReactElement {
  const { name } = useWords();
  const tone = { ACTIVE: 'good', PAUSED: 'warn', DELETED: 'idle' } as const;
  return (
    <StateTag tone={tone[schedule.status]} {...(schedule.status === 'PAUSED' && { icon: 'pause' })}>
      {name('ScheduleStatus', schedule.status)}
    </StateTag>
  );
}

function Legend(): ReactElement {
  return (
    <span className="calendar-legend soft">
      <span className="mark fired">
        <Icon name="check" size={13} /> <Trans>ran</Trans>
      </span>
      <span className="mark skipped">
        <Icon name="cross" size={13} /> <Trans>skipped</Trans>
      </span>
      <span className="mark coming">
        <Icon name="clock" size={13} /> <Trans>coming</Trans>
      </span>
    </span>
  );
}
