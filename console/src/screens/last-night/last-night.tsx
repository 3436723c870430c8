import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useCallback } from 'react';
import { useClient } from 'urql';
import { useAlertNews } from '../../graphql/use-alert-news.js';
import { useLive } from '../../graphql/use-live.js';
import { type Further, type Rest, useRest } from '../../graphql/use-rest.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { Answer, Card, Empty, Failed, Loading, Page } from '../../parts/page.js';
import { addDays, Time } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { RunCard } from '../../runs/run-card.js';
import { FindingRow } from './finding-row.js';
import { judge, type Judged } from './findings.js';
import { FURTHER_SCHEDULES, type Night, NIGHT, type NightSchedule } from './night-query.js';
import { type Amiss, useReadiness } from './readiness.js';
import { Verdict } from './verdict.js';
import { PROGRAMS, recordDateOf } from '../../parts/programs.js';

/** Below all others, and so fetched behind what the first look is for. */
const BesideUsual = lazy(withTexts(() => import('./beside-usual.js')));

/** Is everything well, and is an operator needed? In a sentence and a colour; below it, what is amiss with the button that helps, and the runs. */
export function LastNight(): ReactElement {
  const { t } = useLingui();
  const today = useToday();
  const language = useWords().language === 'ko' ? 'KO' : 'EN';
  useAlertNews();
  const variables = { since: addDays(today, -1), usualFrom: addDays(today, -29), to: today, language } as const;
  const night = useLive(NIGHT, variables, { runs: true, alerts: true, everyMs: 60_000 });
  const amiss = useReadiness();
  const further = useFurtherSchedules(night.data?.schedules, language);
  return (
    <Page title={t`Last night`} actions={<OpenRunNow />}>
      <Answer of={night} lines={8}>
        {(data) =>
          further.isWhole ? (
            <Whole night={withSchedules(data, further.nodes)} today={today} amiss={amiss} />
          ) : further.error === undefined ? (
            <Loading lines={8} />
          ) : (
            <Failed error={further.error} again={night.refresh} />
          )
        }
      </Answer>
    </Page>
  );
}

/** The schedules that the first page leaves out: one that runs tonight may be older than a hundred others. */
function useFurtherSchedules(first: Night['schedules'] | undefined, language: 'KO' | 'EN'): Rest<NightSchedule> {
  const client = useClient();
  const ask = useCallback(
    async (after: string): Promise<Further<NightSchedule>> => {
      const { data, error } = await client.query(FURTHER_SCHEDULES, { after, language }, { requestPolicy: 'network-only' }).toPromise();
      return { page: data?.schedules, error };
    },
    [client, language],
  );
  return useRest(first, ask);
}

function withSchedules(night: Night, further: readonly NightSchedule[]): Night {
  return further.length === 0 ? night : { ...night, schedules: { ...night.schedules, nodes: [...night.schedules.nodes, ...further] } };
}

function Whole({ night, today, amiss }: { readonly night: Night; readonly today: string; readonly amiss: readonly Amiss[] }): ReactElement {
  const { t } = useLingui();
  const judged = judge(night, today, amiss);
  return (
    <>
      <Verdict judged={judged} next={nextOf(night.schedules.nodes)} />
      {judged.findings.length > 0 && (
        <section aria-label={t`What to look at`}>
          <ul className="findings">
            {judged.findings.map((finding) => (
              <FindingRow key={keyOf(finding)} finding={finding} today={today} />
            ))}
          </ul>
        </section>
      )}
      <div className="columns">
        <section className="stack" aria-labelledby="night-runs">
          <h2 id="night-runs">
            <Trans>Runs of the night</Trans>
          </h2>
          {judged.runs.map((run) => (
            <RunCard key={run.id} run={run} />
          ))}
          {judged.runs.length === 0 && (
            <Card>
              <Empty icon="night" title={<Trans>Nothing has run for last night yet.</Trans>} />
            </Card>
          )}
          {judged.open.length > 0 && (
            <h2>
              <Trans>Still open, of other days</Trans>
            </h2>
          )}
          {judged.open.map((run) => (
            <RunCard key={run.id} run={run} />
          ))}
        </section>
        <div className="stack">
          <Firing alerts={night.alerts.nodes} />
          <Coming schedules={night.schedules.nodes} />
          <Suspense>
            {PROGRAMS.map((program) => (
              <BesideUsual
                key={program}
                program={program}
                lastNight={recordDateOf(program, today)}
                nights={night.nights.filter((each) => each.program === program)}
              />
            ))}
          </Suspense>
        </div>
      </div>
    </>
  );
}

function keyOf(finding: Judged['findings'][number]): string {
  if ('run' in finding) return finding.kind + finding.run.id;
  if ('schedule' in finding) return finding.kind + finding.schedule.id;
  if (finding.kind === 'late') return `late ${finding.night.program}`;
  if (finding.kind === 'alert') return finding.alert.id;
  if (finding.kind === 'readiness') return finding.amiss.code;
  return finding.kind === 'system' ? finding.what : finding.kind;
}

const nextOf = (schedules: readonly NightSchedule[]): string | undefined =>
  schedules.flatMap(({ nextSlots }) => nextSlots.map(({ at }) => at)).toSorted()[0];

/** How many alerts fire, and how many of them are silenced. */
function Firing({ alerts }: { readonly alerts: Night['alerts']['nodes'] }): ReactElement {
  const { count } = useWords();
  const silenced = alerts.filter((alert) => alert.silenced).length;
  return (
    <Card
      title={<Trans>Alerts</Trans>}
      aside={
        <Link to="/alerts">
          <Trans>All alerts</Trans>
        </Link>
      }
    >
      <p className={alerts.length > silenced ? 'warned' : 'soft'}>
        {alerts.length === 0 ? <Trans>Nothing is firing.</Trans> : <Trans>{count(alerts.length)} firing.</Trans>}{' '}
        {silenced > 0 && <Trans>{count(silenced)} of them silenced.</Trans>}
      </p>
    </Card>
  );
}

function Coming({ schedules }: { readonly schedules: readonly NightSchedule[] }): ReactElement {
  const { name } = useWords();
  const coming = schedules
    .flatMap((schedule) => schedule.nextSlots.map(({ at }) => ({ at, schedule })))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, 6);
  return (
    <Card
      title={<Trans>Next times</Trans>}
      aside={
        <Link to="/schedules">
          <Trans>Schedules</Trans>
        </Link>
      }
      className="coming"
    >
      {coming.length === 0 ? (
        <Empty icon="schedules" title={<Trans>Nothing is due: no schedule is active.</Trans>} />
      ) : (
        <ul className="lines">
          {coming.map(({ at, schedule }) => (
            <li key={schedule.id + at}>
              <Time at={at} zone={schedule.timeZone} />
              <span>
                {schedule.name}
                <small className="soft block">{name('ProgramName', schedule.program)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
