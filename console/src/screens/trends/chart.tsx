import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../../language/use-words.js';
import { dayText } from '../../parts/time.js';
import { aloneIn } from './alone.js';
import type { ChartProps } from './chart-card.js';

const HEIGHT = 210;

/** The drawing of a chart. A pointer or the arrow keys look at a night; what it was stands in words below. */
export function Chart(
  props: ChartProps & { readonly look: (at: number | undefined) => void; readonly at: number | undefined },
): ReactElement {
  const { title, dates, series, kind, look, at } = props;
  const { t } = useLingui();
  const { language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const theme = useTheme();
  const key = JSON.stringify([dates[0], dates.length, series, kind, language, theme]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const drawn = draw(element, { ...props, look, language });
    plot.current = drawn;
    const sized = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: HEIGHT }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      drawn.destroy();
    };
    // What is drawn is in the key; a new function for the same figures draws nothing anew.
  }, [key]);
  const go = (event: KeyboardEvent): void => {
    const from = at ?? dates.length;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: dates.length - 1 }[event.key];
    if (next === undefined || plot.current === undefined) return;
    event.preventDefault();
    const night = Math.min(dates.length - 1, Math.max(0, next));
    plot.current.setCursor({ left: plot.current.valToPos(night, 'x'), top: 0 });
    look(night);
  };
  return (
    <div
      ref={place}
      className="chart"
      role="slider"
      tabIndex={0}
      aria-label={t`${title}: arrow keys go from night to night`}
      aria-valuemin={0}
      aria-valuemax={dates.length - 1}
      aria-valuenow={at ?? dates.length - 1}
      aria-valuetext={dayText(dates[at ?? dates.length - 1] ?? '', language)}
      onKeyDown={go}
    />
  );
}

type Drawing = Pick<ChartProps, 'dates' | 'series' | 'kind' | 'format' | 'most' | 'leastTop' | 'steps'> & {
  look: (at: number | undefined) => void;
  language: 'ko' | 'en';
};

function draw(element: HTMLElement, { dates, series, kind, format, most, leastTop = 1, steps, look, language }: Drawing): UPlot {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${style.getPropertyValue('--sans')}`,
  };
  const stacked = kind === 'stacked';
  // uPlot does not stack: sums are drawn, the largest first, each over the one before.
  const drawn = stacked ? sums(series.map(({ values }) => values)).toReversed() : series.map(({ values }) => values);
  const colours = stacked ? series.toReversed() : series;
  return new UPlot(
    {
      width: Math.max(element.clientWidth, 100),
      height: HEIGHT,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { show: !stacked }, y: false },
      scales: {
        x: { time: false, range: () => [-0.6, dates.length - 0.4] },
        y: { range: (_plot, _least, greatest) => [0, most ?? Math.max(greatest * 1.08, leastTop)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          values: (_plot, splits) =>
            splits.map((at) => (Number.isInteger(at) && dates[at] !== undefined ? short(dates[at], language) : '')),
        },
        { ...axis, size: 62, values: (_plot, splits) => splits.map(format), ...(steps && { incrs: [...steps] }) },
      ],
      series: [
        {},
        ...colours.map((one) =>
          stacked
            ? {
                fill: colour(one.colour),
                stroke: colour(one.colour),
                width: 0,
                points: { show: false },
                ...(UPlot.paths.bars && { paths: UPlot.paths.bars({ size: [0.78, 34] }) }),
              }
            : { stroke: colour(one.colour), width: 2, points: { size: 5, fill: colour(one.colour), filter: points }, spanGaps: false },
        ),
      ],
      hooks: { setCursor: [(plot) => look(plot.cursor.idx ?? undefined)] },
    },
    [dates.map((_, at) => at), ...drawn.map((values) => [...values])],
    element,
  );
}

/** Where points are too close to be shown, those that stand alone are all the same: nothing else would show them. */
const points: UPlot.Series.Points.Filter = (plot, at, areShown) => (areShown ? null : aloneIn([...(plot.data[at] ?? [])]));

function sums(layers: readonly (readonly (number | null)[])[]): (number | null)[][] {
  let below: (number | null)[] = [];
  return layers.map((values) => (below = values.map((value, at) => (value === null ? null : value + (below[at] ?? 0)))));
}

const short = (date: string, language: 'ko' | 'en'): string =>
  new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(new Date(date));

/** Dark or light, as the system has it now: a canvas does not take the colours of the style by itself. */
function useTheme(): string {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const heard = (): void => setDark(query.matches);
    query.addEventListener('change', heard);
    return () => query.removeEventListener('change', heard);
  }, []);
  return dark ? 'dark' : 'light';
}
