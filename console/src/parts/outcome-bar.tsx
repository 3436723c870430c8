import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';

/** What a run came to so far. */
export interface Tally {
  readonly generated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  /** How many patients it is for; null before that is known. */
  readonly roster: number | null;
}

/** The outcomes in the order they are drawn. */
export const OUTCOMES = ['generated', 'skipped', 'failed', 'cancelled'] as const;

/** The outcomes of a run as one bar; the words for it stand in its label, for screen readers. */
export function OutcomeBar({ tally, tall = false }: { readonly tally: Tally; readonly tall?: boolean }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const done = OUTCOMES.reduce((sum, each) => sum + tally[each], 0);
  const whole = Math.max(tally.roster ?? done, done, 1);
  const label = OUTCOMES.filter((each) => tally[each] > 0).map(
    (each) => `${name('OutcomeKind', each.toUpperCase())} ${count(tally[each])}`,
  );
  return (
    <svg
      className={tall ? 'outcome-bar tall' : 'outcome-bar'}
      role="img"
      aria-label={label.join(', ') || t`nothing yet`}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
    >
      {segments(tally, whole).map(({ outcome, x, width }) => (
        <rect key={outcome} className={`fill-${outcome}`} x={x} width={width} y="0" height="1" />
      ))}
    </svg>
  );
}

/** A failure is seen, however few: each part that is not nothing has half a percent at least. */
function segments(tally: Tally, whole: number): { outcome: string; x: number; width: number }[] {
  const widths = OUTCOMES.map((outcome) => (tally[outcome] === 0 ? 0 : Math.max((100 * tally[outcome]) / whole, 0.6)));
  const scale = Math.min(
    1,
    100 /
      Math.max(
        widths.reduce((sum, width) => sum + width, 0),
        1,
      ),
  );
  let x = 0;
  return OUTCOMES.map((outcome, at) => {
    const width = (widths[at] ?? 0) * scale;
    const segment = { outcome, x, width };
    x += width;
    return segment;
  });
}

/** The figures under a bar. @param existed those of the skipped who had advice already: a night’s figures count them apart */
export function OutcomeFigures({ tally, existed }: { readonly tally: Tally; readonly existed: number }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const shown = OUTCOMES.filter((each) => each !== 'cancelled' || tally.cancelled > 0);
  return (
    <dl className="outcome-figures">
      {shown.map((each) => (
        <div key={each} className={tally[each] === 0 ? 'none' : each}>
          <dt>
            <span className={`dot bg-${each}`} aria-hidden="true" />
            {name('OutcomeKind', each.toUpperCase())}
          </dt>
          <dd>
            {count(tally[each])}
            {each === 'skipped' && existed > 0 && <small className="soft"> ({t`${count(existed)} of them had advice`})</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
