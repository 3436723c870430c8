/** Series of an answer of `/metrics`: `name{label="value"}`, labels in the order of their names, with their values. */
export type Metrics = ReadonlyMap<string, number>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus's text format. @throws for a line that is none, and for a series that is there twice */
export function metricsOf(text: string): Metrics {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', labels = '', value] = LINE.exec(line) ?? [];
    if (value === undefined) throw new Error(`not a line of metrics: ${line}`);
    const key = seriesOf(name, Object.fromEntries([...labels.matchAll(LABEL)].map(([, label = '', held = '']) => [label, held])));
    if (found.has(key)) throw new Error(`there twice: ${key}`);
    found.set(key, Number(value));
  }
  return found;
}

/** What a series is called in `Metrics`. */
export function seriesOf(name: string, labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return pairs.length === 0 ? name : `${name}{${pairs.map(([label, value]) => `${label}="${value}"`).join(',')}}`;
}

/** Asks a service for its metrics. @param url with a trailing path of nothing */
export async function scrape(url: string): Promise<Metrics> {
  const response = await fetch(`${url}/metrics`);
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  return metricsOf(await response.text());
}

/** Names of metrics, as rules and dashboards use them: histograms and summaries with what is behind their name. */
export function namesIn(metrics: Metrics): Set<string> {
  return new Set([...metrics.keys()].map((key) => key.split('{')[0] as string));
}

/** Every label's name that a series has, with the values it has. */
export function labelsIn(metrics: Metrics): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const key of metrics.keys())
    for (const [, label = '', value = ''] of (key.split(/\{(.*)/s)[1] ?? '').matchAll(LABEL))
      found.set(label, (found.get(label) ?? new Set()).add(value));
  return found;
}
