import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Day } from '../../parts/time.js';
import { isPassed, type Measure, measured } from './rollout-measures.js';
import type { Night, Rollout } from './rollout-query.js';
import { useFigures } from './use-figures.js';

/** What is known of a night apart: rows are judged over all nights. */
const BY_NIGHT = ['GATE_DROPS', 'FALLBACKS', 'FAILURES', 'PRICE'] as const;

/** Each night with both sides: one bad night stops a rollout, and would not show in the sums. */
export function RolloutNights(props: {
  readonly nights: readonly Night[];
  readonly thresholds: Rollout['thresholds'];
  readonly label: string;
}): ReactElement | null {
  const { nights, thresholds, label } = props;
  if (nights.length === 0) return null;
  return (
    <details className="chart-table">
      <summary>
        <Trans>Night by night</Trans>
      </summary>
      <div className="scrolled" tabIndex={0} role="region" aria-label={label}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Records of</Trans>
              </th>
              <th scope="col">
                <Trans>Patients</Trans>
              </th>
              {BY_NIGHT.map((measure) => (
                <th key={measure} scope="col">
                  <ShortName measure={measure} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nights.map((night) => (
              <NightRow key={night.recordDate} night={night} thresholds={thresholds} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft">
        <Trans>Of each pair the candidate stands first, the version in force second.</Trans>
      </p>
    </details>
  );
}

function NightRow({ night, thresholds }: { readonly night: Night; readonly thresholds: Rollout['thresholds'] }): ReactElement {
  const { count } = useWords();
  const { figure } = useFigures();
  const { recordDate, candidate, inForce } = night;
  return (
    <tr>
      <th scope="row">
        <Day date={recordDate} />
      </th>
      <td>
        {count(candidate.users)} / {count(inForce.users)}
      </td>
      {BY_NIGHT.map((measure) => {
        const passed = isPassed(measure, night, thresholds);
        return (
          <td key={measure} className={passed ? 'wrong' : ''}>
            {figure(measure, measured(measure, candidate).rate)} / {figure(measure, measured(measure, inForce).rate)}
            {passed && (
              <>
                {' '}
                <Trans>passed</Trans>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function ShortName({ measure }: { readonly measure: Measure }): ReactElement {
  if (measure === 'GATE_DROPS') return <Trans>Gate</Trans>;
  if (measure === 'FALLBACKS') return <Trans>Rules instead</Trans>;
  return measure === 'FAILURES' ? <Trans>Failed</Trans> : <Trans>Price of 1,000 patients</Trans>;
}
