import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { causeOfFailure } from '../../runs/run-failure.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Card } from '../../parts/page.js';
import { RunState } from '../../parts/state.js';
import { Day, Time } from '../../parts/time.js';
import { AdviceView } from './advice-view.js';
import { lookOf } from './day-strip.js';
import { ADVICE, type PatientDay } from './patient-query.js';
import { type ProgramName, targetDateOf } from '../../parts/programs.js';

const GUBUN = { DAILY: 'all', SLEEP: 'sleep' } as const;

/** One day of a patient: why it came to what it came to, the runs that reached for it, and the advice. */
export function DayPanel(props: {
  readonly day: PatientDay;
  readonly before: string | undefined;
  readonly userId: number;
  readonly program: ProgramName;
}): ReactElement {
  const { day, before, userId, program } = props;
  const { language, words } = useWords();
  const [tone, icon] = lookOf(day.verdict);
  const ofRun = day.runFailureCode === null ? undefined : causeOfFailure(words, day.runFailureCode);
  const failure = ofRun ?? (day.failureCode === null ? undefined : words('FailureCode', day.failureCode));
  const [skip] = day.skipReasons;
  const todo = failure?.todo ?? (skip === undefined ? undefined : words('SkipReason', skip).todo);
  const hasAdvice = day.interventions.length > 0;
  return (
    <div className="stack day-panel">
      <section className="card why" aria-live="polite">
        <span className={`why-icon ${tone}`}>
          <Icon name={icon} size={24} />
        </span>
        <div className="why-words">
          <h2>
            <Trans>
              Records of <Day date={day.recordDate} />, advice for <Day date={targetDateOf(program, day.recordDate)} />
            </Trans>
          </h2>
          <p className="why-sentence">
            {failure === undefined ? (
              language === 'ko' ? (
                day.explanationKo
              ) : (
                day.explanation
              )
            ) : ofRun === undefined ? (
              <Trans>It failed: {failure.name}.</Trans>
            ) : (
              <Trans>The run failed as a whole before the first patient’s turn: {failure.name}.</Trans>
            )}
          </p>
          {failure?.means !== undefined && <p className="soft">{failure.means}</p>}
          {todo !== undefined && <p className="soft">{todo}</p>}
          {day.dueAt !== null && (
            <p className="soft">
              <Trans>
                Its run is due at <Time at={day.dueAt} />.
              </Trans>
            </p>
          )}
        </div>
        <div className="actions">
          <OpenRunNow program={program} recordDate={day.recordDate} userId={userId} replaces={hasAdvice} label="patient" />
        </div>
      </section>
      {hasAdvice && <DayAdvice recordDate={day.recordDate} userId={userId} program={program} before={before} />}
      {day.entries.length > 0 && <Reached day={day} />}
    </div>
  );
}

function DayAdvice(props: {
  readonly recordDate: string;
  readonly userId: number;
  readonly program: ProgramName;
  readonly before: string | undefined;
}): ReactElement {
  const { recordDate, userId, program, before } = props;
  const answer = useLive(ADVICE, { userId, gubun: GUBUN[program], date: recordDate, korean: useWords().language === 'ko' });
  return (
    <Answer of={answer} lines={6}>
      {({ interventions }) => {
        const advice = interventions.nodes.find(({ isAdvice }) => isAdvice);
        return advice === undefined ? null : <AdviceView advice={advice} before={before} userId={userId} />;
      }}
    </Answer>
  );
}

function Reached({ day }: { readonly day: PatientDay }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  return (
    <Card title={<Trans>Runs for this day</Trans>}>
      <ul className="lines reached">
        {day.entries.map(({ run, outcome }) => (
          <li key={run.id}>
            <Time at={run.requestedAt} />
            <span>
              <Link to="/runs/$runId" params={{ runId: run.id }}>
                {name('Trigger', run.trigger)}
              </Link>{' '}
              {run.dryRun && <small className="soft">{t`trial`} </small>}
              <RunState status={run.status} />
            </span>
            <span className="soft">
              {outcome === null
                ? t`not on its roster`
                : [
                    name('OutcomeKind', outcome.outcome),
                    ...outcome.skipReasons.map((code) => name('SkipReason', code)),
                    ...(outcome.failureCode === null ? [] : [name('FailureCode', outcome.failureCode)]),
                    ...(outcome.fallbackReason === null ? [] : [name('FallbackReason', outcome.fallbackReason)]),
                    ...outcome.violations.map((code) => name('Violation', code)),
                  ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
