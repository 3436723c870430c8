import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { useWords } from '../../language/use-words.js';
import { Card } from '../../parts/page.js';
import { Day, dayText } from '../../parts/time.js';
import { Chart } from './chart.js';

/** A line or a layer of a chart. A night that did not run has no value. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The name of its colour among the style’s variables. */
  readonly colour: string;
}

/** What a chart is made of. */
export interface ChartProps {
  readonly title: string;
  readonly dates: readonly string[];
  readonly series: readonly Series[];
  readonly kind: 'stacked' | 'line';
  readonly format: (value: number) => string;
  /** The top of the scale, where it is known. */
  readonly most?: number;
  /** The lowest top of a scale that is not known: 1 unless told. */
  readonly leastTop?: number;
  /** Steps between the marks of the scale, where round figures are not round: seconds. */
  readonly steps?: readonly number[];
}

/** A chart with its names, the figures of the night that is looked at, a table behind it, and the table as CSV. */
export function ChartCard(props: ChartProps): ReactElement {
  const { title, dates, series, format } = props;
  const { language } = useWords();
  const [at, look] = useState<number>();
  const shown = at ?? lastWith(series, dates.length);
  return (
    <Card
      title={title}
      className="chart-card"
      aside={shown !== undefined && <span className="soft">{dayText(dates[shown] ?? '', language)}</span>}
    >
      <Chart {...props} look={look} at={at} />
      <ul className="legend" aria-live="polite">
        {series.map(({ name, values, colour }) => {
          const value = shown === undefined ? null : (values[shown] ?? null);
          return (
            <li key={name}>
              <span className="day-dot" style={{ background: `var(${colour})` }} aria-hidden="true" />
              {name} <b>{value === null ? '–' : format(value)}</b>
            </li>
          );
        })}
      </ul>
      <details className="chart-table">
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <ChartTable {...props} />
      </details>
    </Card>
  );
}

function lastWith(series: readonly Series[], nights: number): number | undefined {
  for (let at = nights - 1; at >= 0; at -= 1) if (series.some(({ values }) => values[at] != null)) return at;
  return undefined;
}

function ChartTable({ title, dates, series, format }: ChartProps): ReactElement {
  const { t } = useLingui();
  const rows = dates
    .map((date, at) => ({ date, values: series.map(({ values }) => values[at] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null));
  return (
    <>
      <button type="button" className="button" onClick={() => save(`${title}.csv`, csvOf(t`Night`, series, rows))}>
        <Trans>Save as CSV</Trans>
      </button>
      <div className="scrolled" tabIndex={0} role="region" aria-label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Night</Trans>
              </th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.toReversed().map(({ date, values }) => (
              <tr key={date}>
                <th scope="row">
                  <Day date={date} />
                </th>
                {values.map((value, at) => (
                  <td key={series[at]?.name}>{value === null ? '–' : format(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** With a mark at the beginning by which spreadsheets know Korean. */
function csvOf(
  night: string,
  series: readonly Series[],
  rows: readonly { readonly date: string; readonly values: readonly (number | null)[] }[],
): string {
  const head = [night, ...series.map(({ name }) => name)].map(quoted).join(',');
  return `\ufeff${[head, ...rows.map(({ date, values }) => [date, ...values.map((value) => value ?? '')].join(','))].join('\r\n')}\r\n`;
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
