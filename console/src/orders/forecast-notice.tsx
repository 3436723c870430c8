import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import type { Refusal } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { intoSight, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';

/** What a run would come to. */
export interface Forecast {
  readonly users: number;
  readonly eligible: number;
  readonly seconds: number | null;
  readonly costUsd: number;
  readonly basis: string;
}

/** Shows a forecast: how many, how long, at what cost; or why there is none. */
export function ForecastNotice({ forecast }: { readonly forecast: Forecast | Refusal | 'asked' | undefined }): ReactElement | null {
  const { count, duration, name } = useWords();
  if (forecast === undefined) return null;
  if (forecast === 'asked') return <Loading lines={2} />;
  if ('code' in forecast) return <RefusalNotice refusal={forecast} />;
  const { users, eligible, seconds, costUsd, basis } = forecast;
  return (
    <div className="notice live" role="status" ref={intoSight}>
      <p>
        <Trans>
          Advice would be written for <b>{count(eligible)}</b> of <Plural value={users} one="# patient" other="# patients" />, counted by
          their records as they are now.
        </Trans>{' '}
        {eligible === 0 && <Trans>All patients have advice already, or no records for that day.</Trans>}{' '}
        {eligible > 0 && seconds !== null && <Trans>It takes about {duration(seconds * 1_000)}.</Trans>}{' '}
        {costUsd > 0 && <Trans>It costs about ${costUsd.toFixed(2)}.</Trans>}{' '}
        {eligible > 0 && (seconds !== null || costUsd > 0) && <span className="soft">({name('ForecastBasis', basis)})</span>}
      </p>
    </div>
  );
}
