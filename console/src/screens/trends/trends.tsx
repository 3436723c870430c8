import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { addDays } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { ChartCard } from './chart-card.js';
import { type NightFigures, NIGHTS } from './nights-query.js';
import '../../style/screens.css';
import { PROGRAMS, FIRST_PROGRAM, recordDateOf, programSearch, type ProgramName } from '../../parts/programs.js';

const SPANS = [30, 90, 365] as const;

/** Seconds, minutes, hours and days, so that a mark is one figure with its unit and fits beside the scale. */
const STEPS_S = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800];

/** US$, so that a mark of two decimals is no rounded one. */
const CENTS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** Nights over a month, a quarter or a year: outcomes, reasons, time, coverage, and what a language model cost. */
export function Trends(): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { days = 30, program = FIRST_PROGRAM } = useSearch({ from: '/trends' });
  const navigate = useNavigate({ from: '/trends' });
  const today = useToday();
  const to = recordDateOf(program, today);
  const from = addDays(to, 1 - days);
  const answer = useLive(NIGHTS, { from, to, program }, { runs: true });
  const look = (next: { days: number; program: ProgramName }): void =>
    void navigate({
      search: { ...(next.days !== 30 && { days: next.days as 90 | 365 }), ...programSearch(next.program) },
      resetScroll: false,
    });
  return (
    <Page
      title={t`Trends`}
      actions={
        <>
          <Toggle
            label={t`Program`}
            value={program}
            options={PROGRAMS.map((value) => [value, name('ProgramName', value)])}
            onChange={(next) => look({ days, program: next })}
          />
          <Toggle
            label={t`Days`}
            value={String(days)}
            options={SPANS.map((span) => [String(span), t`${span} days`])}
            onChange={(next) => look({ days: Number(next), program })}
          />
        </>
      }
    >
      <Answer of={answer} lines={10}>
        {({ nights }) =>
          nights.length === 0 ? (
            <Card>
              <Empty icon="trends" title={<Trans>No night of this time has run.</Trans>} />
            </Card>
          ) : (
            <Charts nights={filled(nights, from, days)} />
          )
        }
      </Answer>
    </Page>
  );
}

type Night = NightFigures | { readonly recordDate: string };

/** Every day of a span, oldest first: one without a run that has ended has only its date. */
function filled(nights: readonly NightFigures[], from: string, days: number): Night[] {
  const byDate = new Map(nights.filter(({ runs, openRuns }) => runs > openRuns).map((night) => [night.recordDate, night]));
  return Array.from({ length: days }, (_, at) => byDate.get(addDays(from, at)) ?? { recordDate: addDays(from, at) });
}

function Charts({ nights }: { readonly nights: readonly Night[] }): ReactElement {
  const { t } = useLingui();
  const { count, duration, name, percent, words } = useWords();
  const dates = nights.map(({ recordDate }) => recordDate);
  const of = (read: (night: NightFigures) => number | null): (number | null)[] =>
    nights.map((night) => ('generated' in night ? read(night) : null));
  const reasonsOf = (key: 'skipReasons' | 'failures' | 'fallbacks', group: string) =>
    [...new Set(nights.flatMap((night) => ('generated' in night ? night[key].map(({ reason }) => reason) : [])))].map((reason) => ({
      name: words(group, reason).name,
      values: of((night) => night[key].find((each) => each.reason === reason)?.users ?? 0),
    }));
  const skipped = reasonsOf('skipReasons', 'SkipReason').map((series, at) => ({ ...series, colour: `--series-${at % 6}` }));
  const failures = reasonsOf('failures', 'FailureCode').map((series, at) => ({ ...series, colour: `--series-${at % 6}` }));
  const fallbacks = reasonsOf('fallbacks', 'FallbackReason').map((series, at) => ({ ...series, colour: `--series-${at % 6}` }));
  const usesModel = nights.some((night) => 'generated' in night && night.tokensIn + night.tokensOut > 0);
  const hasReadyBy = nights.some((night) => 'generated' in night && night.readyCoverage !== null);
  return (
    <div className="charts">
      <ChartCard
        title={t`Outcomes`}
        dates={dates}
        kind="stacked"
        format={count}
        series={[
          { name: name('OutcomeKind', 'GENERATED'), values: of((night) => night.generated), colour: '--fill-generated' },
          { name: name('Verdict', 'EXISTED'), values: of((night) => night.existed), colour: '--series-3' },
          { name: name('OutcomeKind', 'SKIPPED'), values: of((night) => night.skipped), colour: '--fill-skipped' },
          { name: name('OutcomeKind', 'FAILED'), values: of((night) => night.failed), colour: '--fill-failed' },
          { name: name('OutcomeKind', 'CANCELLED'), values: of((night) => night.cancelled), colour: '--fill-cancelled' },
        ].filter(({ values }, at) => at === 0 || values.some((value) => value !== null && value > 0))}
      />
      <ChartCard
        title={hasReadyBy ? t`Eligible patients with advice in time` : t`Eligible patients with advice`}
        dates={dates}
        kind="line"
        format={percent}
        most={1}
        series={[
          { name: t`Share`, values: of((night) => (hasReadyBy ? night.readyCoverage : night.coverage)), colour: '--fill-generated' },
        ]}
      />
      {skipped.length > 0 && <ChartCard title={t`Why patients were skipped`} dates={dates} kind="line" format={count} series={skipped} />}
      {failures.length > 0 && <ChartCard title={t`Why patients failed`} dates={dates} kind="stacked" format={count} series={failures} />}
      <ChartCard
        title={t`Time that a night took`}
        dates={dates}
        kind="line"
        format={(seconds) => duration(seconds * 1_000)}
        steps={STEPS_S}
        series={[{ name: t`Time`, values: of((night) => night.seconds), colour: '--series-0' }]}
      />
      <ChartCard
        title={t`Patients a second`}
        dates={dates}
        kind="line"
        format={(value) => count(Math.round(value))}
        series={[
          {
            name: t`Patients a second`,
            values: of((night) =>
              night.seconds > 0 ? (night.generated + night.existed + night.skipped + night.failed) / night.seconds : null,
            ),
            colour: '--series-1',
          },
        ]}
      />
      {usesModel && (
        <>
          <ChartCard
            title={t`Tokens`}
            dates={dates}
            kind="stacked"
            format={count}
            series={[
              { name: t`in`, values: of((night) => night.tokensIn), colour: '--series-0' },
              { name: t`out`, values: of((night) => night.tokensOut), colour: '--series-1' },
            ]}
          />
          <ChartCard
            title={t`Cost`}
            dates={dates}
            kind="line"
            format={(value) => `$${value.toFixed(2)}`}
            leastTop={0.05}
            steps={CENTS}
            series={[{ name: t`Cost`, values: of((night) => night.costUsd), colour: '--series-2' }]}
          />
        </>
      )}
      {fallbacks.length > 0 && <ChartCard title={t`The rules stood in`} dates={dates} kind="stacked" format={count} series={fallbacks} />}
    </div>
  );
}

function Toggle<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChange: (value: Value) => void;
}): ReactElement {
  const { label, value, options, onChange } = props;
  return (
    <div className="language" role="group" aria-label={label}>
      {options.map(([each, name]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>
          {name}
        </button>
      ))}
    </div>
  );
}
