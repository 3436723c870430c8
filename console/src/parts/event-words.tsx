import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';
import { causeOfFailure } from '../runs/run-failure.js';
import { Actor } from './actor.js';
import { changesIn } from './schedule-changes.js';
import { type Subject, subjectName } from './subject-name.js';
import { dayText } from './time.js';

/** An event of the log as a list shows it. */
interface ShownEvent {
  readonly type: string;
  readonly stream?: string;
  readonly data: unknown;
  /** What it is about, where it was asked for. */
  readonly about?: Subject | null;
}

/** An event in words: what it was, what stands in it, and who did it. */
export function EventWords({ event }: { readonly event: ShownEvent & { readonly actor: string } }): ReactElement {
  const { name } = useWords();
  return (
    <div>
      <p>
        {name('EventType', event.type)} <EventDetail event={event} />
      </p>
      <p className="soft">
        <Actor actor={event.actor} />
      </p>
    </div>
  );
}

type Data = Readonly<Record<string, unknown>>;

function EventDetail({ event }: { readonly event: ShownEvent }): ReactElement | null {
  const { language } = useWords();
  const data = (event.data ?? {}) as Data;
  const ordered = useOrdered(event, data);
  const became = useBecame(event, data);
  const about = event.about == null ? [] : [subjectName(event.about, language)];
  const parts = [...about, ...ordered, ...became];
  return parts.length === 0 ? null : <span className="soft">— {parts.join(' · ')}</span>;
}

/** What was ordered, and why. */
function useOrdered({ type }: ShownEvent, data: Data): string[] {
  const { t } = useLingui();
  const { count, language, name, words } = useWords();
  const parts: string[] = [];
  const { program, recordDate, from, to } = data;
  if (typeof program === 'string' && ORDERS.has(type)) parts.push(name('ProgramName', program.toUpperCase()));
  if (typeof recordDate === 'string' && type !== 'RolloutStopped') parts.push(dayText(recordDate, language));
  if (typeof from === 'string' && typeof to === 'string') parts.push(`${dayText(from, language)} – ${dayText(to, language)}`);
  if (typeof data['verdict'] === 'string') parts.push(name('MarkVerdict', data['verdict']));
  if (data['allergen'] === true) parts.push(t`for an allergen`);
  if (typeof data['cause'] === 'string') parts.push(name(type === 'RolloutStopped' ? 'RolloutStopCause' : 'PauseCause', data['cause']));
  // A run that pauses of its own accord says why in English, for the log.
  if (typeof data['reason'] === 'string' && (typeof data['cause'] !== 'string' || data['cause'] === 'OPERATOR')) {
    const known = name('SlotSkipReason', data['reason']);
    parts.push(known === data['reason'] ? `“${known}”` : known);
  }
  if (type === 'ScheduleChanged') parts.push(...changesIn(data['changes'], { language, name, none: t`none` }));
  if (typeof data['code'] === 'string')
    parts.push(type === 'RunFailed' ? causeOfFailure(words, data['code']).name : name('ErrorCode', data['code']));
  if (typeof data['sharePercent'] === 'number') parts.push(`${data['sharePercent']} %`);
  if (typeof data['chunk'] === 'number' && type !== 'AdviceMarked') parts.push(t`part ${count(data['chunk'] + 1)}`);
  return parts;
}

/** Events whose program says what was ordered. */
const ORDERS: ReadonlySet<string> = new Set(['RunRequested', 'BackfillRequested', 'RolloutStarted']);

/** What it came to, in figures. */
function useBecame({ type, stream }: ShownEvent, data: Data): string[] {
  const { t } = useLingui();
  const { count, language, name } = useWords();
  const parts: string[] = [];
  if (typeof data['roster'] === 'number') parts.push(t`${plural(data['roster'], { one: '# patient', other: '# patients' })}`);
  for (const each of ['generated', 'skipped', 'failed', 'cancelled'] as const) {
    const value = data[each];
    if (typeof value === 'number' && value > 0) parts.push(`${name('OutcomeKind', each.toUpperCase())} ${count(value)}`);
  }
  const { replace } = (data['counts'] ?? {}) as Data;
  if (type === 'RecallListed' && typeof replace === 'number')
    parts.push(t`${plural(replace, { one: '# row is to be written anew', other: '# rows are to be written anew' })}`);
  if (type === 'MonthLetGo' && stream !== undefined) parts.push(monthText(stream.replace('retention-', ''), language));
  return parts;
}

/** A month (`YYYY-MM`) in words. */
function monthText(month: string, language: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(at);
}
