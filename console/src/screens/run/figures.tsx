import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Card } from '../../parts/page.js';
import { RunState } from '../../parts/state.js';
import { Day, Time } from '../../parts/time.js';
import { existedOf, type Progress } from '../../runs/run-line.js';
import type { RunDetail } from './run-query.js';

/** What a run is: who asked and why, for which day, when, and what it took beside what was expected. @param progress how far it is, as the bar beside tells */
export function Figures({ run, progress }: { readonly run: RunDetail; readonly progress: Progress }): ReactElement {
  const { t } = useLingui();
  const { name, count, duration } = useWords();
  const took = run.startedAt !== null && run.endedAt !== null ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : undefined;
  return (
    <Card title={<Trans>About this run</Trans>} className="facts-card">
      <dl className="facts">
        <Fact name={t`Asked by`}>
          {name('Trigger', run.trigger)} · <Actor actor={run.actor} />
        </Fact>
        {run.reason !== null && <Fact name={t`Reason`}>{run.reason}</Fact>}
        {run.withoutSchedule !== null && <Fact name={t`Without a schedule`}>{run.withoutSchedule}</Fact>}
        {run.schedule !== null && (
          <Fact name={t`Schedule`}>
            <Link to="/schedules/$id" params={{ id: run.schedule.id }}>
              {run.schedule.name}
            </Link>
          </Fact>
        )}
        {run.backfill !== null && (
          <Fact name={t`Backfill`}>
            <Link to="/backfills/$id" params={{ id: run.backfill.id }}>
              <Trans>Look at it</Trans>
            </Link>
          </Fact>
        )}
        {run.parent !== null && (
          <Fact name={t`Repeats`}>
            <Link to="/runs/$runId" params={{ runId: run.parent.id }}>
              <Trans>the earlier run</Trans>
            </Link>
          </Fact>
        )}
        <Fact name={t`Records of`}>
          <Day date={run.recordDate} />
        </Fact>
        <Fact name={t`Advice for`}>
          <Day date={run.targetDate} />
        </Fact>
        <Fact name={t`Patients`}>
          {run.usersChosen !== null
            ? t`${count(run.usersChosen)} chosen`
            : run.retry !== null
              ? t`those left by the earlier run`
              : t`all patients`}
        </Fact>
        {run.forecast !== null && isKnown(run, progress) && (
          <Fact name={t`Advice written`}>
            {count(progress.generated)}{' '}
            <small className="soft">({t`estimated when it was planned: ${count(expectedOf(run.forecast.eligible, progress))}`})</small>
          </Fact>
        )}
        <Fact name={t`Existing advice`}>{name('OnExisting', run.onExisting)}</Fact>
        <Fact name={t`Written by`}>{name('GeneratorName', run.generator)}</Fact>
        <Fact name={t`Asked for at`}>
          <Time at={run.requestedAt} style="full" />
        </Fact>
        {run.cancelledBy !== null && (
          <Fact name={t`Cancelled by`}>
            <Actor actor={run.cancelledBy} /> {run.cancelReason !== null && <>“{run.cancelReason}”</>}
          </Fact>
        )}
        {run.startedAt !== null && (
          <Fact name={t`Began`}>
            <Time at={run.startedAt} style="full" />
          </Fact>
        )}
        {run.endedAt !== null && (
          <Fact name={t`Ended`}>
            <Time at={run.endedAt} style="full" />
          </Fact>
        )}
        {took !== undefined && (
          <Fact name={t`Took`}>
            {duration(took)}
            {run.forecast?.seconds != null && <small className="soft"> ({t`expected: ${duration(run.forecast.seconds * 1_000)}`})</small>}
          </Fact>
        )}
        <ModelFacts run={run} />
        {run.retries.map((retry) => (
          <Fact key={retry.id} name={t`Retry`}>
            <Link to="/runs/$runId" params={{ runId: retry.id }}>
              <Time at={retry.requestedAt} />
            </Link>{' '}
            <RunState status={retry.status} />
          </Fact>
        ))}
      </dl>
      <Shadow run={run} />
    </Card>
  );
}

/**
 * Whether the estimate says anything: by the share of past nights it says little of a few chosen patients, whose forecast counted their records, and before the first night of a program it is
 * the whole roster.
 */
function isKnown({ forecast, usersChosen, retry }: RunDetail, { roster }: Progress): boolean {
  return usersChosen === null && (retry !== null || (forecast?.eligible ?? 0) < (roster ?? 0));
}

/** Of the users in the forecast, those whose advice was to be written: a share of past nights knew of no patient that had advice already. */
function expectedOf(eligible: number, progress: Progress): number {
  return Math.max(0, eligible - existedOf(progress));
}

/** A fact with its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Tokens, cost and fallbacks, where a language model was asked. */
function ModelFacts({ run }: { readonly run: RunDetail }): ReactElement | null {
  const { t } = useLingui();
  const { count, name } = useWords();
  if (run.usage === null) return null;
  const { tokensIn, tokensOut, tokensCached, costUsd, byGenerator, budgetReached, usersEstimated } = run.usage;
  const fallbacks = byGenerator.filter(({ fallbackReason }) => fallbackReason !== null);
  if (tokensIn + tokensOut === 0 && fallbacks.length === 0) return null;
  return (
    <>
      <Fact name={t`Tokens`}>
        {t`${count(tokensIn)} in, ${count(tokensOut)} out`}
        {tokensCached > 0 && <small className="soft"> ({t`${count(tokensCached)} sent at the price of kept ones`})</small>}
      </Fact>
      <Fact name={t`Cost`}>
        ${costUsd.toFixed(2)}
        {run.forecast !== null && <small className="soft"> ({t`expected: ${`$${run.forecast.costUsd.toFixed(2)}`}`})</small>}
        {usersEstimated > 0 && <small className="soft"> {t`partly estimated`}</small>}
      </Fact>
      {budgetReached && <Fact name={t`Budget`}>{t`reached: the rest went to the rules`}</Fact>}
      {fallbacks.map(({ fallbackReason, users }) => (
        <Fact key={fallbackReason} name={t`The rules stood in`}>
          {t`${plural(users, { one: '# patient', other: '# patients' })}`} · {name('FallbackReason', fallbackReason ?? '')}
        </Fact>
      ))}
    </>
  );
}

function Shadow({ run }: { readonly run: RunDetail }): ReactElement | null {
  const { count, name } = useWords();
  if (run.shadowReport === null) return null;
  const { compared, same, withoutSaved, byField } = run.shadowReport;
  return (
    <div className="shadow">
      <h3>
        <Trans>Beside what is saved</Trans>
      </h3>
      <p>
        <Trans>
          {count(same)} of {count(compared)} are the same; {count(withoutSaved)} have nothing saved.
        </Trans>
      </p>
      <dl className="facts">
        {byField.map(({ field, users }) => (
          <Fact key={field} name={name('InterventionField', field)}>
            {count(users)}
          </Fact>
        ))}
      </dl>
    </div>
  );
}
