import { Counter, Gauge, type Registry } from 'prom-client';

/** Every label that a metric may have. What each holds is one of a closed list of codes or names of ours; only `schedule` and `name` grow, with the schedules, to a limit. */
export const LABELS = [
  'program', 'status', 'cause', 'outcome', 'reason', 'advice', 'schedule', 'name', 'role', 'version', 'channel', 'kind', 'sign',
] as const; // prettier-ignore
export type Label = (typeof LABELS)[number];

/** Labels and value of one series. */
export type Series = readonly [labels: Readonly<Partial<Record<Label, string>>>, value: number];

/** What a metric is called and says. */
export interface Described {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

/** Puts a gauge into a registry, with the values that it has now. */
export function showGauge(registry: Registry, { name, help, labels = [] }: Described, series: readonly Series[]): void {
  const gauge = new Gauge({ name: `ibsafe_batch_${name}`, help, labelNames: labels, registers: [registry] });
  if (labels.length === 0) gauge.remove(); // which begins at 0: what is not known is not shown
  for (const [of, value] of series) gauge.set(of, value);
}

/** Puts a counter into a registry, with what was counted since the beginning. */
export function showCounter(registry: Registry, { name, help, labels = [] }: Described, series: readonly Series[]): void {
  const counter = new Counter({ name: `ibsafe_batch_${name}`, help, labelNames: labels, registers: [registry] });
  for (const [of, value] of series) counter.inc(of, value);
}
