import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { EventWords } from '../../parts/event-words.js';
import { Pager } from '../../parts/pager.js';
import { usePages } from '../../parts/use-pages.js';
import { RunState, StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { Fact } from '../run/figures.js';
import { ScheduleActions } from './schedule-actions.js';
import { BEAT_MS, ONE_SCHEDULE, type Schedule, type ScheduleWithEvents } from './schedule-query.js';
import { ScheduleState } from './schedules.js';
import '../../style/screens.css';

/** A schedule: what it is set to, its times gone and coming, and who did what to it. */
export function ScheduleScreen(): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const { id } = useParams({ from: '/schedules/$id' });
  const [pages, turn] = usePages('history');
  const after = pages.at(-1);
  const variables = { id, language: language === 'ko' ? 'KO' : 'EN', ...(after !== undefined && { after }) } as const;
  const answer = useLive(ONE_SCHEDULE, variables, { runs: true, everyMs: BEAT_MS });
  const schedule = answer.data?.schedule;
  if (schedule == null)
    return (
      <Page title={t`Schedule`}>
        <Answer of={answer}>
          {() => (
            <Card>
              <Empty icon="search" title={<Trans>There is no schedule with this id.</Trans>} />
            </Card>
          )}
        </Answer>
      </Page>
    );
  return (
    <Page
      title={schedule.name}
      lead={
        <>
          <ScheduleState schedule={schedule} /> {language === 'ko' ? schedule.descriptionKo : schedule.description}
        </>
      }
      actions={<ScheduleActions schedule={schedule} all />}
    >
      {schedule.status === 'PAUSED' && (
        <p className="notice warn halt">
          <Trans>It is paused: nothing comes due until an operator resumes it.</Trans>{' '}
          {schedule.pausedReason !== null && <b>“{schedule.pausedReason}”</b>}
        </p>
      )}
      <div className="columns">
        <div className="stack">
          <Card title={<Trans>Times</Trans>}>
            <Slots schedule={schedule} />
          </Card>
          <Card title={<Trans>Who did what</Trans>}>
            <History events={schedule.events.nodes} />
            <Pager pages={pages} pageInfo={schedule.events.pageInfo} onPages={turn} label={t`Pages of the history`} />
          </Card>
        </div>
        <Settings schedule={schedule} />
      </div>
    </Page>
  );
}

function Slots({ schedule }: { readonly schedule: ScheduleWithEvents }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const { timeZone } = schedule;
  return (
    <ul className="lines slots">
      {schedule.nextSlots
        .slice(0, 5)
        .toReversed()
        .map(({ at, notes }) => (
          <li key={at}>
            <Time at={at} zone={timeZone} />
            <StateTag tone="live" icon="clock">
              <Trans>coming</Trans>
            </StateTag>
            <span className="soft">{notes.map(({ code }) => name('SlotNoteCode', code)).join(' ')}</span>
          </li>
        ))}
      {schedule.slots.nodes.map((slot) => (
        <li key={slot.scheduledFor}>
          <Time at={slot.scheduledFor} zone={timeZone} />
          <StateTag tone={slot.fired ? 'good' : 'warn'}>{slot.fired ? <Trans>ran</Trans> : <Trans>skipped</Trans>}</StateTag>
          {slot.reason !== null && (
            <span>
              {name('SlotSkipReason', slot.reason)}
              {slot.count !== null && slot.count > 1 && <span className="soft"> {t`(${count(slot.count)} times)`}</span>}
            </span>
          )}
          {slot.run !== null && (
            <Link to="/runs/$runId" params={{ runId: slot.run.id }}>
              <RunState status={slot.run.status} />
            </Link>
          )}
        </li>
      ))}
      {schedule.slots.nodes.length + schedule.nextSlots.length === 0 && <Empty title={<Trans>No time has come due yet.</Trans>} />}
    </ul>
  );
}

function History({ events }: { readonly events: ScheduleWithEvents['events']['nodes'] }): ReactElement {
  return (
    <ol className="events">
      {events.map((event) => (
        <li key={event.cursor}>
          <Time at={event.recordedAt} style="full" />
          <EventWords event={event} />
        </li>
      ))}
    </ol>
  );
}

function Settings({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const skipped = schedule.skippedSlots.reduce((sum, { slots }) => sum + slots, 0);
  return (
    <Card title={<Trans>Settings</Trans>}>
      <dl className="facts">
        <Fact name={t`Program`}>{name('ProgramName', schedule.program)}</Fact>
        <Fact name={t`Written by`}>{schedule.generator === null ? t`As configured` : name('GeneratorName', schedule.generator)}</Fact>
        <Fact name={t`Cadence`}>
          {name('Frequency', schedule.frequency)} {schedule.frequency === 'CRON' && <span className="mono soft">{schedule.cron}</span>}
        </Fact>
        <Fact name={t`Time zone`}>{schedule.timeZone}</Fact>
        <Fact name={t`To be there by`}>{schedule.readyBy ?? t`no time`}</Fact>
        <Fact name={t`Missed times`}>
          {name('CatchUpPolicy', schedule.catchUp.policy)}
          {schedule.catchUp.policy !== 'SKIP' && (
            <small className="soft"> {t`within ${plural(schedule.catchUp.windowHours, { one: '# hour', other: '# hours' })}`}</small>
          )}
        </Fact>
        <Fact name={t`While a run goes on`}>{name('OverlapPolicy', schedule.overlap)}</Fact>
        <Fact
          name={t`So far`}
        >{t`ran ${plural(schedule.firedSlots, { one: '# time', other: '# times' })}, skipped ${count(skipped)}`}</Fact>
        <Fact name={t`Made`}>
          <Time at={schedule.createdAt} />{' '}
          <span className="soft">
            <Actor actor={schedule.createdBy} />
          </span>
        </Fact>
      </dl>
    </Card>
  );
}
