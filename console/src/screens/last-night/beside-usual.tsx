import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Card } from '../../parts/page.js';
import { dayText, Time } from '../../parts/time.js';
import type { NightFigures } from './night-query.js';
import { besideUsual, usualOf } from './usual.js';
import { programSearch, type ProgramName } from '../../parts/programs.js';

const KINDS = ['generated', 'skipped', 'failed'] as const;
/** On which side of the usual a figure is no good news. */
const UNWANTED = { generated: 'below', skipped: 'above', failed: 'above' } as const;

/** The night’s figures beside those of the four weeks before, with the band that is usual; and these nights as bars. */
export default function BesideUsual({
  program,
  nights,
  lastNight,
}: {
  readonly program: ProgramName;
  readonly nights: readonly NightFigures[];
  readonly lastNight: string;
}): ReactElement | null {
  const { name } = useWords();
  const night = nights.find(({ recordDate }) => recordDate === lastNight);
  const before = nights.filter(({ recordDate, runs, openRuns }) => recordDate < lastNight && runs > openRuns);
  if (before.length === 0) return null;
  return (
    <Card
      title={
        <>
          <Trans>Beside a usual night</Trans> <small className="soft block">{name('ProgramName', program)}</small>
        </>
      }
      aside={
        <Link to="/trends" search={programSearch(program)}>
          <Trans>Trends</Trans>
        </Link>
      }
    >
      <Bars
        nights={[...before, ...(night === undefined ? [] : [night])].toSorted((a, b) => (a.recordDate < b.recordDate ? -1 : 1))}
        lastNight={lastNight}
      />
      {night === undefined || night.runs === night.openRuns ? (
        <p className="soft">
          {night === undefined ? <Trans>No run for last night.</Trans> : <Trans>No run of the night has ended yet.</Trans>}
        </p>
      ) : (
        <Figures night={night} before={before} />
      )}
    </Card>
  );
}

function Figures({ night, before }: { readonly night: NightFigures; readonly before: readonly NightFigures[] }): ReactElement {
  const { count, percent } = useWords();
  return (
    <dl className="usual">
      {KINDS.map((kind) => (
        <Figure key={kind} kind={kind} value={night[kind]} before={before.map((each) => each[kind])} />
      ))}
      {night.existed > 0 && (
        <div>
          <dt>
            <Trans>Had advice already</Trans>
          </dt>
          <dd>
            <b>{count(night.existed)}</b>
          </dd>
        </div>
      )}
      {night.coverage !== null && (
        <div>
          <dt>
            <Trans>Eligible with advice</Trans>
          </dt>
          <dd>
            <b>{percent(night.coverage)}</b>
          </dd>
        </div>
      )}
      {night.readyBy !== null && night.readyCoverage !== null && (
        <div>
          <dt>
            <Trans>
              By <Time at={night.readyBy} style="time" />
            </Trans>
          </dt>
          <dd>
            <b>{percent(night.readyCoverage)}</b>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Figure({
  kind,
  value,
  before,
}: {
  readonly kind: (typeof KINDS)[number];
  readonly value: number;
  readonly before: readonly number[];
}): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const usual = usualOf(before);
  const place = usual === undefined ? 'usual' : besideUsual(value, usual);
  return (
    <div>
      <dt>
        <span className={`dot bg-${kind}`} aria-hidden="true" />
        {name('OutcomeKind', kind.toUpperCase())}
      </dt>
      <dd>
        <b>{count(value)}</b>
        {usual !== undefined && (
          <small className={place === UNWANTED[kind] ? 'warned' : 'soft'}>
            {place === 'above' && t`more than usual,`} {place === 'below' && t`less than usual,`}{' '}
            {t`usually ${count(usual.median)} (${count(usual.low)}–${count(usual.high)})`}
          </small>
        )}
      </dd>
    </div>
  );
}

/** Nights as stacked bars, the last one marked. */
function Bars({ nights, lastNight }: { readonly nights: readonly NightFigures[]; readonly lastNight: string }): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const most = Math.max(1, ...nights.map((night) => KINDS.reduce((sum, kind) => sum + night[kind], 0)));
  const width = 100 / Math.max(nights.length, 28);
  return (
    <svg
      className="night-bars"
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      role="img"
      aria-label={t`${nights.length} nights, the last one at the right`}
    >
      {nights.map((night, at) => {
        let y = 24;
        return (
          <g key={night.recordDate} className={night.recordDate === lastNight ? 'last' : ''}>
            <title>{dayText(night.recordDate, language)}</title>
            {KINDS.map((kind) => {
              const height = (23 * night[kind]) / most;
              y -= height;
              return (
                <rect key={kind} className={`fill-${kind}`} x={at * width + width * 0.12} y={y} width={width * 0.76} height={height} />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
