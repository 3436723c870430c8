/** What the address of the list of runs holds: its filters. */
export interface RunsSearch {
  readonly from?: string;
  readonly to?: string;
  readonly status?: string;
  readonly trigger?: string;
  readonly program?: string;
  readonly kind?: 'real' | 'trial';
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WORD = /^[A-Z_,]{1,120}$/;

/** Reads the filters from an address. What cannot be one is left out: an old link shows the list all the same. */
export function readRunsSearch(search: Record<string, unknown>): RunsSearch {
  const text = (key: string, form: RegExp): string | undefined => {
    const value = search[key];
    return typeof value === 'string' && form.test(value) ? value : undefined;
  };
  const kind = search['kind'];
  const read = {
    from: text('from', DAY),
    to: text('to', DAY),
    status: text('status', WORD),
    trigger: text('trigger', WORD),
    program: text('program', WORD),
    kind: kind === 'real' || kind === 'trial' ? kind : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
