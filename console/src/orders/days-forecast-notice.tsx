import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import type { Refusal } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { intoSight, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';
import type { DaysForecast } from './days-forecast.js';

/** How many of the days have been asked for. */
export interface Asked {
  readonly asked: number;
}

/** Shows what the days of a backfill come to together, how far the question is, or why one of them would be refused. */
export function ForecastOfDays({
  forecast,
  days,
}: {
  readonly forecast: DaysForecast | Refusal | Asked | undefined;
  readonly days: number;
}): ReactElement | null {
  const { count, duration } = useWords();
  if (forecast === undefined) return null;
  if ('asked' in forecast)
    return (
      <div role="status" ref={intoSight}>
        <p className="soft">
          <Trans>
            Days that were looked at: {count(forecast.asked)} of {count(days)}.
          </Trans>
        </p>
        <Loading lines={2} />
      </div>
    );
  if ('code' in forecast) return <RefusalNotice refusal={forecast} />;
  const { eligible, seconds, costUsd } = forecast;
  return (
    <div className="notice live" role="status" ref={intoSight}>
      <p>
        <Trans>
          Over <Plural value={forecast.days} one="# day" other="# days" />, advice would be written{' '}
          <b>
            <Plural value={eligible} one="# time" other="# times" />
          </b>
          .
        </Trans>{' '}
        {eligible > 0 && seconds !== null && <Trans>They take about {duration(seconds * 1_000)} in all.</Trans>}{' '}
        {costUsd > 0 && <Trans>They cost about ${costUsd.toFixed(2)} in all.</Trans>}
      </p>
    </div>
  );
}
